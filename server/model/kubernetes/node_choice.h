#pragma once
#include <string_view>
#include <vector>

#include "model/kubernetes/kubernetes.h"

namespace quaymaster::kubernetes {

/// A label that a node has to have for a pod, with the values that it may have. Views into the document.
struct NodeLabel {
  std::string_view key;
  std::vector<std::string_view> values;
};

/// What `nodeSelector` and required node affinity with `In` ask for.
[[nodiscard]] std::vector<NodeLabel> wanted_node_labels(const Workload& workload);

/// The keys of the taints that the pod tolerates.
[[nodiscard]] std::vector<std::string_view> tolerated_taints(const Workload& workload);

}  // namespace quaymaster::kubernetes
