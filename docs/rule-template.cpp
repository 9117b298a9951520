#include "model/container/container.h"
#include "rules/rule_context.h"

namespace quaymaster::rules {
extern const Rule @symbol@;
namespace {

void check(const container::EnvironmentEntry& entry, RuleContext& ctx) {
  if (entry.name != "REPLACE_THIS") return;
  ctx.report({.range = entry.name_range, .message = "`" + entry.name + "` is set: replace this check"});
}

}  // namespace

constinit const Rule @symbol@ = checked({
    .name = "@name@",
    .family = Family::@Family@,
    .title = "Replace this: one sentence that says what is wrong.",
    .consequence = "Replace this: one concrete event, in whole sentences.",
    .fine_when = "Replace this: when one may ignore the finding with a good conscience.",
    .fix = FixAvailability::None,
    .variants = {{.name = "", .severity = Severity::Warning}},
    .references = {"https://docs.docker.com/reference/dockerfile/"},
    .examples = {{"what is reported", "Dockerfile", "FROM scratch\nENV <|REPLACE_THIS|>=1\n"},
                 {"what stays silent", "Dockerfile", "FROM scratch\nENV OTHER=1\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
