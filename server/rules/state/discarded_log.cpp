#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/removal.h"
#include "text/ascii.h"

namespace quaymaster::rules {
extern const Rule discarded_log;
namespace {

void check_service(const compose::Service& service, RuleContext& ctx) {
  if (!service.logging || !service.logging->driver) return;
  const compose::Text& driver = *service.logging->driver;
  if (!driver.known || ascii_lower(driver.text) != "none") return;
  // Options of a driver that is gone would be refused by the next one.
  const std::optional<yaml::Entry> logging = service.entry("logging");
  std::vector<Fix> fixes;
  if (logging && service.logging->options.empty())
    fixes = removal(*service.value.document(), logging->key_range,
                    service.shared || logging->shared || logging->value.shared() || driver.shared, "Keep the log",
                    "The log takes space on the host; bound it with the options max-size and max-file.");
  ctx.report({.range = driver.range,
              .message = "what " + quoted(service.name, 24) + " logs is thrown away",
              .fixes = std::move(fixes)});
}

}  // namespace

constinit const Rule discarded_log = checked({
    .name = "discarded-log",
    .family = Family::State,
    .title = "The log of the container is thrown away.",
    .consequence =
        "At three in the morning the service stops. `docker compose logs` answers with nothing, and so does the "
        "question of who was in it, and since when.",
    .fine_when = "The program sends its log elsewhere by itself, and what it writes to standard output is only noise.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = {},
                  .summary = {},
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Compose, "compose-lint:CL-0014"}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/engine/logging/configure/"},
    .examples =
        {{"no log", "compose.yaml",
          "services:\n  web:\n    image: web:1.4.2\n    logging:\n      driver: <|none|>\n    restart: always\n",
          "services:\n  web:\n    image: web:1.4.2\n    restart: always\n"},
         {"with options that belong to another driver", "compose.yaml",
          "services:\n  web:\n    image: web:1.4.2\n    logging: {driver: \"<|none|>\", options: {max-size: 10m}}\n"},
         {"logs", "compose.yaml",
          "services:\n  web:\n    image: web:1.4.2\n    logging:\n      driver: local\n  api:\n    image: api:1.4.2\n"
          "    logging:\n      driver: ${DRIVER}\n"}},
    .checks = {on(check_service)},
});

}  // namespace quaymaster::rules
