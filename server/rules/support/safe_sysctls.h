#pragma once
#include <string_view>

namespace quaymaster::rules {

/// Whether the pod security standards allow a pod to change the setting (Kubernetes 1.37).
[[nodiscard]] bool is_safe_sysctl(std::string_view name);

}  // namespace quaymaster::rules
