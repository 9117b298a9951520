#pragma once
#include "model/container/container.h"

namespace quaymaster::rules {

/// Whether a container of a pod is there for the others: a proxy of a service mesh or of a database, a collector of
/// logs or metrics, an agent for secrets; going by its image, or by its name.
[[nodiscard]] bool is_sidecar(const container::Container& container);

}  // namespace quaymaster::rules
