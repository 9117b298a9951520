#pragma once
#include "model/kubernetes/kubernetes.h"

namespace quaymaster::rules {

/// Whether the pod is for nodes that are only simulated (kwok), so that nothing of it ever runs: it selects them,
/// tolerates them, or has an image that stands for none.
[[nodiscard]] bool is_simulated(const kubernetes::Workload& workload);

}  // namespace quaymaster::rules
