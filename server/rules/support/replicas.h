#pragma once
#include <cstdint>
#include <optional>

#include "rules/support/object_set.h"

namespace quaymaster::rules {

/// The autoscaler of the workload; null when there is none in the set.
[[nodiscard]] const Member* autoscaler_of(const Member& workload, const ObjectSet& set);

/// With how many pods a workload gets along by what is written: the least that its autoscaler keeps, or else its
/// `replicas`. Nothing when neither is written.
[[nodiscard]] std::optional<std::int64_t> least_pods(const Member& workload, const ObjectSet& set);

}  // namespace quaymaster::rules
