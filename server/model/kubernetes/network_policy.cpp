#include "model/kubernetes/network_policy.h"

#include <optional>
#include <string_view>

#include "model/yaml/value.h"

namespace quaymaster::kubernetes {
namespace {

/// A selector `{}`, which selects everything.
bool selects_all(const yaml::Value& selector) { return selector.is_mapping() && selector.entries().empty(); }

OpenedWay::To peer_of(const yaml::Value& peer, TextRange& range) {
  const yaml::Value block = peer.get("ipBlock");
  const std::string_view cidr = block.get("cidr").string().value_or("");
  if (cidr == "0.0.0.0/0" || cidr == "::/0") {
    range = block.get("cidr").content_range();
    return block.get("except").items().empty() ? OpenedWay::To::AnyAddress : OpenedWay::To::Named;
  }
  const yaml::Value namespaces = peer.get("namespaceSelector");
  const yaml::Value pods = peer.get("podSelector");
  range = namespaces.range();
  return selects_all(namespaces) && (!pods || selects_all(pods)) ? OpenedWay::To::AnyPod : OpenedWay::To::Named;
}

void add_ways(const yaml::Value& spec, std::string_view key, std::string_view peers_key, std::vector<OpenedWay>& ways) {
  const std::optional<yaml::Entry> rules = spec.entry(key);
  if (!rules || !rules->value.is_sequence()) return;
  for (const yaml::Element& rule : rules->value.items()) {
    OpenedWay way;
    way.ingress = key == "ingress";
    way.with_ports = !rule.value.get("ports").items().empty();
    const std::vector<yaml::Element> peers = rule.value.get(peers_key).items();
    if (peers.empty() && rule.value.is_mapping()) {
      way.to = OpenedWay::To::Anybody;
      way.range = rules->key_range;
      ways.push_back(way);
    }
    for (const yaml::Element& peer : peers) {
      way.to = peer_of(peer.value, way.range);
      ways.push_back(way);
    }
  }
}

}  // namespace

std::vector<OpenedWay> opened_ways(const Object& object) {
  std::vector<OpenedWay> ways;
  if (object.kind != "NetworkPolicy" || !object.api_version.starts_with("networking.k8s.io/")) return ways;
  const yaml::Value spec = object.value.get("spec");
  add_ways(spec, "ingress", "from", ways);
  add_ways(spec, "egress", "to", ways);
  return ways;
}

}  // namespace quaymaster::kubernetes
