#include "model/kubernetes/selected.h"

#include <string_view>
#include <utility>

#include "model/kubernetes/workload.h"

namespace quaymaster::kubernetes {
namespace {

std::string_view selector_key(const Object& object) {
  if (object.kind == "NetworkPolicy") return "podSelector";
  if (object.api_version.starts_with("cilium.io/")) return "endpointSelector";
  return "selector";
}

/// A mapping of labels, without `matchLabels` around it.
bool is_plain(const Object& object) {
  return object.kind == "Service" || object.kind == "ReplicationController" || object.kind == "DeploymentConfig";
}

bool has_selector(const Object& object) {
  return object.kind == "Service" || object.kind == "PodDisruptionBudget" || object.kind == "ServiceMonitor" ||
         object.kind.ends_with("NetworkPolicy") || pod_template_of(object).present();
}

SelectorAt selector_at(const yaml::Entry& entry, bool plain) {
  SelectorAt at;
  at.key_range = entry.key_range;
  at.value = entry.value;
  at.labels = plain ? entry.value : entry.value.get("matchLabels");
  at.selector = plain ? plain_selector_of(entry.value) : label_selector_of(entry.value);
  return at;
}

}  // namespace

std::optional<SelectorAt> selector_of(const Object& object) {
  if (!has_selector(object)) return std::nullopt;
  const yaml::Value spec =
      object.kind == "CronJob" ? object.value.get({"spec", "jobTemplate", "spec"}) : object.value.get("spec");
  const std::optional<yaml::Entry> entry = spec.entry(selector_key(object));
  if (!entry) return std::nullopt;
  return selector_at(*entry, is_plain(object));
}

std::vector<SelectorAt> peer_selectors_of(const Object& object) {
  std::vector<SelectorAt> selectors;
  if (object.kind != "NetworkPolicy") return selectors;
  const yaml::Value spec = object.value.get("spec");
  for (const auto& [direction, peers] : {std::pair{"ingress", "from"}, std::pair{"egress", "to"}})
    for (const yaml::Element& rule : spec.get(direction).items())
      for (const yaml::Element& peer : rule.value.get(peers).items()) {
        const std::optional<yaml::Entry> pods = peer.value.entry("podSelector");
        if (pods && !peer.value.get("namespaceSelector").present()) selectors.push_back(selector_at(*pods, false));
      }
  return selectors;
}

}  // namespace quaymaster::kubernetes
