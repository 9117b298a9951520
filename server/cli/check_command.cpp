#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <ostream>
#include <string_view>
#include <utility>

#include "cli/atomic_write.h"
#include "cli/baseline_options.h"
#include "cli/check_files.h"
#include "cli/command.h"
#include "cli/configuration_options.h"
#include "cli/diff_text.h"
#include "cli/exit_code.h"
#include "cli/formats/format.h"
#include "cli/parallel.h"
#include "cli/real_file_system.h"
#include "cli/report_output.h"
#include "cli/terminal_text.h"

namespace quaymaster::cli {
namespace {

constexpr const char* kFooter = R"(An ITEM is a rule (floating-image-tag), a variant (unpinned-package/pip), a family
(state), a preset (strict), all, or the check of another tool (DL3008, hadolint:DL3008).
Exit code: 0 clean, 1 findings at or above --fail-on, 2 something could not be read, written
or understood.

Examples:
  quaymaster check --fail-on error --format json . > findings.json
  quaymaster check --diff compose.yaml
  helm template . | quaymaster check --language kubernetes -)";

const std::vector<std::string> kSeverities = {"error", "warning", "information", "hint"};
const std::vector<std::string> kLanguages = {"dockerfile", "compose", "kubernetes"};

/// The options as they are given.
struct CheckOptions {
  std::vector<std::string> paths;
  std::vector<std::string> formats;
  std::string output;
  bool fix = false;
  bool fix_unsafe = false;
  bool diff = false;
  ConfigurationOptions configuration;
  BaselineOptions baseline;
  std::string fail_on;
  std::string language;
  std::string stdin_filename;
  unsigned jobs = 0;
  std::string shellcheck;
  bool statistics = false;
  ColourChoice colour = ColourChoice::Auto;
};

bool is_standard_input(const CheckOptions& options) {
  return std::ranges::find(options.paths, "-") != options.paths.end();
}

/// Where the report goes. What has no file goes to the one of --output.
std::vector<OutputTarget> targets_of(const CheckOptions& options) {
  std::vector<OutputTarget> targets;
  for (const std::string& format : options.formats)
    if (std::optional<OutputTarget> target = parse_output_target(format)) targets.push_back(*std::move(target));
  if (targets.empty()) targets.push_back({"text", {}});
  if (const auto open = std::ranges::find(targets, "", &OutputTarget::file); open != targets.end())
    open->file = options.output;
  return targets;
}

/// What is wrong with the options taken together; empty when nothing is.
std::string complaint(const CheckOptions& options) {
  if (is_standard_input(options) && options.paths.size() > 1)
    return "\"-\" reads standard input and takes no other PATH beside it";
  if (!options.stdin_filename.empty() && !is_standard_input(options))
    return "--stdin-filename names standard input: give \"-\" as the PATH";
  if (options.diff && !options.formats.empty()) return "--diff has a format of its own: leave --format out";
  const auto to_standard_output =
      std::ranges::count_if(targets_of(options), [](const OutputTarget& target) { return target.file.empty(); });
  if (to_standard_output > 1) return "only one format can go to standard output: write --format NAME=FILE for others";
  const auto has_file = [](const std::string& format) { return format.find('=') != std::string::npos; };
  if (!options.output.empty() && !options.formats.empty() && std::ranges::all_of(options.formats, has_file))
    return "--output is for a format that has no file: each has one";
  return {};
}

CheckRequest request_for(const CheckOptions& options, const Streams& streams) {
  CheckRequest request;
  request.paths = options.paths;
  request.stdin_filename = options.stdin_filename;
  request.language = parse_language(options.language);
  if (options.fix_unsafe)
    request.fix = Applicability::Unsafe;
  else if (options.fix || options.diff)
    request.fix = Applicability::Safe;
  request.write = !options.diff;
  request.shellcheck = options.shellcheck;
  if (const auto path = streams.environment.find("PATH"); path != streams.environment.end())
    request.search_path = path->second;
  request.jobs = options.jobs > 0 ? options.jobs : default_jobs();
  return request;
}

/// Tells a waiting person how far it is, on a line that goes away again.
class ProgressLine {
 public:
  explicit ProgressLine(Streams& streams) : streams_(streams) {}
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ~ProgressLine() {
    if (shown_) streams_.err << "\r\x1b[K" << std::flush;
  }

  void show(std::size_t done, std::size_t all) {
    constexpr std::chrono::milliseconds kPatience{500};
    if (!streams_.err_is_terminal || std::chrono::steady_clock::now() - start_ < kPatience) return;
    shown_ = true;
    streams_.err << "\r" << done << " of " << all << " files" << std::flush;
  }

 private:
  Streams& streams_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  bool shown_ = false;
};

bool write_diff(const CheckOptions& options, const Report& report, Streams& streams) {
  if (report.diff.empty()) streams.err << "quaymaster: there is nothing that these fixes would change\n";
  if (!options.output.empty()) {
    const std::optional<std::string> problem = write_file(options.output, report.diff);
    if (problem)
      streams.err << "quaymaster: " << visible(options.output) << " could not be written: " << *problem << "\n";
    return !problem;
  }
  const Style style = style_of_out(options.colour, streams);
  streams.out << (streams.out_is_terminal || style.coloured() ? diff_for_terminal(report.diff, style) : report.diff);
  return true;
}

/// False when something could not be written.
bool write_result(const CheckOptions& options, const Report& report, Streams& streams) {
  if (options.diff) return write_diff(options, report, streams);
  // Repaired standard input takes standard output for itself.
  const bool repaired = (options.fix || options.fix_unsafe) && is_standard_input(options);
  if (repaired) streams.out << report.standard_input.value_or("");
  return write_report(report, targets_of(options), {options.colour, options.statistics, repaired}, streams);
}

int exit_code(const CheckOptions& options, const Report& report) {
  if (!report.errors.empty()) return kCouldNotRun;
  const auto any = [&](const CheckedFile& file) {
    std::optional<Severity> limit = Severity::Warning;
    if (!options.fail_on.empty())
      limit = parse_severity(options.fail_on);
    else if (file.limit)
      limit = file.limit->from;
    return std::ranges::any_of(file.analysis.diagnostics,
                               [limit](const Diagnostic& finding) { return limit && finding.severity <= *limit; });
  };
  return std::ranges::any_of(report.files, any) ? kFindings : kClean;
}

void say(std::string_view kind, const std::vector<workspace::PathMessage>& messages, Streams& streams) {
  for (const workspace::PathMessage& message : messages)
    streams.err << kind << ": " << visible(message.path) << ": " << visible(message.message) << "\n";
}

int run_check(const CheckOptions& options, Streams& streams) {
  if (const std::string problem = complaint(options); !problem.empty()) {
    streams.err << "quaymaster: " << problem << "\n";
    return kCouldNotRun;
  }
  const Analyzer analyzer(built_in_rules());
  const RealFileSystem files;
  const workspace::ConfigurationSources sources = sources_from(options.configuration, streams);
  if (!all_known(resolve_layers(analyzer.rules(), sources.above).unknown, streams.err)) return kCouldNotRun;
  if (const std::string& file = sources.file; !file.empty() && files.kind(file) == workspace::FileKind::Missing) {
    streams.err << "quaymaster: " << visible(file) << ": there is no such configuration file\n";
    return kCouldNotRun;
  }
  workspace::Configurations configurations(files, analyzer.rules(), sources);

  Report report;
  {
    ProgressLine line(streams);
    report = check_files(analyzer, configurations, request_for(options, streams), files, streams.in,
                         [&line](std::size_t done, std::size_t all) { line.show(done, all); });
  }
  if (!use_baseline(options.baseline, report, streams)) {
    say("error", report.errors, streams);
    return kCouldNotRun;
  }
  say("note", report.notes, streams);
  const bool written = write_result(options, report, streams);
  streams.out.flush();
  say("error", report.errors, streams);
  return written ? exit_code(options, report) : kCouldNotRun;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

void add_repair(CLI::App& command, CheckOptions& options) {
  command.add_flag("--fix", options.fix, "Apply the safe fixes; report what is left")->group("Repair");
  command.add_flag("--fix-unsafe", options.fix_unsafe, "Apply the fixes too that may change what happens")
      ->group("Repair");
  command.add_flag("--diff", options.diff, "Write nothing; print what --fix would change")->group("Repair");
}

void add_output(CLI::App& command, CheckOptions& options) {
  command.add_option("--format", options.formats, "How: " + joined(format_names()) + "; NAME=FILE writes to a file")
      ->option_text("NAME,…")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::Validator(
          [](const std::string& value) {
            return parse_output_target(value) ? std::string()
                                              : "there is no format " + value + "; there are " + joined(format_names());
          },
          ""))
      ->group("Output");
  command.add_option("--output", options.output, "Write the report to this file")->option_text("FILE")->group("Output");
  std::vector<std::string> limits = kSeverities;
  limits.emplace_back("never");
  command
      .add_option("--fail-on", options.fail_on,
                  "Exit with 1 from this severity on: error, warning (default), "
                  "information, hint, or never")
      ->option_text("SEVERITY")
      ->check(CLI::IsMember(limits))
      ->group("Output");
  command.add_flag("--statistics", options.statistics, "Count by rule; the text format then leaves out the findings")
      ->group("Output");
  const std::map<std::string, ColourChoice> colours = {
      {"auto", ColourChoice::Auto}, {"always", ColourChoice::Always}, {"never", ColourChoice::Never}};
  command
      .add_option("--color", options.colour, "auto (default: on a terminal, unless NO_COLOR is set), always or never")
      ->option_text("WHEN")
      ->transform(CLI::CheckedTransformer(colours))
      ->group("Output");
}

void add_input(CLI::App& command, CheckOptions& options) {
  command.add_option("PATH", options.paths, "Files and folders (default: .); - reads standard input")->option_text(" ");
  command
      .add_option("--language", options.language,
                  "What the files are: dockerfile, compose or kubernetes; in folders, "
                  "look at these only")
      ->option_text("NAME")
      ->check(CLI::IsMember(kLanguages))
      ->group("Input");
  command.add_option("--stdin-filename", options.stdin_filename, "What standard input is called")
      ->option_text("PATH")
      ->group("Input");
  command
      .add_flag("--shellcheck{shellcheck}", options.shellcheck,
                "Ask ShellCheck about the shell texts of Dockerfiles too; --shellcheck=PATH asks this program")
      ->group("Which findings");
  command.add_option("--jobs", options.jobs, "Files at once (default: one for each processor)")
      ->option_text("N")
      ->check(CLI::Range(1U, 1024U))
      ->group("Input");
}

}  // namespace

void add_check_command(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("check", "Find and repair anti-patterns in files and folders");
  const auto options = std::make_shared<CheckOptions>();
  add_input(*command, *options);
  add_configuration_options(*command, options->configuration);
  add_baseline_options(*command, options->baseline);
  add_repair(*command, *options);
  add_output(*command, *options);
  command->footer(kFooter);
  command->callback([options, &action] {
    if (options->paths.empty()) options->paths = {"."};
    action = [options](Streams& streams) { return run_check(*options, streams); };
  });
}

}  // namespace quaymaster::cli
