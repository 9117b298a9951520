#pragma once
#include "model/kubernetes/kubernetes.h"

namespace quaymaster::rules {

/// Whether the pods of the workload are meant to run until somebody ends them: not those of a Job, nor those that are
/// not started again, nor those of a custom resource that nothing is known of.
[[nodiscard]] bool runs_for_long(const kubernetes::Workload& workload);

/// Whether the container runs as long as its pod: no one that prepares it, nor one for looking into it.
[[nodiscard]] bool runs_with_pod(const kubernetes::PodContainer& container);

}  // namespace quaymaster::rules
