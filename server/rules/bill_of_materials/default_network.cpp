#include <string>

#include "model/compose/compose.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule default_network;
namespace {

void check(const compose::Service& service, RuleContext& ctx) {
  const container::Container& container = service.container;
  if (!container.complete || container.template_only || service.has_provider || service.shared) return;
  if (service.value.get("networks").present() || service.network_mode) return;
  if (!container.image && !service.build) return;
  ctx.report({.range = service.name_range,
              .message = quoted(service.name) + " names no network: all services of the project reach it"});
}

}  // namespace

constinit const Rule default_network = checked({
    .name = "default-network",
    .family = Family::BillOfMaterials,
    .title = "It is not written down whom a service has to reach.",
    .consequence =
        "All services share one network. Who takes over the web server can try passwords at the database, the queue "
        "and the metrics, although only the API ever has to speak to them.",
    .fine_when = "The project has few services, which all speak to each other.",
    .fix = FixAvailability::None,
    .variants = {{.name = "", .severity = Severity::Hint, .languages = Language::Compose}},
    .references = {"https://docs.docker.com/compose/how-tos/networking/"},
    .examples = {{"no network", "compose.yaml", "services:\n  <|web|>:\n    image: shop/web:1.4.2\n"},
                 {"a network, or none", "compose.yaml",
                  "services:\n  web:\n    image: shop/web:1.4.2\n    networks: [front]\n  job:\n    image: "
                  "shop/job:1.4.2\n    network_mode: none\nnetworks:\n  front:\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
