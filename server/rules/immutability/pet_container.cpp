#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "model/image/well_known.h"
#include "model/kubernetes/kubernetes.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/removal.h"

namespace quaymaster::rules {
extern const Rule pet_container;
namespace {

/// Servers that keep their host's name in their data or give it to their clients: clusters, queues, mail. Those of
/// names and addresses have to be found before names can be.
bool needs_identity(const compose::Service& service) {
  if (!service.container.image || !service.container.image->known) return false;
  const image::Reference& reference = service.container.image->reference;
  if (const image::WellKnownImage* known = find_well_known(reference)) {
    using enum image::Service;
    if (known->service == Queue || known->service == Coordination || known->service == Database ||
        known->service == Search)
      return true;
  }
  constexpr std::string_view kParts[] = {"dns",     "pihole",   "bind9",  "unbound",   "adguard", "mail",
                                         "postfix", "kafka",    "vpn",    "wireguard", "samba",   "zookeeper",
                                         "ldap",    "kerberos", "hadoop", "gitlab",    "cluster"};
  const std::string name = reference.canonical_name();
  return std::ranges::any_of(kParts, [&](std::string_view part) { return name.find(part) != std::string::npos; });
}

std::vector<Fix> without(const compose::Service& service, std::string_view key, std::string title,
                         std::string_view caveat) {
  const std::optional<yaml::Entry> entry = service.written.entry(key);
  const yaml::Document* document = service.written.document();
  if (!entry || document == nullptr) return {};
  return removal(*document, entry->key_range, entry->shared || service.shared, std::move(title), caveat);
}

void check_service(const compose::Service& service, RuleContext& ctx) {
  if (service.container.template_only) return;
  const std::string who = quoted(service.name, 24);
  if (service.container_name && service.container_name->known)
    ctx.report({.variant = "container-name",
                .range = service.container_name->range,
                .message = "a name of its own: there can be one container of " + who + " on a host",
                .fixes = without(service, "container_name", "Let Compose name the container",
                                 "What calls the container by that name outside of Compose has to use another one.")});
  if (service.mac_address && service.mac_address->known)
    ctx.report({.variant = "address",
                .range = service.mac_address->range,
                .message = who + " has a fixed MAC address: there can be only one of it"});
  if (needs_identity(service)) return;
  if (service.hostname && service.hostname->known)
    ctx.report({.variant = "hostname",
                .range = service.hostname->range,
                .message = "a host name of its own: all containers of " + who + " say that they are one",
                .fixes = without(service, "hostname", "Let the container be named by its ID",
                                 "Programs that put the host's name into logs or data write another one. Other "
                                 "services reach it by the service's name as before.")});
  for (const compose::NetworkUse& network : service.networks)
    if (network.ipv4_address && network.ipv4_address->known)
      ctx.report({.variant = "address",
                  .range = network.ipv4_address->range,
                  .message = "a fixed address: there can be only one " + who + ", and others know it by number"});
}

constexpr std::string_view kNodeCaveat =
    "The scheduler then looks for a node that has room. If the pod needs something that only this node has, say so by "
    "a label of the node.";

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  // The control plane runs on a node by its nature, and what a DaemonSet names are the nodes it is made for.
  if (workload.object.kind == "DaemonSet" || workload.object.namespace_name == "kube-system") return;
  const yaml::Document& document = *workload.pod_spec.document();
  if (const std::optional<kubernetes::Setting>& node = workload.node_name;
      node && !node->text.empty() && node->text.find_first_of("${") == std::string::npos)
    ctx.report(
        {.variant = "node",
         .range = node->key_range,
         .message = "tied to the node " + quoted(node->text, 28) + ", past the scheduler",
         .fixes = removal(document, node->key_range, node->shared, "Let the scheduler find a node", kNodeCaveat)});
  const std::optional<yaml::Entry> host = workload.pod_spec.get("nodeSelector").entry("kubernetes.io/hostname");
  const std::optional<std::string_view> name = host ? host->value.string() : std::nullopt;
  if (!name || name->empty() || name->find_first_of("${") != std::string_view::npos) return;
  ctx.report({.variant = "node",
              .range = host->key_range,
              .message = "tied to the node " + quoted(*name, 28) + ": it waits when that one is gone",
              .fixes = removal(document, host->key_range, host->shared || host->value.shared(),
                               "Let the scheduler find a node", kNodeCaveat)});
}

}  // namespace

constinit const Rule pet_container = checked({
    .name = "pet-container",
    .family = Family::Immutability,
    .title = "The container has an identity of its own, as if there could never be another.",
    .consequence =
        "On the busiest day of the year you type `docker compose up --scale api=4`, and Compose refuses: `api` has a "
        "name that only one container can have. A second copy of the project on the same host, for a test of the "
        "update, fails for the same reason, or takes the address of the first.",
    .fine_when =
        "It is the only one by its nature, on one host that is looked after by hand, and scripts call it by its name.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "container-name",
                  .summary = "The service has a `container_name`.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Compose},
                 {.name = "hostname",
                  .summary = "The service has a `hostname`.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Compose},
                 {.name = "address",
                  .summary = "The service has a fixed address in a network.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Compose},
                 {.name = "node",
                  .summary = "The pod runs on one node alone, which it names.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}},
                  .languages = Language::Kubernetes}},
    .references = {"https://docs.docker.com/reference/compose-file/services/#container_name",
                   "https://docs.docker.com/reference/compose-file/services/#ipv4_address-ipv6_address"},
    .examples =
        {{"a name", "compose.yaml",
          "services:\n  api:\n    image: shop/api:1.4.2\n    container_name: <|shop_api|>  # old scripts\n    init: "
          "true\n",
          "services:\n  api:\n    image: shop/api:1.4.2\n    init: true\n"},
         {"a name of the host", "compose.yaml",
          "services:\n  api:\n    hostname: \"<|api.shop.eu|>\"\n    image: shop/api:1.4.2\n",
          "services:\n  api:\n    image: shop/api:1.4.2\n"},
         {"addresses", "compose.yaml",
          "services:\n  api:\n    image: shop/api:1.4.2\n    mac_address: <|02:42:ac:11:65:43|>\n    networks:\n"
          "      back:\n        ipv4_address: <|172.20.0.5|>\nnetworks:\n  back:\n"},
         {"a broker keeps its name in its data", "compose.yaml",
          "services:\n  queue:\n    image: rabbitmq:4.0.5\n    hostname: queue\n"},
         {"for a variable to say", "compose.yaml",
          "services:\n  api:\n    image: shop/api:1.4.2\n    container_name: ${NAME}\n    hostname: ${NAME}\n"},
         {"names that only this project sees", "compose.yaml",
          "services:\n  api:\n    image: shop/api:1.4.2\n    networks:\n      back:\n        aliases: [shop]\n"
          "networks:\n  back:\n"},
         {"a pod on one node", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  <|nodeName|>: node-3\n  nodeSelector:\n"
          "    <|kubernetes.io/hostname|>: node-3\n  containers:\n    - name: web\n      image: shop/web:1.4.2\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop/web:1.4.2\n"},
         {"a kind of nodes", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  nodeName: ${NODE}\n"
          "  nodeSelector: {disk: ssd}\n  containers:\n    - name: web\n      image: shop/web:1.4.2\n"}},
    .checks = {on(check_service), on(check_workload)},
});

}  // namespace quaymaster::rules
