#pragma once
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "quaymaster/text.h"

/// What a container has to become for the restricted pod security standard.
namespace quaymaster::rules {

/// The edits that take from the container all that the standard refuses and give it all that it demands, with a
/// read-only root: what it omits or switches off, privileges, added capabilities, root as its user, profiles that are
/// off, ports of the node. Sorted and disjoint; empty when there is nothing to do or one of them cannot be made. What
/// the pod says for all its containers, namespaces of the host and volumes stay.
[[nodiscard]] std::vector<Edit> restricting_edits(const kubernetes::Workload& workload,
                                                  const kubernetes::PodContainer& container);

}  // namespace quaymaster::rules
