#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule apt_command;
namespace {

/// A sub-command of apt, and who does the same.
struct Replacement {
  std::string_view verb;
  std::string_view program = "apt-get";
  std::string_view other_verb = {};
};
constexpr Replacement kReplacements[] = {
    {"install"},
    {"reinstall"},
    {"update"},
    {"upgrade"},
    {"remove"},
    {"purge"},
    {"autoremove"},
    {"clean"},
    {"autoclean"},
    {"build-dep"},
    {"source"},
    {"download"},
    {"full-upgrade", "apt-get", "dist-upgrade"},
    {"dist-upgrade"},
    {"search", "apt-cache"},
    {"show", "apt-cache"},
    {"policy", "apt-cache"},
    {"depends", "apt-cache"},
};

/// The edits that write `apt` as another program; empty when none does the same.
std::vector<Edit> edits_of(const shell::Text& text, const shell::Command& command) {
  const shell::Word& program = command.words.front();
  const auto verb = std::find_if(command.words.begin() + 1, command.words.end(), [](const shell::Word& word) {
    return std::any_of(std::begin(kReplacements), std::end(kReplacements),
                       [&](const Replacement& replacement) { return replacement.verb == word.text; });
  });
  if (verb == command.words.end() || !program.literal) return {};
  const auto& replacement = *std::find_if(std::begin(kReplacements), std::end(kReplacements),
                                          [&](const Replacement& candidate) { return candidate.verb == verb->text; });
  std::vector<Edit> edits;
  const std::string folder = program.text.substr(0, program.text.size() - std::string_view("apt").size());
  auto edit = text.edit(program.range, folder + std::string(replacement.program));
  if (!edit) return {};
  edits.push_back(std::move(*edit));
  if (replacement.other_verb.empty()) return edits;
  edit = text.edit(verb->range, replacement.other_verb);
  if (!edit) return {};
  edits.push_back(std::move(*edit));
  return edits;
}

void check_run(const dockerfile::BuildScript& build, RuleContext& ctx) {
  std::optional<Report> report;
  std::vector<Edit> edits;
  std::size_t count = 0;
  for (const shell::Command& command : build.text.script->commands) {
    if (command.name() != "apt") continue;
    ++count;
    const TextRange range = build.text.in_file(command.words.front().range);
    for (Edit& edit : edits_of(build.text, command)) edits.push_back(std::move(edit));
    if (report) {
      report->related.push_back({range, "`apt` here, too"});
      continue;
    }
    const std::vector<const shell::Word*> arguments = command.arguments();
    const std::string call = arguments.empty() ? "apt" : "apt " + arguments.front()->text;
    report = Report{.range = range, .message = quoted(call) + " is for people: its options and output may change"};
  }
  if (!report) return;
  if (!edits.empty())
    report->fixes.push_back({.title = count == 1 ? "Write apt-get" : "Write apt-get in this RUN",
                             .applicability = Applicability::Safe,
                             .edits = std::move(edits)});
  ctx.report(std::move(*report));
}

}  // namespace

constinit const Rule apt_command = checked({
    .name = "apt-command",
    .family = Family::BillOfMaterials,
    .title = "A build calls apt, which is made for people.",
    .consequence =
        "A new version of the base image brings a new version of apt, which asks, formats or solves something in "
        "another way, as its manual says that it may. The build stops, or the script that reads its output finds "
        "nothing. apt-get is kept the same for scripts, and the log is free of warnings about an unstable interface.",
    .fine_when = "The sub-command exists in apt only, such as `apt list`, and nothing reads its output.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}, {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3027"},
                              {Language::Dockerfile, "checkov:CKV_DOCKER_9"}},
                  .languages = Language::Dockerfile}},
    .references =
        {"https://manpages.debian.org/bookworm/apt/apt.8.en.html#SCRIPT_USAGE_AND_DIFFERENCES_FROM_OTHER_APT_TOOLS"},
    .examples = {{"two calls", "Dockerfile", "FROM debian:12.8\nRUN <|apt|> update && \\\n    apt install -y curl\n",
                  "FROM debian:12.8\nRUN apt-get update && \\\n    apt-get install -y curl\n"},
                 {"an upgrade", "Dockerfile", "FROM debian:12.8\nRUN sudo <|/usr/bin/apt|> -y full-upgrade\n",
                  "FROM debian:12.8\nRUN sudo /usr/bin/apt-get -y dist-upgrade\n"},
                 {"a search", "Dockerfile", "FROM debian:12.8\nRUN <|apt|> search vim\n",
                  "FROM debian:12.8\nRUN apt-cache search vim\n"},
                 {"exec form", "Dockerfile", "FROM debian:12.8\nRUN [\"<|apt|>\", \"update\"]\n",
                  "FROM debian:12.8\nRUN [\"apt-get\", \"update\"]\n"},
                 {"in a nested shell, lines as on Windows", "Dockerfile",
                  "FROM debian:12.8\r\nONBUILD RUN bash -c '<|apt|> update'\r\n",
                  "FROM debian:12.8\r\nONBUILD RUN bash -c 'apt-get update'\r\n"},
                 {"nothing else does that", "Dockerfile", "FROM debian:12.8\nRUN <|apt|> list --installed\n"},
                 {"apt-get", "Dockerfile", "FROM debian:12.8\nRUN apt-get install -y apt\n"}},
    .checks = {on(check_run)},
});

}  // namespace quaymaster::rules
