#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/unused_suppression_item.h"

namespace quaymaster::rules {
extern const Rule unused_suppression;
namespace {

void check_item(const UnusedSuppressionItem& item, RuleContext& ctx) {
  const Fix removal{"Remove it", Applicability::Safe, {item.removal}};
  if (item.nearest.empty()) {
    ctx.report({.variant = "unused",
                .range = item.range,
                .message = "ignoring " + quoted(item.name) + " has no effect: there is nothing to ignore",
                .fixes = {removal},
                .tag = DiagnosticTag::Unnecessary});
    return;
  }
  ctx.report({.variant = "misspelt",
              .range = item.range,
              .message = quoted(item.name) + " is no rule; did you mean " + quoted(item.nearest) + "?",
              .fixes = {{"Replace it with " + item.nearest,
                         Applicability::Unsafe,
                         {Edit::replacement(item.range, item.nearest)},
                         "What the rule finds here is silent from then on."}}});
}

}  // namespace

constinit const Rule unused_suppression = checked({
    .name = "unused-suppression",
    .family = Family::Correctness,
    .title = "The comment asks to ignore what is not there.",
    .consequence =
        "The image was pinned a year ago, and the comment that excused it is still there. Then somebody takes the tag "
        "away again: the comment keeps silent about that, too, with a reason that nobody remembers.",
    .fine_when = "The finding comes and goes, because the line is written by a tool.",
    .fix = FixAvailability::Always,
    .variants = {{.name = "unused",
                  .summary = "Nothing that the comment names is found there, although it is looked for.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Recommended, Severity::Hint}, {Preset::Strict, Severity::Hint}}},
                 {.name = "misspelt",
                  .summary = "The comment names no rule, but nearly one.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}}}},
    .references = {"https://docs.docker.com/build/checks/#skip-checks"},
    .examples = {{"the image has a tag by now", "Dockerfile",
                  "# quaymaster: ignore <|floating-image-tag|> -- until the registry is there\nFROM debian:12.8\n",
                  "FROM debian:12.8\n", "floating-image-tag"},
                 {"one of two", "Dockerfile",
                  "FROM debian:12.8\n# quaymaster: ignore root-user, <|floating-image-tag|> -- a demo\nUSER root\n",
                  "FROM debian:12.8\n# quaymaster: ignore root-user -- a demo\nUSER root\n", "floating-image-tag"},
                 {"at the end of a line", "compose.yaml",
                  "services:\n  web:\n    image: nginx:1.27 # quaymaster: ignore <|floating-image-tag|>\n",
                  "services:\n  web:\n    image: nginx:1.27\n", "floating-image-tag"},
                 {"misspelt", "Dockerfile", "# quaymaster: ignore <|floating-image-tags|>\nFROM debian\n",
                  "# quaymaster: ignore floating-image-tag\nFROM debian\n", "floating-image-tag"},
                 {"something is ignored",
                  "Dockerfile",
                  "# quaymaster: ignore floating-image-tag\nFROM debian\n",
                  {},
                  "floating-image-tag"},
                 {"a rule that is off", "Dockerfile", "# quaymaster: ignore floating-image-tag\nFROM debian:12.8\n"},
                 {"a check of another tool", "Dockerfile", "# quaymaster: ignore DL3059\nFROM debian:12.8\n"}},
    .checks = {on(check_item)},
});

}  // namespace quaymaster::rules
