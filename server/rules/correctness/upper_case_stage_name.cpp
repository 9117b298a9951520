#include <string>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"
#include "rules/support/stage_uses.h"

namespace quaymaster::rules {
extern const Rule upper_case_stage_name;
namespace {

using dockerfile::File;
using dockerfile::Word;

/// The edits that put the stage's name in lower case, where it is given and where it is used.
std::vector<Edit> renaming(TextRange name, const std::string& lower, const std::vector<StageUse>& uses) {
  std::vector<Edit> edits{Edit::replacement(name, lower)};
  for (const StageUse& use : uses)
    if (use.word.string() != lower && verbatim(use.word))
      edits.push_back(Edit::replacement(use.word.range.shifted(use.begin), lower));
  return edits;
}

void check_file(const File& file, RuleContext& ctx) {
  const std::vector<std::vector<StageUse>> uses = stage_uses(file);
  for (std::size_t i = 0; i < file.stages.size(); ++i) {
    const dockerfile::Stage& stage = file.stages[i];
    const dockerfile::Placed& placed = file.instructions[stage.first];
    const auto* from = placed.instruction->as<dockerfile::From>();
    if (from == nullptr || !from->stage_name || from->stage_name->string() == stage.name) continue;
    const Word& name = *from->stage_name;
    const TextRange range = name.range.shifted(placed.begin);
    std::vector<Fix> fixes;
    if (verbatim(name))
      fixes.push_back({"Call the stage " + stage.name, Applicability::Safe, renaming(range, stage.name, uses[i])});
    ctx.report(
        {.range = name.range.shifted(placed.begin),
         .message = quoted(name.string(), 20) + " is kept as " + quoted(stage.name, 20) + ", and FROM minds the case",
         .fixes = std::move(fixes)});
  }
}

}  // namespace

constinit const Rule upper_case_stage_name = checked({
    .name = "upper-case-stage-name",
    .family = Family::Correctness,
    .title = "The name of a stage has capital letters.",
    .consequence =
        "The builder keeps the name in lower case. `COPY --from=Build` still finds the stage; `FROM Build` does not, "
        "and the next build ends with `repository name must be lowercase`, which says nothing about a stage.",
    .fine_when = "Only COPY, RUN and `--target` use the name: they do not look at the case.",
    .fix = FixAvailability::Always,
    .variants = {{.severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}, {Preset::BuildKit, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "buildkit:StageNameCasing"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/build-checks/stage-name-casing/",
                   "https://docs.docker.com/build/building/multi-stage/#name-your-build-stages"},
    .examples = {{"capitals", "Dockerfile",
                  "FROM golang:1.23.3 AS <|BuildBase|>\nFROM BuildBase AS build\nFROM scratch\n"
                  "COPY --from=BuildBase /etc/passwd /etc/passwd\nCOPY --from=build /app /app\n",
                  "FROM golang:1.23.3 AS buildbase\nFROM buildbase AS build\nFROM scratch\n"
                  "COPY --from=buildbase /etc/passwd /etc/passwd\nCOPY --from=build /app /app\n"},
                 {"used in a mount", "Dockerfile",
                  "FROM node:22.11.0 AS <|Assets|>\r\nFROM nginx:1.27.2\r\n"
                  "RUN --mount=from=Assets,target=/in cp -r /in/dist /srv\r\n",
                  "FROM node:22.11.0 AS assets\r\nFROM nginx:1.27.2\r\n"
                  "RUN --mount=from=assets,target=/in cp -r /in/dist /srv\r\n"},
                 {"lower case", "Dockerfile",
                  "FROM golang:1.23.3 AS build\nFROM scratch\nCOPY --from=Build /app /app\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
