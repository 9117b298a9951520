#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/build_step.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule unchecked_pipeline;
namespace {

using shell::Command;

constexpr std::string_view kDownload = "download";
constexpr std::string_view kOther = "other";
constexpr std::string_view kHarmless = "harmless";

bool is_one_of(std::string_view name, const auto& names) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

/// Whether the program does its work without complaint when nothing comes in.
bool takes_nothing_for_an_answer(const Command& command) {
  constexpr std::string_view kPrograms[] = {"sh",  "bash", "ash",  "dash", "zsh",    "cat",  "sed",     "tee",
                                            "tr",  "cut",  "sort", "awk",  "gawk",   "head", "python3", "python",
                                            "php", "perl", "node", "ruby", "base64", "psql", "envsubst"};
  return is_one_of(command.name(), kPrograms);
}

bool fetches(const Command& command) {
  constexpr std::string_view kPrograms[] = {"curl", "wget", "aws", "gsutil"};
  return is_one_of(command.name(), kPrograms);
}

bool says_pipefail(const std::vector<shell::Word>& words) {
  return std::any_of(words.begin() + 1, words.end(), [](const shell::Word& word) { return word.text == "pipefail"; });
}

/// A command of a pipeline whose failure nobody notices: of several in a RUN the one that matters most.
struct Found {
  const Command* command = nullptr;
  enum class Weight { CannotFail, MayFail, Download } weight = Weight::MayFail;
  bool nested = false;  ///< in a `sh -c` within the RUN
};

Found::Weight weight_of(const Command& left, const Command& right) {
  constexpr std::string_view kSure[] = {"echo", "printf", "yes", "true", ":", "env", "cat"};
  if (fetches(left) && takes_nothing_for_an_answer(right)) return Found::Weight::Download;
  return is_one_of(left.name(), kSure) ? Found::Weight::CannotFail : Found::Weight::MayFail;
}

std::optional<Found> find_pipeline(const shell::Script& script) {
  std::optional<Found> found;
  std::unordered_map<std::uint32_t, const Command*> latest;  // of each pipeline
  std::unordered_set<std::size_t> with_pipefail;             // the nested texts where `set -o pipefail` was said
  NestedTexts nested(script);
  for (const Command& command : script.commands) {
    const std::size_t text = nested.around(command.range);
    const Command* before = std::exchange(latest[command.pipeline], &command);
    if (command.name() == "set" && says_pipefail(command.words)) with_pipefail.insert(text);
    const bool checked = with_pipefail.contains(text) ||
                         std::any_of(command.wrappers.begin(), command.wrappers.end(),
                                     [](const shell::Wrapper& wrapper) { return says_pipefail(wrapper.words); });
    if (before == nullptr || checked) continue;
    const Found::Weight weight = weight_of(*before, command);
    if (!found || weight > found->weight) found = Found{before, weight, text != 0 || !command.wrappers.empty()};
    if (weight == Found::Weight::Download) return found;
  }
  return found;
}

bool is_alpine(const dockerfile::Context& context) {
  return context.base_name == "alpine" || context.base_name.ends_with("/alpine") ||
         context.base_tag.find("alpine") != std::string::npos;
}

std::vector<Fix> fixes_of(const dockerfile::BuildFile::Step& step, bool nested) {
  const dockerfile::BuildScript& build = step.script;
  const bool alpine = is_alpine(build.context);
  if (nested || build.run.triggered || build.run.command.json || !build.run.heredocs.empty() || !build.context.in_stage)
    return {};
  if (alpine) {
    if (build.text.source.text.empty()) return {};
    auto edit = build.text.source.edit({0, 0}, "set -o pipefail && ");
    if (!edit) return {};
    return {{.title = "Begin with set -o pipefail",
             .applicability = Applicability::Unsafe,
             .edits = {std::move(*edit)},
             .caveat = "A part that failed unnoticed until now stops the build."}};
  }
  const std::string shell = R"(SHELL ["/bin/bash", "-o", "pipefail", "-c"])" + std::string(build.context.line_ending);
  return {{.title = "Let bash with pipefail run the commands of this stage",
           .applicability = Applicability::DisplayOnly,
           .edits = {Edit::insertion(build.run.keyword.begin, shell)},
           .caveat = "The image must have bash, and a CMD or ENTRYPOINT in shell form runs in it, too."}};
}

void check_file(const dockerfile::BuildFile& build, RuleContext& ctx) {
  for (const dockerfile::BuildFile::Step& step : build.steps) {
    if (step.script.context.shell_pipefail) continue;
    const std::optional<Found> found = find_pipeline(*step.script.text.script);
    if (!found) continue;
    const std::string name = quoted(found->command->name());
    Report report{.range = step.script.text.in_file(found->command->words.front().range),
                  .message = {},
                  .fixes = fixes_of(step, found->nested)};
    switch (found->weight) {
      case Found::Weight::CannotFail:
        report.variant = kHarmless;
        report.message = "the shell looks at what is behind the pipe, not at " + name;
        break;
      case Found::Weight::MayFail:
        report.variant = kOther;
        report.message = "if " + name + " fails, the pipe hides it and the build goes on";
        break;
      case Found::Weight::Download:
        report.variant = kDownload;
        report.message = "if " + name + " fails, the pipe hides it, and the step goes on with nothing";
        break;
    }
    if (step.script.run.triggered) report.aliases.emplace();
    report_in_segment(build.file.instructions[step.index].begin, std::move(report), ctx);
  }
}

}  // namespace

constinit const Rule unchecked_pipeline = checked({
    .name = "unchecked-pipeline",
    .family = Family::Correctness,
    .title = "A command of a pipe can fail without anybody noticing.",
    .consequence =
        "The download server is down for a minute. `curl … | bash` hands nothing to bash, bash does nothing, and does "
        "that successfully. The build is green, the layer is cached, and the image that goes to production lacks a "
        "program, which comes out at the first request that needs it.",
    .fine_when =
        "The command on the left cannot fail (`echo`, `yes`), or it is meant to be cut off by the one on the right "
        "(`| head -1`), which pipefail would take for a failure.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "download",
                  .summary = "What a download brings goes into a program that is content with nothing.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning},
                              {Preset::Strict, Severity::Warning},
                              {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL4006"}},
                  .languages = Language::Dockerfile},
                 {.name = "other",
                  .summary = "The build only looks at the last command of a pipe.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}, {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL4006"}},
                  .languages = Language::Dockerfile},
                 {.name = "harmless",
                  .summary = "The commands in front of the pipes of a RUN do not fail, such as echo.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL4006"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/build/building/best-practices/#using-pipes",
                   "https://docs.docker.com/reference/dockerfile/#shell"},
    .examples =
        {{"a script from the network", "Dockerfile",
          "FROM debian:12.8\nRUN <|curl|> -fsSL https://example.com/setup.sh | bash -\n"},
         {"on Alpine", "Dockerfile", "FROM alpine:3.21\nRUN <|wget|> -qO- https://example.com/a | sh\n",
          "FROM alpine:3.21\nRUN set -o pipefail && wget -qO- https://example.com/a | sh\n"},
         {"a pipe", "Dockerfile", "FROM node:22-alpine3.21\nRUN apk add curl && <|npm|> ls | grep express\n",
          "FROM node:22-alpine3.21\nRUN set -o pipefail && apk add curl && npm ls | grep express\n"},
         {"nothing that can fail", "Dockerfile", "FROM debian:12.8\nRUN <|echo|> 'root:x' | chpasswd\n"},
         {"after FROM the shell is another one", "Dockerfile",
          "FROM debian:12.8\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN make | tee log\nFROM "
          "debian:12.8\nRUN <|make|> | tee log\n"},
         {"a pipe in a nested shell", "Dockerfile",
          "FROM debian:12.8\nRUN set -o pipefail; bash -c \"<|make|> | tee log\"\n"},
         {"a nested shell on Alpine", "Dockerfile",
          "FROM alpine:3.21\nRUN set -o pipefail && sh -c '<|make|> | tee log'\n"},
         {"SHELL of the stage below", "Dockerfile",
          "FROM debian:12.8 AS base\nSHELL [\"/bin/bash\", \"-eo\", \"pipefail\", \"-c\"]\nFROM base\nRUN make | tee "
          "log\n"},
         {"said in the RUN", "Dockerfile",
          "FROM alpine:3.21\nRUN set -euxo pipefail; wget -qO- https://example.com/a | sh\n"},
         {"said to the nested shell", "Dockerfile",
          "FROM debian:12.8\nRUN bash -o pipefail -c 'curl https://example.com/a | sh'\n"},
         {"no pipe", "Dockerfile", "FROM debian:12.8\nRUN make || exit 1\nRUN grep -E 'a|b' /etc/passwd\n"},
         {"PowerShell", "Dockerfile",
          "FROM mcr.microsoft.com/powershell:7.4-ubuntu-22.04\nSHELL [\"pwsh\", \"-Command\"]\nRUN Get-Process | "
          "Out-File p.txt\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
