#include <optional>
#include <utility>
#include <vector>

#include "model/compose/reader.h"
#include "model/compose/service_parts.h"

namespace quaymaster::compose {
namespace {

using container::EnvironmentEntry;

std::optional<Logging> logging_of(const yaml::Value& service) {
  const std::optional<yaml::Entry> entry = service.entry("logging");
  if (!entry || !entry->value.is_mapping()) return std::nullopt;
  return Logging{entry->key_range, text_of(entry->value.get("driver")),
                 variables_of(entry->value.get("options"), EnvironmentEntry::Origin::Environment)};
}

void add_hooks(std::vector<Hook>& hooks, const yaml::Value& list, Hook::Moment moment) {
  for (const yaml::Element& item : list.items())
    if (item.value.is_mapping())
      hooks.push_back({moment, item.value.range(), text_of(item.value.get("user")),
                       boolean(item.value.get("privileged")), item.shared || item.value.shared()});
}

/// The devices of the host: in the long syntax their `source`.
std::vector<Text> devices_of(const yaml::Value& list) {
  std::vector<Text> devices;
  for (const yaml::Element& item : list.items())
    if (std::optional<Text> text = text_of(item.value.is_mapping() ? item.value.get("source") : item.value))
      devices.push_back(*std::move(text));
  return devices;
}

}  // namespace

void read_settings(Service& service) {
  const yaml::Value& value = service.value;
  const auto text = [&](std::string_view key) { return text_of(value.get(key)); };
  service.network_mode = text("network_mode");
  service.pid = text("pid");
  service.ipc = text("ipc");
  service.uts = text("uts");
  service.userns_mode = text("userns_mode");
  service.cgroup = text("cgroup");
  service.restart = text("restart");
  service.container_name = text("container_name");
  service.hostname = text("hostname");
  service.pull_policy = text("pull_policy");
  service.platform = text("platform");
  service.runtime = text("runtime");
  service.stop_signal = text("stop_signal");
  service.working_dir = text("working_dir");
  service.mac_address = text("mac_address");
  service.cgroup_parent = text("cgroup_parent");
  service.isolation = text("isolation");
  service.security_options = texts_of(value.get("security_opt"));
  service.devices = devices_of(value.get("devices"));
  service.device_cgroup_rules = texts_of(value.get("device_cgroup_rules"));
  service.labels = variables_of(value.get("labels"), EnvironmentEntry::Origin::Environment);
  service.logging = logging_of(value);
  add_hooks(service.hooks, value.get("post_start"), Hook::Moment::PostStart);
  add_hooks(service.hooks, value.get("pre_stop"), Hook::Moment::PreStop);
  service.tty = flag_of(value, "tty");
  service.stdin_open = flag_of(value, "stdin_open");
  service.init = flag_of(value, "init");
  service.use_api_socket = flag_of(value, "use_api_socket");
  service.oom_kill_disable = flag_of(value, "oom_kill_disable");
  service.replicas = text_of(value.get({"deploy", "replicas"}));
  if (!service.replicas) service.replicas = text("scale");
  service.restart_condition = text_of(value.get({"deploy", "restart_policy", "condition"}));
  service.has_provider = value.get("provider").present();
}

}  // namespace quaymaster::compose
