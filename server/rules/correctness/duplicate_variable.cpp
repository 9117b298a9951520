#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "model/compose/reader.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule duplicate_variable;
namespace {

using container::EnvironmentEntry;

/// So many entries of a list are repaired; to look one up takes as long as the list.
constexpr std::size_t kRepaired = 100;

void check_list(const yaml::Value& list, EnvironmentEntry::Origin origin, RuleContext& ctx) {
  if (!list.is_sequence() || list.shared()) return;
  const std::vector<EnvironmentEntry> entries = compose::variables_of(list, origin);
  std::unordered_map<std::string_view, const EnvironmentEntry*> last;
  for (const EnvironmentEntry& entry : entries) last[entry.name] = &entry;
  std::size_t repaired = 0;
  for (const EnvironmentEntry& entry : entries) {
    const EnvironmentEntry& later = *last[entry.name];
    if (&later == &entry || entry.shared || entry.name.find('$') != std::string::npos) continue;
    Report report{.range = entry.name_range,
                  .message = quoted(entry.name) + " is set again below, and only that counts",
                  .related = {{later.name_range, "this one counts"}},
                  .tag = DiagnosticTag::Unnecessary};
    if (entry.value == later.value) report.message = quoted(entry.name) + " is in the list again below";
    std::optional<Edit> edit;
    if (repaired++ < kRepaired) edit = yaml::remove_at(*list.document(), entry.item_range);
    if (edit) report.fixes.push_back({"Delete the entry without effect", Applicability::Safe, {*std::move(edit)}});
    ctx.report(std::move(report));
  }
}

void check(const compose::Service& service, RuleContext& ctx) {
  check_list(service.written.get("environment"), EnvironmentEntry::Origin::Environment, ctx);
  check_list(service.written.get({"build", "args"}), EnvironmentEntry::Origin::BuildArgument, ctx);
}

}  // namespace

constinit const Rule duplicate_variable = checked({
    .name = "duplicate-variable",
    .family = Family::Correctness,
    .title = "A variable is set twice in one list.",
    .consequence =
        "Somebody sets `LOG_LEVEL=debug` at the top of the list, restarts, and nothing changes: forty lines below it "
        "says `LOG_LEVEL=info`, and the last one counts. Two equal lines are refused: `array items must be unique`.",
    .fine_when = "Never: one of the two has no effect.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/reference/compose-file/services/#environment"},
    .examples =
        {{"two values", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    environment:\n      - <|LOG_LEVEL|>=debug  # for now\n    "
          "  - STAGE=test\n      - LOG_LEVEL=info\n",
          "services:\n  web:\n    image: shop/web:1.4.2\n    environment:\n      - STAGE=test\n      - "
          "LOG_LEVEL=info\n"},
         {"in brackets, and with a value from outside", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    environment: [\"<|STAGE|>=test\", LEVEL=1, STAGE]\n",
          "services:\n  web:\n    image: shop/web:1.4.2\n    environment: [LEVEL=1, STAGE]\n"},
         {"an argument of the build", "compose.yaml",
          "services:\n  web:\n    build:\n      context: .\n      args:\n        - <|VERSION|>=1\n        # the new "
          "one\n        - VERSION=2\n",
          "services:\n  web:\n    build:\n      context: .\n      args:\n        # the new one\n        - VERSION=2\n"},
         {"each once", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    environment: [A=1, B=1, a=1, \"${NAME}=1\", "
          "\"${NAME}=2\"]\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
