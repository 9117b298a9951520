#include "model/kubernetes/security.h"

#include <utility>

#include "model/kubernetes/object.h"

namespace quaymaster::kubernetes {
namespace {

SecuritySettings settings_of(std::string name, const yaml::Value& value) {
  SecuritySettings settings;
  settings.name = std::move(name);
  settings.value = value;
  settings.user = number_of(value, "runAsUser");
  settings.group = number_of(value, "runAsGroup");
  settings.run_as_non_root = flag_of(value, "runAsNonRoot");
  settings.seccomp_type = setting_of(value.get("seccompProfile"), "type");
  settings.apparmor_type = setting_of(value.get("appArmorProfile"), "type");
  settings.proc_mount = setting_of(value, "procMount");
  const yaml::Value selinux = value.get("seLinuxOptions");
  settings.selinux_type = setting_of(selinux, "type");
  settings.selinux_user = setting_of(selinux, "user");
  settings.selinux_role = setting_of(selinux, "role");
  settings.host_process = flag_of(value.get("windowsOptions"), "hostProcess");
  return settings;
}

}  // namespace

SecuritySettings security_of(const PodContainer& container) {
  return settings_of(container.container.name, container.security_context);
}

SecuritySettings pod_security_of(const Workload& workload) {
  const yaml::Value& value = workload.pod_security_context;
  SecuritySettings settings = settings_of(workload.object.name, value);
  settings.of_pod = true;
  settings.fs_group = number_of(value, "fsGroup");
  for (const yaml::Element& item : value.get("supplementalGroups").items())
    if (const std::optional<std::int64_t> group = item.value.integer())
      settings.supplemental_groups.push_back(
          {*group, item.value.range(), item.value.range(), item.shared || item.value.shared()});
  return settings;
}

std::vector<SecuritySettings> all_security_of(const Workload& workload) {
  std::vector<SecuritySettings> all{pod_security_of(workload)};
  for (const PodContainer& container : workload.containers) all.push_back(security_of(container));
  return all;
}

bool has_own_users(const Workload& workload) { return workload.host_users && !workload.host_users->value; }

}  // namespace quaymaster::kubernetes
