#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "model/compose/compose.h"
#include "rules/in_workspace.h"
#include "rules/rule_context.h"
#include "rules/support/compose_services.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule secret_without_source;
namespace {

/// `sources`: where it may come from. A `driver` is for a swarm.
void check_section(std::string_view variant, const std::vector<compose::Declaration>& section,
                   std::initializer_list<std::string_view> sources, RuleContext& ctx) {
  for (const compose::Declaration& declaration : section) {
    const yaml::Value& value = declaration.value;
    if (declaration.external || !value.is_mapping()) continue;
    // What a variable decides may be true.
    if (value.get("external").present() && !value.get("external").boolean()) continue;
    if (value.get("driver").present()) continue;
    if (std::ranges::any_of(sources, [&](std::string_view key) { return value.get(key).present(); })) continue;
    ctx.report({.variant = variant,
                .range = declaration.name_range,
                .message = "where the " + std::string(variant) + " " + quoted(declaration.name, 24) +
                           " comes from is not said: `file` or `environment`"});
  }
}

void check(const ComposeInWorkspace& in, RuleContext& ctx) {
  if (!is_read_alone(in, ctx.path())) return;
  const compose::File& file = in.file;
  check_section("secret", file.secrets, {"file", "environment", "content"}, ctx);
  check_section("config", file.configs, {"file", "environment", "content"}, ctx);
}

}  // namespace

constinit const Rule secret_without_source = checked({
    .name = "secret-without-source",
    .family = Family::Correctness,
    .title = "Where a secret or a config comes from is not said.",
    .consequence =
        "`docker compose up` stops with `secret \"db-password\" must declare either file or environment`: a secret is "
        "no volume, which could begin empty.",
    .fine_when = "The file is only ever used together with another one, which says it.",
    .fix = FixAvailability::None,
    .variants = {{.name = "secret",
                  .summary = "A secret has neither a file nor a variable that it comes from, and is not external.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = Language::Compose},
                 {.name = "config",
                  .summary = "A config has no file, no variable and no content, and is not external.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/reference/compose-file/secrets/",
                   "https://docs.docker.com/reference/compose-file/configs/"},
    .examples = {{"nothing but names", "compose.yaml",
                  "services:\n  web:\n    image: shop/web:1.4.2\n    secrets: [key]\n    configs: "
                  "[routes]\nsecrets:\n  <|key|>: {name: shop-key}\nconfigs:\n  <|routes|>: {external: false}\n"},
                 {"all of them have a source", "compose.yaml",
                  "services:\n  web:\n    image: shop/web:1.4.2\n    secrets: [a, b, c, d]\n    configs: "
                  "[e]\nsecrets:\n  a: {file: a.txt}\n  b: {environment: B}\n  c: {external: true}\n  d: {external: "
                  "\"${D}\"}\nconfigs:\n  e: {content: hello}\n"},
                 {.title = "an override says it",
                  .path = "compose.yaml",
                  .before = "services:\n  web:\n    image: shop/web:1.4.2\n    secrets: [key]\nsecrets:\n  key: {}\n",
                  .beside = {{"compose.override.yaml", "secrets: {key: {file: key.txt}}\nservices: {web: {}}\n"}}},
                 {"a file that is read on top of another one", "compose.override.yaml",
                  "services:\n  web:\n    image: shop/web:1.4.2\nsecrets:\n  key: {labels: {a: b}}\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
