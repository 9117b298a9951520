#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule replaced_shell;
namespace {

constexpr std::string_view kShell = "/bin/sh";

/// The shell that `link` puts in the place of /bin/sh; empty when that cannot be told.
std::string target_of(const shell::Command& link) {
  for (const shell::Word* word : link.arguments()) {
    if (word->text == kShell || !word->literal) continue;
    const bool plain = word->text.find_first_of(" \"'\\$") == std::string::npos;
    if (!plain) return {};
    return word->text.starts_with('/') ? word->text : "/bin/" + word->text;
  }
  return {};
}

/// A RUN that does nothing else becomes a SHELL.
std::vector<Fix> fixes_of(const dockerfile::BuildScript& build, const shell::Command& link) {
  const auto serves = [&](const shell::Command& command) {
    return &command == &link || (command.name() == "rm" && command.words.back().text == kShell);
  };
  const std::vector<shell::Command>& commands = build.text.script->commands;
  const std::string target = target_of(link);
  if (target.empty() || !std::all_of(commands.begin(), commands.end(), serves) || !build.text.script->complete ||
      !build.run.heredocs.empty())
    return {};
  return {{.title = "Say with SHELL what runs the commands",
           .applicability = Applicability::Unsafe,
           .edits = {Edit::replacement(build.run.range, "SHELL [\"" + target + "\", \"-c\"]")},
           .caveat = "Scripts that begin with #!/bin/sh then run in the shell of the distribution again."}};
}

/// Without force, a link can only be made where nothing is.
bool replaces(const shell::Script& script, const shell::Command& link) {
  if (link.option("--force", 'f') != nullptr) return true;
  return std::any_of(script.commands.begin(), script.commands.end(), [&](const shell::Command& command) {
    return &command < &link && std::any_of(command.words.begin(), command.words.end(),
                                           [](const shell::Word& word) { return word.text == kShell; });
  });
}

void check_run(const dockerfile::BuildScript& build, RuleContext& ctx) {
  for (const shell::Command& command : build.text.script->commands) {
    if (command.name() != "ln") continue;
    const auto word = std::find_if(command.words.begin() + 1, command.words.end(),
                                   [](const shell::Word& candidate) { return candidate.text == kShell; });
    if (word == command.words.end()) continue;
    const std::string target = target_of(command);
    const bool replaced = replaces(*build.text.script, command);
    Report report{.variant = replaced ? "replaced" : "added",
                  .range = build.text.in_file(word->range),
                  .message = "`/bin/sh` becomes " + (target.empty() ? "another shell" : quoted(target, 20)) +
                             ", for every script in the image"};
    if (replaced) report.fixes = fixes_of(build, command);
    ctx.report(std::move(report));
  }
}

}  // namespace

constinit const Rule replaced_shell = checked({
    .name = "replaced-shell",
    .family = Family::BillOfMaterials,
    .title = "A link replaces /bin/sh of the distribution.",
    .consequence =
        "Every script of every package now runs in a shell that it was not written for, and the next update of the "
        "package dash puts the old one back. From then on a RUN further down, with `[[` or `source` in it, fails in a "
        "build that nobody has changed.",
    .fine_when = "A program of others calls `sh` with commands for bash, and it cannot be told otherwise.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "replaced",
                  .summary = "A link takes the place of the shell that the distribution brings.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning},
                              {Preset::Strict, Severity::Warning},
                              {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL4005"}},
                  .languages = Language::Dockerfile},
                 {.name = "added",
                  .summary = "A link makes a /bin/sh where there was none.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL4005"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/dockerfile/#shell"},
    .examples = {{"nothing else", "Dockerfile",
                  "FROM ubuntu:24.04\nRUN ln -sf bash <|/bin/sh|>\nRUN source /etc/profile\n",
                  "FROM ubuntu:24.04\nSHELL [\"/bin/bash\", \"-c\"]\nRUN source /etc/profile\n"},
                 {"after the old one is gone", "Dockerfile",
                  "FROM ubuntu:24.04\nRUN rm /bin/sh && \\\n    ln -s /usr/bin/zsh <|/bin/sh|>\n",
                  "FROM ubuntu:24.04\nSHELL [\"/usr/bin/zsh\", \"-c\"]\n"},
                 {"among other work", "Dockerfile",
                  "FROM ubuntu:24.04\nRUN apt-get update && sudo ln -sf /bin/bash <|/bin/sh|>\n"},
                 {"exec form", "Dockerfile",
                  "FROM ubuntu:24.04\nONBUILD RUN [\"ln\", \"-sf\", \"/bin/bash\", \"<|/bin/sh|>\"]\n",
                  "FROM ubuntu:24.04\nONBUILD SHELL [\"/bin/bash\", \"-c\"]\n"},
                 {"where there was none", "Dockerfile",
                  "FROM gcr.io/distroless/base-debian12:debug\nRUN [\"/busybox/sh\", \"-c\", \"ln -s /busybox/sh "
                  "<|/bin/sh|>\"]\n"},
                 {"another link", "Dockerfile", "FROM ubuntu:24.04\nRUN ln -sf /bin/bash /usr/local/bin/sh\n"},
                 {"SHELL", "Dockerfile",
                  "FROM ubuntu:24.04\nSHELL [\"/bin/bash\", \"-c\"]\nRUN source /etc/profile\n"}},
    .checks = {on(check_run)},
});

}  // namespace quaymaster::rules
