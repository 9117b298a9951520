#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/build_step.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule unpinned_clone;
namespace {

constexpr std::string_view kNone = "default-branch";
constexpr std::string_view kBranch = "branch";

bool is_moving(std::string_view ref) {
  constexpr std::string_view kNames[] = {"main", "master", "develop", "dev", "trunk", "HEAD", "latest", "next"};
  return std::find(std::begin(kNames), std::end(kNames), ref) != std::end(kNames);
}

/// The index of git's verb among the words; 0 when there is none.
std::size_t verb_index(const shell::Command& command) {
  if (command.name() != "git") return 0;
  for (std::size_t i = 1; i < command.words.size(); ++i) {
    const std::string_view word = command.words[i].text;
    if (word == "-C" || word == "-c" || word == "--git-dir" || word == "--work-tree")
      ++i;
    else if (!word.starts_with('-'))
      return i;
  }
  return 0;
}

/// Whether the command puts a certain state into a clone.
bool chooses_commit(const shell::Command& command) {
  const std::size_t verb = verb_index(command);
  if (verb == 0) return false;
  const std::string_view name = command.words[verb].text;
  return (name == "checkout" || name == "reset" || name == "switch" || name == "fetch" || name == "submodule") &&
         verb + 1 < command.words.size() && !is_moving(command.words.back().text);
}

struct Clone {
  std::string_view variant;
  TextRange range;
  std::string name;
};

/// A clone of what is there at the moment of the build.
std::optional<Clone> moving_clone(const shell::Command& command) {
  const std::size_t verb = verb_index(command);
  if (verb == 0 || command.words[verb].text != "clone") return std::nullopt;
  const shell::Word* url = nullptr;
  const shell::Word* branch = nullptr;
  for (std::size_t i = verb + 1; i < command.words.size(); ++i) {
    const std::string_view word = command.words[i].text;
    if ((word == "-b" || word == "--branch" || word == "--revision") && i + 1 < command.words.size())
      branch = &command.words[++i];
    else if (word.starts_with("--branch=") || word.starts_with("--revision="))
      branch = &command.words[i];
    else if (word == "--depth" || word == "-c" || word == "--config" || word == "-j" || word == "--origin" ||
             word == "-o" || word == "--filter" || word == "--jobs")
      ++i;
    else if (!word.starts_with('-') && url == nullptr)
      url = &command.words[i];
  }
  if (url == nullptr || (!url->text.starts_with("http") && !url->text.starts_with("git"))) return std::nullopt;
  std::string_view name = without_user(url->text);
  while (name.ends_with('/')) name.remove_suffix(1);
  name = name.substr(name.find_last_of("/:") + 1);
  if (name.ends_with(".git")) name.remove_suffix(std::string_view(".git").size());
  if (branch == nullptr)
    return Clone{kNone, cover(command.words[0].range, command.words[verb].range), std::string(name)};
  const std::string_view ref = std::string_view(branch->text).substr(branch->text.find('=') + 1);
  if (is_moving(ref)) return Clone{kBranch, branch->range, std::string(name)};
  return std::nullopt;
}

/// For each step: whether it, or a later one of its stage, chooses a commit.
std::vector<bool> chosen_from(const dockerfile::BuildFile& build) {
  std::vector<bool> result(build.steps.size());
  StageCursor cursor(build.file);
  std::vector<std::size_t> stages(build.steps.size());
  for (std::size_t i = 0; i < build.steps.size(); ++i) stages[i] = cursor.at(build.steps[i].index);
  for (std::size_t i = build.steps.size(); i-- > 0;) {
    const std::vector<shell::Command>& commands = build.steps[i].script.text.script->commands;
    const bool later = i + 1 < result.size() && stages[i + 1] == stages[i] && result[i + 1];
    result[i] = later || std::any_of(commands.begin(), commands.end(), chooses_commit);
  }
  return result;
}

/// Whether the base image is made for trying out what was committed last.
bool wants_newest(const dockerfile::Context& context) { return context.base_name.starts_with("gcr.io/oss-fuzz-base/"); }

void check_file(const dockerfile::BuildFile& build, RuleContext& ctx) {
  const std::vector<bool> chosen = chosen_from(build);
  for (std::size_t i = 0; i < build.steps.size(); ++i) {
    const dockerfile::BuildScript& script = build.steps[i].script;
    if (chosen[i] || wants_newest(script.context)) continue;
    std::optional<Report> report;
    for (const shell::Command& command : script.text.script->commands) {
      const std::optional<Clone> clone = moving_clone(command);
      if (!clone) continue;
      const TextRange range = script.text.in_file(clone->range);
      if (!report)
        report = Report{.variant = clone->variant,
                        .range = range,
                        .message = quoted(clone->name, 36) + " is cloned as it is then: no tag and no commit"};
      else if (constexpr std::size_t kMostRelated = 20; report->related.size() < kMostRelated)
        report->related.push_back({range, quoted(clone->name, 36) + " as well"});
    }
    if (report) report_in_segment(build.file.instructions[build.steps[i].index].begin, *std::move(report), ctx);
  }
}

}  // namespace

constinit const Rule unpinned_clone = checked({
    .name = "unpinned-clone",
    .family = Family::BillOfMaterials,
    .title = "The build clones a repository without saying which commit.",
    .consequence =
        "The layer is in the cache of your machine, with the code of last March. The pipeline has no cache and gets "
        "that of today. Both images have the same tag and the same Dockerfile, one of them fails in production, and "
        "nothing says which commit is in it.",
    .fine_when = "The repository no longer changes, or the newest state is the very thing that the build is to try.",
    .variants = {{.name = "default-branch",
                  .summary = "No branch, tag or commit is named.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Dockerfile},
                 {.name = "branch",
                  .summary = "A branch is named that moves with each commit.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Dockerfile}},
    .references = {"https://git-scm.com/docs/git-clone", "https://docs.docker.com/reference/dockerfile/#add"},
    .examples =
        {{"whatever is there", "Dockerfile",
          "FROM debian:12.8\nRUN <|git clone|> --depth 1 https://example.org/tools.git /tools && make -C /tools\n"},
         {"a branch", "Dockerfile", "FROM debian:12.8\nRUN git clone -b <|main|> https://example.org/tools.git\n"},
         {"a tag", "Dockerfile", "FROM debian:12.8\nRUN git clone --branch v1.4.2 https://example.org/tools.git\n"},
         {"a commit", "Dockerfile",
          "FROM debian:12.8\nRUN git clone https://example.org/tools.git\nWORKDIR /tools\nRUN git checkout 3f2a1bc\n"},
         {"a version from outside", "Dockerfile",
          "FROM debian:12.8\nARG VERSION=1.4.2\nRUN git clone -b \"v$VERSION\" https://example.org/tools.git\n"},
         {"a base for fuzzing what is new", "Dockerfile",
          "FROM gcr.io/oss-fuzz-base/base-builder\nRUN git clone --depth 1 https://example.org/tools.git\n"},
         {"a repository of the build", "Dockerfile", "FROM debian:12.8\nRUN git clone /src/repo /repo && git log\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
