#pragma once
#include "rules/support/object_set.h"

namespace quaymaster::rules {

/// The Service in the set that sends requests to the pods of `workload`; null when there is none.
[[nodiscard]] const Member* service_of(const Member& workload, const ObjectSet& set);

}  // namespace quaymaster::rules
