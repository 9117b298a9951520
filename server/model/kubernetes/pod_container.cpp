#include "model/kubernetes/pod_container.h"

#include <algorithm>
#include <string>
#include <utility>

#include "model/kubernetes/object.h"
#include "model/yaml/scalar.h"

namespace quaymaster::kubernetes {
namespace {

using container::EnvironmentEntry;
using container::Isolation;
using container::Mount;
using container::PortBinding;

std::optional<container::ImageUse> image_of(const yaml::Value& value) {
  const std::optional<std::string_view> text = value.string();
  if (!text || text->empty()) return std::nullopt;
  const MappedText mapped = yaml::mapped_scalar(*value.document(), *value.node());
  container::ImageUse use;
  use.range = value.content_range();
  use.reference = image::parse_reference(*text);
  use.shared = value.shared();
  // Not for the API server, but for whoever fills in the file before it gets there: `$(TAG)`, `${TAG}`, `{{ tag }}`.
  use.literal = use.known = text->find_first_of("${") == std::string_view::npos;
  use.name_range = mapped.to_file(use.reference.name_range);
  if (use.reference.tag_range) use.tag_range = mapped.to_file(*use.reference.tag_range);
  if (use.reference.digest_range) use.digest_range = mapped.to_file(*use.reference.digest_range);
  return use;
}

/// The text that stands for a container: its name, or else its image, or else the first key.
TextRange name_range_of(const yaml::Element& item) {
  for (const std::string_view key : {"name", "image"})
    if (const yaml::Value value = item.value.get(key); value.is_scalar()) return value.content_range();
  const std::vector<yaml::Entry> entries = item.value.entries();
  return entries.empty() ? item.range : entries.front().key_range;
}

Mount::Kind kind_of(const Volume& volume) {
  switch (volume.kind) {
    case Volume::Kind::EmptyDir:
    case Volume::Kind::None: return volume.memory ? Mount::Kind::Memory : Mount::Kind::AnonymousVolume;
    case Volume::Kind::HostPath: return Mount::Kind::HostPath;
    case Volume::Kind::PersistentVolumeClaim:
    case Volume::Kind::Ephemeral:
    case Volume::Kind::ClaimTemplate: return Mount::Kind::NamedVolume;
    case Volume::Kind::ConfigMap:
    case Volume::Kind::Secret:
    case Volume::Kind::Projected:
    case Volume::Kind::DownwardApi: return Mount::Kind::Config;
    case Volume::Kind::Csi:
    case Volume::Kind::Nfs:
    case Volume::Kind::Image:
    case Volume::Kind::Other: return Mount::Kind::Other;
  }
  return Mount::Kind::Other;
}

std::vector<Mount> mounts_of(const yaml::Value& container, const Workload& pod) {
  std::vector<Mount> mounts;
  for (const yaml::Element& item : container.get("volumeMounts").items()) {
    if (!item.value.is_mapping()) continue;
    Mount mount;
    mount.range = item.value.range();
    mount.shared = item.value.shared();
    mount.source_range = mount.target_range = {mount.range.begin, mount.range.begin};
    if (const std::optional<Setting> path = setting_of(item.value, "mountPath")) {
      mount.target = path->text;
      mount.target_range = path->value_range;
    }
    if (const std::optional<Setting> name = setting_of(item.value, "name")) {
      mount.source = name->text;
      mount.source_range = name->value_range;
      if (const Volume* volume = pod.volume(name->text)) {
        mount.kind = kind_of(*volume);
        if (volume->kind == Volume::Kind::HostPath) {
          mount.source = volume->source;
          mount.source_range = volume->source_range;
        }
      }
    }
    if (const std::optional<container::Flag> flag = flag_of(item.value, "readOnly")) mount.read_only = flag->value;
    if (const std::optional<Setting> propagation = setting_of(item.value, "mountPropagation")) {
      mount.propagation = propagation->text;
      mount.propagation_range = propagation->value_range;
    }
    mount.known = mount.target.find('$') == std::string::npos && mount.source.find('$') == std::string::npos;
    mounts.push_back(std::move(mount));
  }
  return mounts;
}

std::vector<PortBinding> ports_of(const yaml::Value& container) {
  std::vector<PortBinding> ports;
  for (const yaml::Element& item : container.get("ports").items()) {
    if (!item.value.is_mapping()) continue;
    const auto port = [&](std::string_view key) {
      const std::int64_t value = item.value.get(key).integer().value_or(0);
      return value > 0 && value < 65536 ? static_cast<std::uint16_t>(value) : std::uint16_t{0};
    };
    PortBinding binding;
    binding.range = item.value.range();
    binding.shared = item.value.shared();
    binding.container_port = port("containerPort");
    binding.host_port = port("hostPort");
    const std::string_view host_ip = item.value.get("hostIP").string().value_or("");
    if (binding.host_port != 0)
      binding.reach = host_ip.starts_with("127.") || host_ip == "::1" ? PortBinding::Reach::HostLoopback
                                                                      : PortBinding::Reach::HostAll;
    binding.protocol = item.value.get("protocol").string().value_or("tcp");
    std::ranges::transform(binding.protocol, binding.protocol.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    ports.push_back(std::move(binding));
  }
  return ports;
}

container::Resources resources_of(const yaml::Value& container) {
  const auto range_of = [&](std::string_view list, std::string_view name) -> std::optional<TextRange> {
    const yaml::Value value = container.get({"resources", list, name});
    if (!value.is_scalar()) return std::nullopt;
    return value.content_range();
  };
  return {range_of("requests", "cpu"), range_of("limits", "cpu"), range_of("requests", "memory"),
          range_of("limits", "memory")};
}

std::vector<Isolation::Capability> capabilities_of(const yaml::Value& list) {
  std::vector<Isolation::Capability> capabilities;
  for (const yaml::Element& item : list.items()) {
    const std::optional<std::string_view> text = item.value.string();
    if (!text) continue;
    Isolation::Capability capability{std::string(*text), item.value.content_range(), item.value.shared()};
    std::ranges::transform(capability.name, capability.name.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    if (capability.name.starts_with("CAP_")) capability.name.erase(0, 4);
    capabilities.push_back(std::move(capability));
  }
  return capabilities;
}

/// The AppArmor profile of a container as it was said before there was a field for it: `unconfined`, or what no runtime
/// takes for a profile.
bool is_no_profile(std::string_view annotation) {
  return !annotation.empty() && annotation != "runtime/default" && !annotation.starts_with("localhost/");
}

/// Guards that the container switches off, or its pod for all that do not say otherwise.
std::vector<Isolation::SwitchedOff> switched_off_of(const yaml::Value& own, const std::string& name,
                                                    const Workload& workload) {
  using Guard = Isolation::SwitchedOff::Guard;
  const yaml::Value& pod = workload.pod_security_context;
  std::vector<Isolation::SwitchedOff> guards;
  const auto add = [&](const yaml::Value& said, std::string_view key, std::string_view word, Guard guard) {
    const std::optional<Setting> setting = setting_of(said, key);
    if (setting && setting->text == word) guards.push_back({guard, setting->value_range, setting->shared});
  };
  const auto profile = [&](std::string_view key) {
    const yaml::Value value = mapping_of(own, key);
    return value ? value : mapping_of(pod, key);
  };
  add(profile("seccompProfile"), "type", "Unconfined", Guard::Seccomp);
  add(profile("appArmorProfile"), "type", "Unconfined", Guard::AppArmor);
  const std::optional<Setting> annotation =
      setting_of(workload.pod_metadata.get("annotations"), "container.apparmor.security.beta.kubernetes.io/" + name);
  if (annotation && is_no_profile(annotation->text) && !profile("appArmorProfile"))
    guards.push_back({Guard::AppArmor, annotation->value_range, annotation->shared});
  if (const std::optional<Setting> mount = setting_of(own, "procMount"); mount && mount->text != "Default")
    guards.push_back({Guard::MaskedPaths, mount->value_range, mount->shared});
  return guards;
}

std::vector<Isolation::Sysctl> sysctls_of(const yaml::Value& list) {
  std::vector<Isolation::Sysctl> sysctls;
  for (const yaml::Element& item : list.items())
    if (const std::optional<Setting> name = setting_of(item.value, "name"))
      sysctls.push_back({name->text, item.value.range(), item.value.shared()});
  return sysctls;
}

Isolation isolation_of(const yaml::Value& own, const std::string& name, const Workload& pod) {
  Isolation isolation;
  isolation.privileged = flag_of(own, "privileged");
  isolation.read_only_root = flag_of(own, "readOnlyRootFilesystem");
  isolation.allow_privilege_escalation = flag_of(own, "allowPrivilegeEscalation");
  isolation.run_as_non_root = flag_of(own, "runAsNonRoot");
  if (!isolation.run_as_non_root) isolation.run_as_non_root = flag_of(pod.pod_security_context, "runAsNonRoot");
  isolation.host_network = pod.host_network;
  isolation.host_pid = pod.host_pid;
  isolation.host_ipc = pod.host_ipc;
  isolation.added = capabilities_of(own.get({"capabilities", "add"}));
  isolation.dropped = capabilities_of(own.get({"capabilities", "drop"}));
  isolation.switched_off = switched_off_of(own, name, pod);
  isolation.sysctls = sysctls_of(pod.pod_security_context.get("sysctls"));
  return isolation;
}

std::optional<container::UserSetting> user_of(const yaml::Value& own, const Workload& pod) {
  std::optional<Setting> user = setting_of(own, "runAsUser");
  if (!user) user = setting_of(pod.pod_security_context, "runAsUser");
  if (!user) return std::nullopt;
  container::UserSetting setting{user->value_range, user->text, true, user->shared};
  setting.known = user->text.find_first_not_of("0123456789") == std::string::npos;
  if (!setting.known) setting.user.clear();
  return setting;
}

}  // namespace

std::vector<EnvironmentEntry> environment_of(const yaml::Value& container) {
  std::vector<EnvironmentEntry> entries;
  for (const yaml::Element& item : container.get("env").items()) {
    const std::optional<Setting> name = setting_of(item.value, "name");
    if (!name) continue;
    EnvironmentEntry entry;
    entry.name = name->text;
    entry.name_range = name->value_range;
    entry.item_range = item.value.range();
    entry.value_range = {name->value_range.end, name->value_range.end};
    const yaml::Value value = item.value.get("value");
    if (const std::optional<std::string_view> text = value.string()) {
      entry.value = *text;
      entry.value_range = value.range();
      entry.literal = text->find("$(") == std::string_view::npos;
    }
    entry.shared = item.value.shared() || name->shared || value.shared();
    entries.push_back(std::move(entry));
  }
  return entries;
}

PodContainer read_container(const yaml::Element& item, ContainerList list, const Workload& pod,
                            shell::ScriptParser& scripts) {
  const yaml::Value& value = item.value;
  PodContainer result;
  result.value = value;
  result.security_context = mapping_of(value, "securityContext");
  result.ephemeral = list == ContainerList::Ephemeral;
  result.sidecar = list == ContainerList::Init && value.get("restartPolicy").string() == "Always";
  result.image_pull_policy = setting_of(value, "imagePullPolicy");
  result.stdin_open = flag_of(value, "stdin");
  result.tty = flag_of(value, "tty");

  container::Container& container = result.container;
  container.kind = list == ContainerList::Init ? container::Container::Kind::InitContainer
                                               : container::Container::Kind::PodContainer;
  container.name = value.get("name").string().value_or("");
  container.name_range = name_range_of(item);
  container.image = image_of(value.get("image"));
  container.start = start_commands_of(value, scripts);
  container.environment = environment_of(value);
  container.user = user_of(result.security_context, pod);
  container.mounts = mounts_of(value, pod);
  container.ports = ports_of(value);
  container.resources = resources_of(value);
  container.health = health_checks_of(value, scripts);
  container.isolation = isolation_of(result.security_context, container.name, pod);
  container.place = value.place();

  std::ranges::copy_if(container.environment, std::back_inserter(result.value_from),
                       [](const EnvironmentEntry& entry) { return !entry.value.has_value(); });
  return result;
}

}  // namespace quaymaster::kubernetes
