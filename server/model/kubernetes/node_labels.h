#pragma once
#include <string_view>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "quaymaster/text.h"

namespace quaymaster::kubernetes {

/// A place of a pod that says the key of a node's label.
struct NodeLabelUse {
  std::string_view key;  ///< lives as long as the document
  TextRange range;       ///< of the key, without its quotes
  bool shared = false;   ///< reached through an alias or a merge key
};

/// Those of node selectors, of node affinities, and of the topologies of affinities and spread constraints, as far as
/// they are written.
[[nodiscard]] std::vector<NodeLabelUse> node_labels_of(const Workload& workload);

}  // namespace quaymaster::kubernetes
