#pragma once
#include <string>
#include <vector>

#include "model/kubernetes/selector.h"
#include "model/yaml/value.h"

namespace quaymaster::kubernetes {

/// What a pod does not want to stand beside.
struct AntiAffinityTerm {
  LabelSelector selector;
  bool selects = false;  ///< false: there is no selector, and nothing is selected
  std::string topology_key;
  std::vector<std::string> namespaces;  ///< none: that of the pod
  bool other_namespaces = false;        ///< a selector says which namespaces
};

/// The required and the preferred ones of a pod.
[[nodiscard]] std::vector<AntiAffinityTerm> anti_affinity_of(const yaml::Value& pod_spec);

/// Whether the pod says how its like are to be spread over the nodes.
[[nodiscard]] bool has_spread_constraints(const yaml::Value& pod_spec);

}  // namespace quaymaster::kubernetes
