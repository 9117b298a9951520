#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule duplicate_stage_name;
namespace {

using dockerfile::File;
using dockerfile::Word;

const Word* name_of(const File& file, const dockerfile::Stage& stage) {
  const auto* from = file.instructions[stage.first].instruction->as<dockerfile::From>();
  return from != nullptr && from->stage_name ? &*from->stage_name : nullptr;
}

void check_file(const File& file, RuleContext& ctx) {
  std::unordered_map<std::string_view, std::size_t> taken_by;
  for (std::size_t i = 0; i < file.stages.size(); ++i) {
    const dockerfile::Stage& stage = file.stages[i];
    const Word* name = name_of(file, stage);
    if (name == nullptr || stage.name.empty()) continue;
    const auto [earlier, is_new] = taken_by.emplace(stage.name, i);
    const Word* taken = name_of(file, file.stages[earlier->second]);
    if (is_new || taken == nullptr) continue;
    std::vector<std::string_view> aliases{"buildkit:DuplicateStageName"};
    if (name->string() == taken->string()) {
      aliases.emplace_back("hadolint:DL3024");
      aliases.emplace_back("trivy:DS-0012");
      aliases.emplace_back("checkov:CKV_DOCKER_11");
    }
    const std::uint32_t begin = file.instructions[file.stages[earlier->second].first].begin;
    ctx.report({.range = name->range.shifted(file.instructions[stage.first].begin),
                .message = "a stage above is called " + quoted(stage.name) + ", too",
                .related = {{taken->range.shifted(begin), "the name is taken here"}},
                .aliases = std::move(aliases)});
  }
}

}  // namespace

constinit const Rule duplicate_stage_name = checked({
    .name = "duplicate-stage-name",
    .family = Family::Correctness,
    .title = "Two stages have the same name.",
    .consequence =
        "Somebody copies a stage, changes what it builds and forgets the name. `COPY --from=build` takes the file from "
        "the last stage of that name above it, `docker build --target build` stops at one of the two, and the image "
        "ships a program that was built from the wrong sources.",
    .fine_when = "Nothing ever refers to the name, and then it can go.",
    .fix = FixAvailability::None,
    .variants = {{.severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning},
                              {Preset::Strict, Severity::Warning},
                              {Preset::BuildKit, Severity::Warning},
                              {Preset::Hadolint, Severity::Error}},
                  .aliases = {{Language::Dockerfile, "buildkit:DuplicateStageName"},
                              {Language::Dockerfile, "hadolint:DL3024"},
                              {Language::Dockerfile, "trivy:DS-0012"},
                              {Language::Dockerfile, "checkov:CKV_DOCKER_11"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/build-checks/duplicate-stage-name/",
                   "https://docs.docker.com/build/building/multi-stage/#name-your-build-stages"},
    .examples = {{"twice the same", "Dockerfile",
                  "FROM debian:12.8 AS build\nRUN make api\nFROM golang:1.23.3 AS <|build|>\nRUN make web\n"},
                 {"another case is no other name", "Dockerfile",
                  "FROM debian:12.8 AS build\nFROM golang:1.23.3 AS <|Build|>\n"},
                 {"three of them", "Dockerfile",
                  "FROM debian:12.8 AS a\nFROM debian:12.8 AS <|a|>\nFROM debian:12.8 AS <|a|>\n"},
                 {"two names", "Dockerfile",
                  "FROM debian:12.8 AS api\nFROM debian:12.8 AS web\nFROM debian:12.8\nFROM debian:12.8\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
