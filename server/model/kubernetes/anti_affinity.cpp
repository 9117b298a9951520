#include "model/kubernetes/anti_affinity.h"

#include <optional>
#include <string_view>
#include <utility>

namespace quaymaster::kubernetes {
namespace {

AntiAffinityTerm term_of(const yaml::Value& value) {
  AntiAffinityTerm term;
  const yaml::Value selector = value.get("labelSelector");
  term.selects = selector.is_mapping();
  if (term.selects) term.selector = label_selector_of(selector);
  term.topology_key = value.get("topologyKey").string().value_or("");
  for (const yaml::Element& item : value.get("namespaces").items())
    if (const auto name = item.value.string()) term.namespaces.emplace_back(*name);
  term.other_namespaces = value.get("namespaceSelector").is_mapping();
  return term;
}

}  // namespace

std::vector<AntiAffinityTerm> anti_affinity_of(const yaml::Value& pod_spec) {
  const yaml::Value rules = pod_spec.get({"affinity", "podAntiAffinity"});
  std::vector<AntiAffinityTerm> terms;
  for (const yaml::Element& item : rules.get("requiredDuringSchedulingIgnoredDuringExecution").items())
    terms.push_back(term_of(item.value));
  for (const yaml::Element& item : rules.get("preferredDuringSchedulingIgnoredDuringExecution").items())
    terms.push_back(term_of(item.value.get("podAffinityTerm")));
  return terms;
}

bool has_spread_constraints(const yaml::Value& pod_spec) {
  return !pod_spec.get("topologySpreadConstraints").items().empty();
}

}  // namespace quaymaster::kubernetes
