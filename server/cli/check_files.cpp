#include "cli/check_files.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <istream>
#include <map>
#include <memory>
#include <utility>
#include <variant>

#include "analysis/workspace_checks.h"
#include "cli/atomic_write.h"
#include "cli/parallel.h"
#include "cli/repository_context.h"
#include "cli/shellcheck/checker.h"
#include "cli/source_text.h"
#include "cli/unified_diff.h"
#include "text/utf8.h"

namespace quaymaster::cli {
namespace {

using workspace::FileChoice;
using workspace::FileConfiguration;
using workspace::FileError;
using workspace::FoundFile;
using workspace::OrFileError;

constexpr std::chrono::milliseconds kProgressInterval{100};

/// What came of one file; without an analysis it was left alone.
struct Outcome {
  std::optional<CheckedFile> checked;
  std::vector<std::string> errors;
  std::vector<std::string> notes;
  std::string diff;
  std::string shellcheck;  ///< why ShellCheck did not look at it
};

/// The text's lines for a diff, with the secrets of both analyses masked: one may know what the other does not.
DiffSide masked_side(const Analysis& shown, const Analysis& other) {
  return {shown.source.text,
          [&shown, &other](TextRange line) { return mask_secrets(masked_slice(shown, line), other); }};
}

class FileChecker {
 public:
  FileChecker(const Analyzer& analyzer, const CheckRequest& request)
      : analyzer_(analyzer), request_(request), shellcheck_(request.shellcheck, request.search_path) {}

  /// `bytes` is what the file holds; `file.path` is where repaired text goes.
  [[nodiscard]] Outcome check(const FoundFile& file, const FileConfiguration& configured,
                              OrFileError<std::string> bytes, std::shared_ptr<const Surroundings> surroundings,
                              bool may_write) const {
    Outcome outcome;
    if (const auto* error = std::get_if<FileError>(&bytes)) {
      if (error->kind == FileError::Kind::TooLarge && !file.named)
        outcome.notes.push_back(error->message + "; left alone, name it to have it read");
      else
        outcome.errors.push_back(error->message);
      return outcome;
    }
    std::string& text = std::get<std::string>(bytes);
    if (auto problem = not_a_text(text)) {
      outcome.errors.push_back(std::move(*problem));
      return outcome;
    }
    const std::optional<Language> language = language_of(file, configured, text, outcome);
    if (!language || (!file.named && configured.leaves_out(*language))) return outcome;
    if (!is_utf8(text)) outcome.notes.push_back("is not UTF-8: a byte that is no character counts as one");

    const Settings& settings = configured.configuration->settings;
    CheckedFile checked{file.path,
                        analyzer_.analyze({file.path, *language, std::move(text), std::move(surroundings)}, settings)};
    if (*language == Language::Dockerfile) checked.limit = configured.configuration->limit;
    if (request_.fix) repair(checked, settings, may_write, outcome);
    outcome.shellcheck = shellcheck_.look_at(checked, *configured.configuration).value_or("");
    outcome.checked = std::move(checked);
    return outcome;
  }

 private:
  /// Empty when the file is left alone; says so where that may surprise.
  [[nodiscard]] std::optional<Language> language_of(const FoundFile& file, const FileConfiguration& configured,
                                                    std::string_view text, Outcome& outcome) const {
    if (!file.named) {
      const std::optional<Language> found =
          configured.choice.language ? configured.choice.language : detect_language(file.path, text);
      return request_.language && found != request_.language ? std::nullopt : found;
    }
    if (request_.language) return request_.language;
    if (configured.choice.language) return configured.choice.language;
    std::optional<Language> found = language_of_named(file.path, text);
    if (!found && is_yaml_name(file.path))
      outcome.notes.emplace_back("is neither a Compose file nor a Kubernetes manifest; left alone");
    else if (!found)
      outcome.errors.emplace_back("cannot tell its language: say --language dockerfile, compose or kubernetes");
    return found;
  }

  void repair(CheckedFile& checked, const Settings& settings, bool may_write, Outcome& outcome) const {
    FixedText fixed = fix_all(analyzer_, checked.analysis, settings, *request_.fix);
    if (!fixed.converged) outcome.notes.emplace_back("some fixes were left out, because they do not agree");
    if (fixed.text == checked.analysis.source.text) return;
    const SourceText& before = checked.analysis.source;
    Analysis repaired =
        analyzer_.analyze({before.path, before.language, std::move(fixed.text), before.surroundings}, settings);
    if (!request_.write) {
      outcome.diff =
          unified_diff(checked.path, masked_side(checked.analysis, repaired), masked_side(repaired, checked.analysis));
      return;
    }
    if (may_write)
      if (auto problem = replace_file(checked.path, repaired.source.text)) {
        outcome.errors.push_back("cannot be written: " + *problem);
        return;
      }
    checked.analysis = std::move(repaired);
    checked.fixed = fixed.applied;
  }

  const Analyzer& analyzer_;
  const CheckRequest& request_;
  ShellChecker shellcheck_;
};

OrFileError<std::string> read_stream(std::istream& in) {
  std::string text;
  constexpr std::size_t kChunk = std::size_t{64} << 10;
  while (in) {
    const std::size_t before = text.size();
    text.resize(before + kChunk);
    in.read(text.data() + before, kChunk);
    text.resize(before + static_cast<std::size_t>(in.gcount()));
    if (text.size() > workspace::kNamedFileLimit) return workspace::too_large(workspace::kNamedFileLimit);
  }
  return text;
}

void add(Report& report, const std::string& path, Outcome outcome) {
  if (outcome.checked) report.files.push_back(std::move(*outcome.checked));
  for (std::string& error : outcome.errors) report.errors.push_back({path, std::move(error)});
  for (std::string& note : outcome.notes) report.notes.push_back({path, std::move(note)});
  report.diff += outcome.diff;
  // What is wrong with ShellCheck is so for many files: it is told once.
  const bool told = std::ranges::any_of(
      report.errors, [&](const workspace::PathMessage& error) { return error.message == outcome.shellcheck; });
  if (!outcome.shellcheck.empty() && !told) report.errors.push_back({path, std::move(outcome.shellcheck)});
}

/// Applies the fixes to a configuration file, in the file or as a diff.
void repair_configuration(CheckedFile& file, const CheckRequest& request, const RuleSet& rules, Report& report) {
  AppliedFixes fixed = apply_fixes(file.analysis.source.text, file.analysis.diagnostics, *request.fix);
  if (fixed.applied == 0) return;
  Analysis repaired;
  repaired.source = {file.path, Language::Dockerfile, std::move(fixed.text)};
  repaired.diagnostics = workspace::check_configuration(file.path, repaired.source.text, rules);
  if (!request.write) {
    report.diff += unified_diff(file.path, masked_side(file.analysis, repaired), masked_side(repaired, file.analysis));
  } else if (auto problem = replace_file(file.path, repaired.source.text)) {
    report.errors.push_back({file.path, "cannot be written: " + *problem});
  } else {
    file.analysis = std::move(repaired);
    file.fixed = fixed.applied;
  }
}

/// What is wrong with the configuration files that were used.
void add_configuration(Report& report, const workspace::Configurations& configurations, const CheckRequest& request,
                       const RuleSet& rules) {
  for (const workspace::FaultyFile& faulty : configurations.faulty_files()) {
    CheckedFile file;
    file.path = faulty.path;
    file.analysis.source = {faulty.path, Language::Dockerfile, faulty.text};
    file.analysis.diagnostics = faulty.diagnostics;
    file.configuration = true;
    if (request.fix) repair_configuration(file, request, rules, report);
    report.files.push_back(std::move(file));
  }
  for (workspace::PathMessage& error : configurations.errors()) report.errors.push_back(std::move(error));
}

/// What is known of each of `found` from the files of its repository; found out here, since one thread does it. Null
/// where no rule wants to know.
std::vector<std::shared_ptr<const Surroundings>> surroundings_of(const std::vector<FoundFile>& found,
                                                                 const std::vector<FileConfiguration>& configured,
                                                                 const CheckRequest& request, const RuleSet& rules,
                                                                 const workspace::FileSystem& files, Report& report) {
  std::vector<std::shared_ptr<const Surroundings>> result(found.size());
  std::map<const workspace::Configuration*, bool> wanted;
  std::optional<RepositoryContext> repository;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const workspace::Configuration* configuration = configured[i].configuration.get();
    const auto [of, is_new] = wanted.try_emplace(configuration);
    if (is_new) of->second = looks_around(rules, configuration->settings);
    if (!of->second) continue;
    // A file that shows a bug in us costs what follows from the files around it.
    try {
      if (!repository) repository.emplace(files, request.paths.front());
      result[i] = repository->surroundings_of(found[i].path);
    } catch (const std::exception& error) {
      report.errors.push_back({found[i].path, std::string("internal error: ") + error.what()});
    }
  }
  return result;
}

}  // namespace

Report check_files(const Analyzer& analyzer, workspace::Configurations& configurations, const CheckRequest& request,
                   const workspace::FileSystem& files, std::istream& in, const Progress& progress) {
  const FileChecker checker(analyzer, request);
  Report report;
  if (request.paths.size() == 1 && request.paths.front() == "-") {
    const FoundFile file{request.stdin_filename.empty() ? "-" : request.stdin_filename, true};
    OrFileError<std::string> bytes = read_stream(in);
    const FileConfiguration configured = configurations.of_file(file.path);
    const auto* text = std::get_if<std::string>(&bytes);
    std::shared_ptr<const Surroundings> surroundings;
    if (text && !request.stdin_filename.empty() && looks_around(analyzer.rules(), configured.configuration->settings)) {
      RepositoryContext repository(files, file.path);
      repository.put(file.path, *text);
      surroundings = repository.surroundings_of(file.path);
    }
    Outcome outcome = checker.check(file, configured, bytes, std::move(surroundings), false);
    if (outcome.checked)
      report.standard_input = outcome.checked->analysis.source.text;
    else if (outcome.errors.empty())
      report.standard_input = std::move(std::get<std::string>(bytes));
    add(report, file.path, std::move(outcome));
    add_configuration(report, configurations, request, analyzer.rules());
    return report;
  }

  workspace::Discovery found = workspace::discover(files, request.paths, [&](const std::string& path) {
    return configurations.of_file(path).choice.kind == FileChoice::Kind::Included;
  });
  // Which configuration counts is settled here, so that the files can be looked at in any order.
  std::vector<FileConfiguration> configured;
  std::erase_if(found.files, [&](const FoundFile& file) {
    FileConfiguration of_file = configurations.of_file(file.path);
    if (!file.named && of_file.choice.kind == FileChoice::Kind::Excluded) return true;
    configured.push_back(std::move(of_file));
    return false;
  });
  report.errors = std::move(found.errors);
  report.notes = std::move(found.notes);
  const std::vector<std::shared_ptr<const Surroundings>> surroundings =
      surroundings_of(found.files, configured, request, analyzer.rules(), files, report);
  std::vector<Outcome> outcomes(found.files.size());
  const auto work = [&](std::size_t index) {
    const FoundFile& file = found.files[index];
    // A file that shows a bug in us costs the findings of that file.
    try {
      const auto limit = file.named ? workspace::kNamedFileLimit : workspace::kFoundFileLimit;
      outcomes[index] = checker.check(file, configured[index], files.read(file.path, limit), surroundings[index], true);
    } catch (const std::exception& error) {
      outcomes[index].errors.push_back(std::string("internal error: ") + error.what());
    }
  };
  for_each_index(outcomes.size(), request.jobs, work, kProgressInterval,
                 [&](std::size_t done) { progress(done, outcomes.size()); });
  for (std::size_t i = 0; i < outcomes.size(); ++i) add(report, found.files[i].path, std::move(outcomes[i]));
  add_configuration(report, configurations, request, analyzer.rules());
  return report;
}

}  // namespace quaymaster::cli
