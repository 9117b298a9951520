#include "rules/support/pod_security.h"

#include <algorithm>
#include <optional>
#include <string>

#include "model/kubernetes/handlers.h"
#include "model/kubernetes/host_ports.h"
#include "model/kubernetes/security.h"
#include "rules/support/hardening.h"
#include "rules/support/safe_sysctls.h"
#include "text/one_of.h"

namespace quaymaster::rules {
namespace {

using kubernetes::PodContainer;
using kubernetes::SecuritySettings;
using kubernetes::Setting;
using kubernetes::Volume;
using kubernetes::Workload;
using Names = std::vector<std::string_view>;

bool is_true(const std::optional<container::Flag>& flag) { return flag && flag->value; }

bool is_set(const std::optional<Setting>& setting) {
  return setting && !setting->text.empty() && setting->text.find_first_of("${") == std::string::npos;
}

bool any_container(const Workload& workload, auto refuses) { return std::ranges::any_of(workload.containers, refuses); }

bool any_settings(const Workload& workload, auto refuses) {
  return std::ranges::any_of(kubernetes::all_security_of(workload), refuses);
}

/// Names as they are written: the standards know one spelling of each.
std::string_view written(const PodContainer& container, const container::Isolation::Capability& capability) {
  return slice(container.value.document()->text(), capability.range);
}

bool adds_beyond(const PodContainer& container, const Names& allowed) {
  return std::ranges::any_of(container.container.isolation.added, [&](const auto& capability) {
    return capability.name.find('$') == std::string::npos && !one_of(allowed, written(container, capability));
  });
}

bool drops_all(const PodContainer& container) {
  return std::ranges::any_of(container.container.isolation.dropped,
                             [&](const auto& capability) { return written(container, capability) == "ALL"; });
}

bool is_labelled(const SecuritySettings& settings) {
  constexpr std::string_view kTypes[] = {"container_t", "container_init_t", "container_kvm_t", "container_engine_t"};
  return is_set(settings.selinux_user) || is_set(settings.selinux_role) ||
         (is_set(settings.selinux_type) && !one_of(kTypes, settings.selinux_type->text));
}

bool is_unconfined(const std::optional<Setting>& type) { return type && type->text == "Unconfined"; }

bool has_unconfining_annotation(const Workload& workload) {
  const auto entries = workload.pod_metadata.get("annotations").entries();
  return std::ranges::any_of(entries, [](const yaml::Entry& entry) {
    return entry.key.starts_with("container.apparmor.security.beta.kubernetes.io/") &&
           entry.value.string() == "unconfined";
  });
}

bool asks_another_host(const PodContainer& container) {
  return std::ranges::any_of(kubernetes::network_handlers_of(container),
                             [](const kubernetes::Handler& handler) { return is_set(handler.host); });
}

bool has_unsafe_sysctl(const PodContainer& container) {
  return std::ranges::any_of(container.container.isolation.sysctls, [](const auto& sysctl) {
    return sysctl.name.find('$') == std::string::npos && !is_safe_sysctl(sysctl.name);
  });
}

void check_baseline(const Workload& workload, Names& names) {
  const Names allowed{"AUDIT_WRITE",      "CHOWN",   "DAC_OVERRIDE", "FOWNER", "FSETID",  "KILL",      "MKNOD",
                      "NET_BIND_SERVICE", "SETFCAP", "SETGID",       "SETUID", "SETPCAP", "SYS_CHROOT"};
  const auto add_if = [&](bool refused, std::string_view name) {
    if (refused) names.push_back(name);
  };
  add_if(any_container(workload, [](const PodContainer& c) { return is_true(c.container.isolation.privileged); }),
         "privileged");
  add_if(is_true(workload.host_network) || is_true(workload.host_pid) || is_true(workload.host_ipc), "host namespaces");
  add_if(any_container(workload, [&](const PodContainer& c) { return adds_beyond(c, allowed); }), "capabilities");
  add_if(std::ranges::any_of(workload.volumes, [](const Volume& v) { return v.kind == Volume::Kind::HostPath; }),
         "hostPath");
  add_if(any_container(workload,
                       [](const PodContainer& c) {
                         return std::ranges::any_of(kubernetes::host_ports_of(c),
                                                    [](const kubernetes::Number& port) { return port.value != 0; });
                       }),
         "hostPort");
  add_if(any_settings(workload, is_labelled), "seLinuxOptions");
  add_if(any_settings(workload, [](const SecuritySettings& s) { return is_true(s.host_process); }), "hostProcess");
  add_if(any_settings(workload, [](const SecuritySettings& s) { return is_unconfined(s.apparmor_type); }) ||
             has_unconfining_annotation(workload),
         "AppArmor");
  add_if(any_settings(workload, [](const SecuritySettings& s) { return is_unconfined(s.seccomp_type); }), "seccomp");
  add_if(any_container(workload, has_unsafe_sysctl), "sysctls");
  add_if(any_container(workload, asks_another_host), "probe host");
}

bool is_unmasked(const SecuritySettings& settings) {
  return is_set(settings.proc_mount) && settings.proc_mount->text != "Default";
}

std::string_view name_of(Hardening hardening) {
  switch (hardening) {
    case Hardening::PrivilegeEscalation: return "allowPrivilegeEscalation";
    case Hardening::Capabilities: return "capabilities";
    case Hardening::NonRoot: return "runAsNonRoot";
    case Hardening::Seccomp: return "seccomp";
    default: return {};
  }
}

void check_restricted(const Workload& workload, Names& names) {
  const auto add = [&](std::string_view name) {
    if (!name.empty() && !one_of(names, name)) names.push_back(name);
  };
  for (const PodContainer& container : workload.containers)
    for (const Omission& omission : omissions(workload, container)) add(name_of(omission.hardening));
  const Names allowed{"NET_BIND_SERVICE"};
  const auto keeps_rights = [&](const PodContainer& c) { return adds_beyond(c, allowed) || !drops_all(c); };
  if (!workload.windows && any_container(workload, keeps_rights)) add("capabilities");
  const auto is_root = [](const SecuritySettings& settings) { return settings.user && settings.user->value == 0; };
  if (!kubernetes::has_own_users(workload) && any_settings(workload, is_root)) add("runAsUser");
  const auto is_foreign = [](const Volume& volume) {
    return volume.kind == Volume::Kind::Nfs || volume.kind == Volume::Kind::Other;
  };
  if (std::ranges::any_of(workload.volumes, is_foreign)) add("volume types");
}

}  // namespace

std::optional<PodSecurityLevel> pod_security_level(std::string_view label) {
  if (label == "privileged") return PodSecurityLevel::Privileged;
  if (label == "baseline") return PodSecurityLevel::Baseline;
  if (label == "restricted") return PodSecurityLevel::Restricted;
  return std::nullopt;
}

std::vector<std::string_view> violated_controls(const kubernetes::Workload& workload, PodSecurityLevel level) {
  Names names;
  if (level == PodSecurityLevel::Privileged) return names;
  check_baseline(workload, names);
  const bool masks = level == PodSecurityLevel::Restricted || !kubernetes::has_own_users(workload);
  if (masks && any_settings(workload, is_unmasked)) names.push_back("procMount");
  if (level == PodSecurityLevel::Restricted) check_restricted(workload, names);
  return names;
}

}  // namespace quaymaster::rules
