#include <string_view>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"

namespace quaymaster::rules {
extern const Rule missing_health_check;
namespace {

using dockerfile::File;
using dockerfile::Stage;

/// What a stage has, with what it builds on in the file.
struct Has {
  bool health_check = false;
  bool start = false;
};

Has own(const File& file, const Stage& stage) {
  Has has;
  for (std::size_t i = stage.first; i < stage.end; ++i) {
    const dockerfile::Instruction& instruction = *file.instructions[i].instruction;
    has.health_check = has.health_check || instruction.as<dockerfile::Healthcheck>() != nullptr;
    has.start = has.start || instruction.as<dockerfile::Cmd>() != nullptr ||
                instruction.as<dockerfile::Entrypoint>() != nullptr;
  }
  return has;
}

std::vector<Has> with_parents(const File& file) {
  std::vector<Has> result;
  for (const Stage& stage : file.stages) {
    Has has = own(file, stage);
    if (stage.parent) {
      has.health_check = has.health_check || result[*stage.parent].health_check;
      has.start = has.start || result[*stage.parent].start;
    }
    result.push_back(has);
  }
  return result;
}

void report(const File& file, std::size_t index, bool starts, bool none_in_file, RuleContext& ctx) {
  const dockerfile::Placed& placed = file.instructions[file.stages[index].first];
  const auto* from = placed.instruction->as<dockerfile::From>();
  const bool final = index + 1 == file.stages.size();
  std::vector<std::string_view> aliases{"hadolint:DL3057"};
  if (final && none_in_file) {
    aliases.emplace_back("trivy:DS-0026");
    aliases.emplace_back("checkov:CKV_DOCKER_2");
  }
  const TextRange range = from != nullptr && from->image ? from->image->range : placed.instruction->statement().keyword;
  ctx.report({.variant = final && starts ? "final-image" : "other-stage",
              .range = range.shifted(placed.begin),
              .message = final ? "no HEALTHCHECK: nobody can tell whether what it starts still answers"
                               : "the stage has no HEALTHCHECK, nor has one built on it",
              .aliases = std::move(aliases)});
}

void check_file(const File& file, RuleContext& ctx) {
  const std::vector<Has> has = with_parents(file);
  std::vector<bool> covered(has.size());
  bool none_in_file = true;
  for (std::size_t i = has.size(); i > 0; --i) {
    covered[i - 1] = covered[i - 1] || has[i - 1].health_check;
    if (covered[i - 1] && file.stages[i - 1].parent) covered[*file.stages[i - 1].parent] = true;
    none_in_file = none_in_file && !has[i - 1].health_check;
  }
  for (std::size_t i = 0; i < has.size(); ++i)
    if (!covered[i]) report(file, i, has[i].start, none_in_file, ctx);
}

}  // namespace

constinit const Rule missing_health_check = checked({
    .name = "missing-health-check",
    .family = Family::BillOfMaterials,
    .title = "The image does not say how one finds out whether its program still works.",
    .consequence =
        "On Saturday the server runs out of connections. The process is alive, so `docker ps` says `Up 3 days`, Swarm "
        "keeps sending it every third request, and it waits for Monday until somebody restarts it.",
    .fine_when =
        "It runs in Kubernetes, which has probes of its own and takes no notice of HEALTHCHECK, or it is a tool that "
        "comes to an end.",
    .fix = FixAvailability::None,
    .variants = {{.name = "final-image",
                  .summary = "The final image starts a program and has no HEALTHCHECK.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3057"},
                              {Language::Dockerfile, "trivy:DS-0026"},
                              {Language::Dockerfile, "checkov:CKV_DOCKER_2"}},
                  .languages = Language::Dockerfile},
                 {.name = "other-stage",
                  .summary = "A stage without HEALTHCHECK that starts nothing, or is not the final one.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Dockerfile, "hadolint:DL3057"},
                              {Language::Dockerfile, "trivy:DS-0026"},
                              {Language::Dockerfile, "checkov:CKV_DOCKER_2"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/dockerfile/#healthcheck"},
    .examples = {{"none", "Dockerfile", "FROM <|node:22.11.0|>\nCMD [\"node\", \"server.js\"]\n"},
                 {"none anywhere", "Dockerfile",
                  "FROM <|golang:1.23.3|> AS build\nFROM <|scratch|>\nENTRYPOINT [\"/app\"]\n"},
                 {"nothing to start", "Dockerfile", "FROM <|debian:12.8|>\nRUN make\n"},
                 {"one that is inherited, one that inherits", "Dockerfile",
                  "FROM node:22.11.0 AS base\nHEALTHCHECK CMD [\"/healthy\"]\nFROM base AS web\nCMD [\"web\"]\n"
                  "FROM node:22.11.0 AS other\nFROM other\nHEALTHCHECK NONE\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
