#pragma once
#include <optional>
#include <string>
#include <vector>

#include "model/kubernetes/kubernetes.h"

namespace quaymaster::kubernetes {

/// What one `securityContext`, a pod's or a container's, says for itself: nothing is inherited. Texts and numbers that
/// are placeholders are there as texts, and are no numbers.
struct SecuritySettings {
  std::string name;     ///< of the container; of the object for the pod
  bool of_pod = false;  ///< it holds for all containers that do not say otherwise
  yaml::Value value;    ///< the mapping; absent when not written or null
  std::optional<Number> user, group;
  std::optional<Number> fs_group;           ///< pod only
  std::vector<Number> supplemental_groups;  ///< pod only; `key_range` is the item's value
  std::optional<container::Flag> run_as_non_root;
  std::optional<Setting> seccomp_type, apparmor_type, proc_mount;
  std::optional<Setting> selinux_type, selinux_user, selinux_role;
  std::optional<container::Flag> host_process;  ///< `windowsOptions.hostProcess`
};

[[nodiscard]] SecuritySettings security_of(const PodContainer& container);
/// What the pod says for all its containers.
[[nodiscard]] SecuritySettings pod_security_of(const Workload& workload);
/// Those of the pod, then those of its containers in their order.
[[nodiscard]] std::vector<SecuritySettings> all_security_of(const Workload& workload);

/// Whether the pod has users of its own, so that its root is nobody on the host: `hostUsers: false`.
[[nodiscard]] bool has_own_users(const Workload& workload);

}  // namespace quaymaster::kubernetes
