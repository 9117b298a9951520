#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "quaymaster/fix.h"

namespace quaymaster::rules {

/// The unsafe fix that takes a volume out of a pod together with all its mounts. None where one of them is shared, or
/// cannot go without harm to what stands around it.
[[nodiscard]] std::vector<Fix> volume_removal(const kubernetes::Workload& workload, const kubernetes::Volume& volume,
                                              std::string title, std::string_view caveat);

}  // namespace quaymaster::rules
