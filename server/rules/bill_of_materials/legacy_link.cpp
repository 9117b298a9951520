#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "model/compose/compose.h"
#include "rules/rule_context.h"

namespace quaymaster::rules {
extern const Rule legacy_link;
namespace {

void check_key(const compose::Service& service, std::string_view key, std::string_view variant, std::string message,
               RuleContext& ctx) {
  const std::optional<yaml::Entry> entry = service.entry(key);
  if (!entry || entry->value.is_null()) return;
  ctx.report(
      {.variant = variant, .range = entry->key_range, .message = std::move(message), .tag = DiagnosticTag::Deprecated});
}

void check(const compose::Service& service, RuleContext& ctx) {
  check_key(service, "links", "links", "`links` is of old: services of one network reach each other by name", ctx);
  check_key(service, "external_links", "external-links",
            "`external_links` is of old: a network that both are in does the same", ctx);
  check_key(service, "volumes_from", "volumes-from",
            "`volumes_from` hides what is shared: a named volume says it on both sides", ctx);
}

consteval Variant legacy(std::string_view name, std::string_view summary) {
  return {.name = name,
          .summary = summary,
          .severity = Severity::Information,
          .presets = {{Preset::Strict, Severity::Information}},
          .languages = Language::Compose};
}

}  // namespace

constinit const Rule legacy_link = checked({
    .name = "legacy-link",
    .family = Family::BillOfMaterials,
    .title = "Containers are tied together as before there were networks and volumes.",
    .consequence =
        "`volumes_from: [web]` mounts whatever `web` has today. Somebody adds the folder with the keys to `web`, and "
        "the backup container has it, too, without a line about it.",
    .fine_when = "A link gives a service a second name that the application expects, and no alias can be set.",
    .fix = FixAvailability::None,
    .variants = {legacy("links", "`links` between services of one project."),
                 legacy("external-links", "`external_links` to containers of other projects."),
                 legacy("volumes-from", "`volumes_from` another service.")},
    .references = {"https://docs.docker.com/engine/network/links/",
                   "https://docs.docker.com/reference/compose-file/services/#volumes_from"},
    .examples =
        {{"all three", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    <|links|>: [db]\n    <|external_links|>: [redis]\n "
          "   <|volumes_from|>: [db]\n  db:\n    image: postgres:17.2\n"},
         {"networks and volumes", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    networks: {default: {aliases: [shop]}}\n    "
          "volumes: [\"data:/data\"]\n    links:\nvolumes:\n  data:\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
