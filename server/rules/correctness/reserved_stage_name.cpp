#include <string>
#include <string_view>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"
#include "rules/support/stage_uses.h"

namespace quaymaster::rules {
extern const Rule reserved_stage_name;
namespace {

using dockerfile::File;
using dockerfile::Word;

constexpr std::string_view kScratch = "scratch";

/// Renames the stage and what reads from it. `FROM scratch` stays: it means the empty image in any case.
std::vector<Edit> renaming(TextRange name, bool scratch, const std::string& better, const std::vector<StageUse>& uses) {
  std::vector<Edit> edits{Edit::replacement(name, better)};
  for (const StageUse& use : uses)
    if (!scratch || !use.from) edits.push_back(Edit::replacement(use.word.range.shifted(use.begin), better));
  return edits;
}

void check_file(const File& file, RuleContext& ctx) {
  const std::vector<std::vector<StageUse>> uses = stage_uses(file);
  for (std::size_t i = 0; i < file.stages.size(); ++i) {
    const dockerfile::Stage& stage = file.stages[i];
    if (stage.name != kScratch && stage.name != "context") continue;
    const dockerfile::Placed& placed = file.instructions[stage.first];
    const auto* from = placed.instruction->as<dockerfile::From>();
    if (from == nullptr || !from->stage_name) continue;
    const Word& name = *from->stage_name;
    std::vector<std::string_view> aliases{"buildkit:ReservedStageName"};
    if (name.string() == stage.name) aliases.emplace_back("hadolint:DL3063");
    const TextRange range = name.range.shifted(placed.begin);
    const std::string better = stage.name + "-stage";
    std::vector<Fix> fixes;
    if (verbatim(name))
      fixes.push_back({"Call the stage " + better, Applicability::Unsafe,
                       renaming(range, stage.name == kScratch, better, uses[i]),
                       "A `--target` on a command line or in a Compose file has to follow."});
    ctx.report({.range = range,
                .message = quoted(name.string()) + (stage.name == kScratch
                                                        ? " is the empty image: FROM never finds a stage of that name"
                                                        : " is a word that the builder has for what it copies from"),
                .fixes = std::move(fixes),
                .aliases = std::move(aliases)});
  }
}

}  // namespace

constinit const Rule reserved_stage_name = checked({
    .name = "reserved-stage-name",
    .family = Family::Correctness,
    .title = "A stage has a name that means something else to the builder.",
    .consequence =
        "`FROM scratch` below a stage called `scratch` starts from nothing, not from that stage: the build runs "
        "through, and the container stops at once because its program is not there.",
    .fine_when = "Never: any other name does the same work.",
    .fix = FixAvailability::Always,
    .variants = {{.severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning},
                              {Preset::Strict, Severity::Warning},
                              {Preset::BuildKit, Severity::Warning},
                              {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "buildkit:ReservedStageName"},
                              {Language::Dockerfile, "hadolint:DL3063"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/build-checks/reserved-stage-name/"},
    .examples = {{"the empty image", "Dockerfile",
                  "FROM alpine:3.21 AS <|scratch|>\nFROM scratch\nCOPY --from=scratch /etc/passwd /etc/passwd\n",
                  "FROM alpine:3.21 AS scratch-stage\nFROM scratch\n"
                  "COPY --from=scratch-stage /etc/passwd /etc/passwd\n"},
                 {"the build context", "Dockerfile", "FROM alpine:3.21 AS <|context|>\r\nFROM context\r\n",
                  "FROM alpine:3.21 AS context-stage\r\nFROM context-stage\r\n"},
                 {"the empty image itself", "Dockerfile", "FROM scratch AS empty\nFROM scratch\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
