#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/instructions.h"
#include "text/ascii.h"

namespace quaymaster::rules {
extern const Rule overridden_instruction;
namespace {

using dockerfile::Placed;

/// The instructions of which a stage has one at most, with the names of their variants.
struct Kind {
  std::string_view variant;
  std::string_view keyword;
};
constexpr std::array<Kind, 3> kKinds{
    {{"command", "CMD"}, {"entrypoint", "ENTRYPOINT"}, {"health-check", "HEALTHCHECK"}}};

std::optional<std::size_t> kind_of(const dockerfile::Instruction& instruction) {
  if (instruction.as<dockerfile::Cmd>() != nullptr) return 0;
  if (instruction.as<dockerfile::Entrypoint>() != nullptr) return 1;
  // What the builder refuses takes no other's place.
  const auto* check = instruction.as<dockerfile::Healthcheck>();
  if (check != nullptr && check->type && (check->none() || equals_ignoring_case(check->type->string(), "CMD")))
    return 2;
  return std::nullopt;
}

void report(const Placed& earlier, const Placed& later, const Kind& kind, RuleContext& ctx) {
  const std::string keyword(kind.keyword);
  std::vector<Fix> fixes;
  if (earlier.instruction->comments.empty())
    fixes = {
        {"Delete the " + keyword + " without effect", Applicability::Safe, {Edit::deletion(whole_lines(earlier))}}};
  ctx.report({.variant = kind.variant,
              .range = earlier.instruction->statement().keyword.shifted(earlier.begin),
              .message = "this " + keyword + " has no effect: another one follows in the same stage",
              .fixes = std::move(fixes),
              .related = {{later.instruction->statement().keyword.shifted(later.begin), "the one that counts"}},
              .tag = DiagnosticTag::Unnecessary});
}

void check_file(const dockerfile::File& file, RuleContext& ctx) {
  for (const Section& section : sections(file)) {
    std::array<const Placed*, kKinds.size()> last{};
    for (std::size_t i = section.end; i > section.first; --i) {
      const Placed& placed = file.instructions[i - 1];
      const std::optional<std::size_t> kind = kind_of(*placed.instruction);
      if (!kind) continue;
      if (last[*kind] == nullptr)
        last[*kind] = &placed;
      else
        report(placed, *last[*kind], kKinds[*kind], ctx);
    }
  }
}

}  // namespace

constinit const Rule overridden_instruction = checked({
    .name = "overridden-instruction",
    .family = Family::SingleService,
    .title = "The instruction has no effect, because another one of its kind follows.",
    .consequence =
        "A second CMD is added to start the worker beside the web server. The build says nothing, the container comes "
        "up with the worker alone, and the shop answers nobody until somebody reads the file to its end.",
    .fine_when = "Never: the line does nothing but mislead its readers.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "command",
                  .summary = "A later CMD of the stage takes the place of this one.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning},
                              {Preset::Strict, Severity::Warning},
                              {Preset::BuildKit, Severity::Warning},
                              {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "buildkit:MultipleInstructionsDisallowed"},
                              {Language::Dockerfile, "hadolint:DL4003"},
                              {Language::Dockerfile, "trivy:DS-0016"}},
                  .languages = Language::Dockerfile},
                 {.name = "entrypoint",
                  .summary = "A later ENTRYPOINT of the stage takes the place of this one.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning},
                              {Preset::Strict, Severity::Warning},
                              {Preset::BuildKit, Severity::Warning},
                              {Preset::Hadolint, Severity::Error}},
                  .aliases = {{Language::Dockerfile, "buildkit:MultipleInstructionsDisallowed"},
                              {Language::Dockerfile, "hadolint:DL4004"},
                              {Language::Dockerfile, "trivy:DS-0007"}},
                  .languages = Language::Dockerfile},
                 {.name = "health-check",
                  .summary = "A later HEALTHCHECK of the stage takes the place of this one.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning},
                              {Preset::Strict, Severity::Warning},
                              {Preset::BuildKit, Severity::Warning},
                              {Preset::Hadolint, Severity::Error}},
                  .aliases = {{Language::Dockerfile, "buildkit:MultipleInstructionsDisallowed"},
                              {Language::Dockerfile, "hadolint:DL3012"},
                              {Language::Dockerfile, "trivy:DS-0023"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/",
                   "https://docs.docker.com/engine/containers/multi-service_container/"},
    .examples =
        {{"two commands", "Dockerfile",
          "FROM node:22.11.0\n<|CMD|> [\"node\", \"web.js\"]\nCOPY worker.js .\nCMD [\"node\", \"worker.js\"]\n",
          "FROM node:22.11.0\nCOPY worker.js .\nCMD [\"node\", \"worker.js\"]\n"},
         {"over several lines", "Dockerfile",
          "FROM node:22.11.0\r\n<|CMD|> [\"node\", \\\r\n  \"web.js\"]\r\n<|CMD|> [\"a\"]\r\nCMD [\"b\"]",
          "FROM node:22.11.0\r\nCMD [\"b\"]"},
         {"with a comment in it, which would go too", "Dockerfile",
          "FROM node:22.11.0\n<|CMD|> [\"node\", \\\n  # the web server\n  \"web.js\"]\nCMD [\"b\"]\n"},
         {"two entrypoints", "Dockerfile", "FROM alpine:3.21\n<|ENTRYPOINT|> [\"/web\"]\nENTRYPOINT [\"/worker\"]\n",
          "FROM alpine:3.21\nENTRYPOINT [\"/worker\"]\n"},
         {"two health checks", "Dockerfile", "FROM alpine:3.21\n<|HEALTHCHECK|> CMD [\"/healthy\"]\nHEALTHCHECK NONE\n",
          "FROM alpine:3.21\nHEALTHCHECK NONE\n"},
         {"one of each in each stage", "Dockerfile",
          "FROM alpine:3.21 AS base\nENTRYPOINT [\"/web\"]\nCMD [\"serve\"]\nFROM base\nENTRYPOINT [\"/worker\"]\n"
          "CMD [\"run\"]\nONBUILD CMD [\"other\"]\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
