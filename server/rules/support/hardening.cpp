#include "rules/support/hardening.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "model/compose/reader.h"
#include "model/kubernetes/security.h"
#include "model/yaml/edit.h"
#include "rules/support/paths.h"

namespace quaymaster::rules {
namespace {

using yaml::NewValue;

bool drops_all(const container::Isolation& isolation) {
  return std::ranges::any_of(isolation.dropped, [](const auto& capability) { return capability.name == "ALL"; });
}

Omission omitted(Hardening hardening, const container::Container& container) {
  return {hardening, false, container.name_range};
}

/// A flag that has to have the value `wanted`.
void check_flag(std::vector<Omission>& result, Hardening hardening, const std::optional<container::Flag>& flag,
                bool wanted, const container::Container& container) {
  if (!flag)
    result.push_back(omitted(hardening, container));
  else if (flag->value != wanted)
    result.push_back({hardening, true, flag->value_range});
}

/// The profile in force: the container's own, or else the pod's.
yaml::Value seccomp_type(const kubernetes::Workload& workload, const kubernetes::PodContainer& container) {
  const yaml::Value own = container.security_context.get({"seccompProfile", "type"});
  return own ? own : workload.pod_security_context.get({"seccompProfile", "type"});
}

/// How a hardening is written in `securityContext`.
struct Setting {
  std::string_view key;
  NewValue value;
};

Setting setting_of(Hardening hardening) {
  switch (hardening) {
    case Hardening::PrivilegeEscalation: return {"allowPrivilegeEscalation", NewValue::plain("false")};
    case Hardening::Capabilities:
      return {"capabilities", NewValue::mapping({{"drop", NewValue::sequence({NewValue::string("ALL")})}})};
    case Hardening::NonRoot: return {"runAsNonRoot", NewValue::plain("true")};
    case Hardening::Seccomp:
      return {"seccompProfile", NewValue::mapping({{"type", NewValue::string("RuntimeDefault")}})};
    case Hardening::ReadOnlyRoot: return {"readOnlyRootFilesystem", NewValue::plain("true")};
    case Hardening::MemoryLimit:
    case Hardening::CpuLimit:
    case Hardening::ProcessLimit: break;
  }
  return {};
}

/// Whether a limit bounds anything: nothing, zero and less mean that there is none. What only run time knows is one.
bool bounds(const compose::Text& limit) {
  return !limit.known || (!limit.text.starts_with('-') && limit.text.find_first_of("123456789") != std::string::npos);
}

void check_limit(std::vector<Omission>& result, Hardening hardening, std::initializer_list<yaml::Value> limits,
                 const container::Container& container) {
  std::optional<TextRange> written;
  for (const yaml::Value& limit : limits) {
    const std::optional<compose::Text> text = compose::text_of(limit);
    if (text && bounds(*text)) return;
    if (text && !written) written = text->range;
  }
  result.push_back({hardening, written.has_value(), written.value_or(container.name_range)});
}

/// Folders in which many programs write something that nobody needs later.
std::optional<Edit> scratch_folder_edit(const compose::Service& service) {
  if (service.entry("tmpfs") || may_be_mounted("/tmp", service.container)) return std::nullopt;
  return yaml::insert(*service.container.place, {"tmpfs"}, NewValue::sequence({NewValue::string("/tmp")}));
}

std::optional<Edit> limit_edit(const compose::Service& service, const Omission& omission) {
  if (omission.written) return std::nullopt;
  const auto insert = [&](std::string_view key, std::string text) {
    return yaml::insert(*service.container.place, {"deploy", "resources", "limits", key},
                        NewValue::plain(std::move(text)));
  };
  if (omission.hardening == Hardening::MemoryLimit) return insert("memory", "512M");
  if (omission.hardening == Hardening::CpuLimit) return insert("cpus", "\"1.0\"");
  return insert("pids", "256");
}

std::optional<Edit> capabilities_edit(const yaml::Place& place, const yaml::Value& context) {
  const yaml::Value capabilities = context.get("capabilities");
  if (!capabilities || capabilities.is_null())
    return yaml::insert(place, {"securityContext", "capabilities"}, setting_of(Hardening::Capabilities).value);
  return yaml::append(place, {"securityContext", "capabilities", "drop"}, NewValue::string("ALL"));
}

/// The edit for one hardening in a `securityContext` that is there.
std::optional<Edit> edit_within(const yaml::Place& place, const yaml::Value& context, Hardening hardening) {
  if (hardening == Hardening::Capabilities) return capabilities_edit(place, context);
  const Setting setting = setting_of(hardening);
  const yaml::Value own = context.get(setting.key);
  if (hardening == Hardening::Seccomp && own.is_mapping())
    return own.get("type")
               ? yaml::replace_scalar(own.get("type"), "RuntimeDefault")
               : yaml::insert(place, {"securityContext", "seccompProfile", "type"}, NewValue::string("RuntimeDefault"));
  if (own.is_scalar()) return own.shared() ? std::nullopt : yaml::replace_with_plain(own, setting.value.text);
  return yaml::insert(place, {"securityContext", setting.key}, setting.value);
}

/// All of them, or none when one is missing.
std::vector<Edit> all_of(std::vector<std::optional<Edit>> edits) {
  std::vector<Edit> result;
  for (std::optional<Edit>& edit : edits) {
    if (!edit) return {};
    result.push_back(*std::move(edit));
  }
  return result;
}

/// Insertions into `{}` as one: each by itself knows nothing of the commas between them.
std::vector<Edit> joined(std::vector<Edit> insertions) {
  if (insertions.empty()) return insertions;
  Edit one = std::move(insertions.front());
  for (std::size_t i = 1; i < insertions.size(); ++i) one.text += ", " + insertions[i].text;
  return {std::move(one)};
}

}  // namespace

bool has_seccomp_annotation(const kubernetes::Workload& workload, const kubernetes::PodContainer& container) {
  const yaml::Value annotations = workload.pod_metadata.get("annotations");
  return annotations.get("seccomp.security.alpha.kubernetes.io/pod") ||
         annotations.get("container.seccomp.security.alpha.kubernetes.io/" + container.container.name);
}

std::vector<Omission> omissions(const kubernetes::Workload& workload, const kubernetes::PodContainer& pod_container) {
  const container::Container& container = pod_container.container;
  const container::Isolation& isolation = container.isolation;
  std::vector<Omission> result;
  if (!workload.windows) {
    check_flag(result, Hardening::PrivilegeEscalation, isolation.allow_privilege_escalation, false, container);
    if (!drops_all(isolation)) result.push_back(omitted(Hardening::Capabilities, container));
  }
  if (!kubernetes::has_own_users(workload))
    check_flag(result, Hardening::NonRoot, isolation.run_as_non_root, true, container);
  if (!workload.windows) {
    const yaml::Value type = seccomp_type(workload, pod_container);
    if (!type.is_scalar())
      result.push_back(omitted(Hardening::Seccomp, container));
    else if (type.string() != "RuntimeDefault" && type.string() != "Localhost" && type.string() != "Unconfined")
      result.push_back({Hardening::Seccomp, true, type.content_range()});
    check_flag(result, Hardening::ReadOnlyRoot, isolation.read_only_root, true, container);
  }
  return result;
}

bool may_forbid_escalation(const kubernetes::PodContainer& container) {
  const container::Isolation& isolation = container.container.isolation;
  const bool privileged = isolation.privileged && isolation.privileged->value;
  return !privileged &&
         std::ranges::none_of(isolation.added, [](const auto& capability) { return capability.name == "SYS_ADMIN"; });
}

/// A container of Windows has none of the settings but the limits of memory and processor.
bool is_for_windows(const compose::Service& service) {
  if (service.platform && service.platform->text.starts_with("windows")) return true;
  const auto is_windows_path = [](std::string_view path) {
    return path.starts_with("\\\\") || (path.size() > 2 && path[1] == ':' && (path[2] == '\\' || path[2] == '/'));
  };
  if (service.working_dir && is_windows_path(service.working_dir->text)) return true;
  return std::ranges::any_of(service.container.mounts,
                             [&](const container::Mount& mount) { return is_windows_path(mount.target); });
}

std::vector<Omission> omissions(const compose::Service& service) {
  const container::Container& container = service.container;
  const bool partial = !container.complete || (!container.image && !container.builds_image);
  if (partial || container.template_only || service.has_provider) return {};
  const container::Isolation& isolation = container.isolation;
  std::vector<Omission> result;
  const bool windows = is_for_windows(service);
  if (!windows) {
    check_flag(result, Hardening::PrivilegeEscalation, isolation.allow_privilege_escalation, false, service.container);
    if (!drops_all(isolation)) result.push_back(omitted(Hardening::Capabilities, service.container));
    check_flag(result, Hardening::ReadOnlyRoot, isolation.read_only_root, true, service.container);
  }
  const yaml::Value limits = service.value.get({"deploy", "resources", "limits"});
  const auto own = [&](std::string_view key) { return service.value.get(key); };
  check_limit(result, Hardening::MemoryLimit, {limits.get("memory"), own("mem_limit")}, container);
  check_limit(result, Hardening::CpuLimit, {limits.get("cpus"), own("cpus"), own("cpu_quota")}, container);
  if (!windows) check_limit(result, Hardening::ProcessLimit, {limits.get("pids"), own("pids_limit")}, container);
  return result;
}

std::vector<Edit> hardening_edits(const kubernetes::PodContainer& container, const std::vector<Omission>& omissions) {
  if (!container.container.place) return {};
  const yaml::Place& place = *container.container.place;
  const yaml::Value context = container.value.get("securityContext");
  if (!context || context.is_null()) {
    std::vector<yaml::NewPair> pairs;
    for (const Omission& omission : omissions) {
      Setting setting = setting_of(omission.hardening);
      pairs.push_back({std::string(setting.key), std::move(setting.value)});
    }
    return all_of({yaml::insert(place, {"securityContext"}, NewValue::mapping(std::move(pairs)))});
  }
  if (context.shared()) return {};
  std::vector<std::optional<Edit>> edits;
  edits.reserve(omissions.size());
  for (const Omission& omission : omissions) edits.push_back(edit_within(place, context, omission.hardening));
  std::vector<Edit> result = all_of(std::move(edits));
  return context.entries().empty() ? joined(std::move(result)) : result;
}

std::vector<Edit> hardening_edits(const compose::Service& service, const std::vector<Omission>& omissions) {
  if (!service.container.place) return {};
  const yaml::Place& place = *service.container.place;
  std::vector<std::optional<Edit>> edits;
  for (const Omission& omission : omissions) {
    switch (omission.hardening) {
      case Hardening::PrivilegeEscalation:
        edits.push_back(
            omission.written
                ? yaml::replace_scalar(yaml::value_at(*place.document, omission.range), "no-new-privileges:true")
                : yaml::append(place, {"security_opt"}, NewValue::string("no-new-privileges:true")));
        break;
      case Hardening::Capabilities: edits.push_back(yaml::append(place, {"cap_drop"}, NewValue::string("ALL"))); break;
      case Hardening::ReadOnlyRoot:
        edits.push_back(omission.written ? yaml::replace_with_plain(service.value.get("read_only"), "true")
                                         : yaml::insert(place, {"read_only"}, NewValue::plain("true")));
        if (std::optional<Edit> edit = scratch_folder_edit(service)) edits.push_back(std::move(edit));
        break;
      case Hardening::MemoryLimit:
      case Hardening::CpuLimit:
      case Hardening::ProcessLimit: edits.push_back(limit_edit(service, omission)); break;
      case Hardening::NonRoot:
      case Hardening::Seccomp: break;
    }
  }
  return all_of(std::move(edits));
}

}  // namespace quaymaster::rules
