#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "model/compose/compose.h"
#include "model/compose/reader.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/removal.h"

namespace quaymaster::rules {
extern const Rule oom_exemption;
namespace {

constexpr std::string_view kCaveat =
    "When memory runs short the kernel may end this container: give it a memory limit that it can live with.";

void check_service(const compose::Service& service, RuleContext& ctx) {
  const std::string name = quoted(service.name, 24);
  if (const std::optional<container::Flag>& disabled = service.oom_kill_disable; disabled && disabled->value)
    ctx.report({.range = disabled->key_range,
                .message = name + " is never ended for its memory: the host is, instead",
                .fixes = removal(*service.value.document(), disabled->key_range, service.shared || disabled->shared,
                                 "Remove oom_kill_disable", kCaveat)});

  const std::optional<yaml::Entry> score = service.entry("oom_score_adj");
  const std::optional<compose::Text> text = score ? compose::text_of(score->value) : std::nullopt;
  if (!text || !text->known) return;
  int number = 0;
  const auto [end, error] = std::from_chars(text->text.data(), text->text.data() + text->text.size(), number);
  if (error != std::errc{} || number >= -500) return;
  ctx.report({.range = text->range,
              .message = name + " is among the last that the kernel ends when memory runs short",
              .fixes = removal(*service.value.document(), score->key_range,
                               service.shared || score->shared || text->shared, "Remove oom_score_adj", kCaveat)});
}

}  // namespace

constinit const Rule oom_exemption = checked({
    .name = "oom-exemption",
    .family = Family::Isolation,
    .title = "The container is spared when memory runs short.",
    .consequence =
        "The container leaks. The kernel looks for something to end, may not take the leaking one, and ends the "
        "SSH server and the database beside it; then the machine stands still.",
    .fine_when = "It has a memory limit, and losing it is worse than losing anything else on the machine.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = {},
                  .summary = {},
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Compose}},
    .references =
        {"https://docs.docker.com/engine/containers/resource_constraints/#understand-the-risks-of-running-out-of-"
         "memory"},
    .examples =
        {{"no end", "compose.yaml",
          "services:\n  db:\n    image: db:1.4.2\n    <|oom_kill_disable|>: true\n    restart: always\n",
          "services:\n  db:\n    image: db:1.4.2\n    restart: always\n"},
         {"among the last", "compose.yaml", "services:\n  db:\n    image: db:1.4.2\n    oom_score_adj: <|-1000|>\n",
          "services:\n  db:\n    image: db:1.4.2\n"},
         {"a little later than others", "compose.yaml",
          "services:\n  db:\n    image: db:1.4.2\n    oom_kill_disable: false\n    oom_score_adj: -200\n  web:\n"
          "    image: web:1.4.2\n    oom_score_adj: ${SCORE}\n"}},
    .checks = {on(check_service)},
});

}  // namespace quaymaster::rules
