#pragma once
#include <vector>

#include "model/kubernetes/kubernetes.h"

namespace quaymaster::kubernetes {

/// The ports of the node that a container asks for, each `hostPort` as written; 0 asks for none.
[[nodiscard]] std::vector<Number> host_ports_of(const PodContainer& container);

}  // namespace quaymaster::kubernetes
