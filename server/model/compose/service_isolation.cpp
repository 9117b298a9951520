#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "model/compose/reader.h"
#include "model/compose/service_parts.h"

namespace quaymaster::compose {
namespace {

using container::Flag;
using container::Isolation;

std::vector<Isolation::Capability> capabilities_of(const yaml::Value& list) {
  std::vector<Isolation::Capability> capabilities;
  for (const yaml::Value& item : scalars_of(list)) {
    std::optional<Text> text = text_of(item);
    std::ranges::transform(text->text, text->text.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    if (text->text.starts_with("CAP_")) text->text.erase(0, 4);
    capabilities.push_back({std::move(text->text), text->range, text->shared});
  }
  return capabilities;
}

/// Whether `key` is the text `host`, as a flag.
std::optional<Flag> host_flag(const yaml::Value& service, std::string_view key) {
  const std::optional<yaml::Entry> entry = service.entry(key);
  const std::optional<Text> text = entry ? text_of(entry->value) : std::nullopt;
  if (!text || !text->known) return std::nullopt;
  return Flag{text->text == "host", entry->key_range, entry->value.range(), entry->shared || text->shared};
}

std::optional<Flag> privilege_escalation(const yaml::Value& service) {
  const std::optional<yaml::Entry> options = service.entry("security_opt");
  if (!options) return std::nullopt;
  for (const yaml::Value& item : scalars_of(options->value)) {
    const std::optional<Text> text = text_of(item);
    constexpr std::string_view kOption = "no-new-privileges";
    if (!text->text.starts_with(kOption)) continue;
    const std::string_view value = std::string_view(text->text).substr(kOption.size());
    const bool switched_on = value.empty() || value == ":true" || value == "=true";
    return Flag{!switched_on, options->key_range, text->range, text->shared};
  }
  return std::nullopt;
}

std::vector<Isolation::SwitchedOff> switched_off_of(const yaml::Value& options) {
  using Guard = Isolation::SwitchedOff::Guard;
  struct Option {
    std::string_view name, value;
    Guard guard;
  };
  constexpr std::array kOptions{
      Option{"seccomp", "unconfined", Guard::Seccomp},
      Option{"apparmor", "unconfined", Guard::AppArmor},
      Option{"label", "disable", Guard::SELinux},
      Option{"systempaths", "unconfined", Guard::MaskedPaths},
  };
  std::vector<Isolation::SwitchedOff> guards;
  for (const Text& text : texts_of(options)) {
    const std::size_t end = text.text.find_first_of(":=");
    if (!text.known || end == std::string::npos) continue;
    const std::string_view name = std::string_view(text.text).substr(0, end);
    const std::string_view value = std::string_view(text.text).substr(end + 1);
    for (const Option& option : kOptions)
      if (name == option.name && value == option.value) guards.push_back({option.guard, text.range, text.shared});
  }
  return guards;
}

/// A list of `name=value`, or a mapping.
std::vector<Isolation::Sysctl> sysctls_of(const yaml::Value& value) {
  std::vector<Isolation::Sysctl> sysctls;
  for (container::EnvironmentEntry& entry : variables_of(value, container::EnvironmentEntry::Origin::Environment))
    sysctls.push_back({std::move(entry.name), entry.item_range, entry.shared});
  return sysctls;
}

std::optional<TextRange> range_of(const yaml::Value& value) {
  if (!value.is_scalar()) return std::nullopt;
  return value.content_range();
}

std::optional<TextRange> first_of(std::optional<TextRange> a, std::optional<TextRange> b) { return a ? a : b; }

}  // namespace

std::optional<container::UserSetting> user_of(const yaml::Value& service) {
  const yaml::Value value = service.get("user");
  const std::optional<Text> text = text_of(value);
  if (!text) return std::nullopt;
  container::UserSetting user;
  user.range = text->range;
  user.known = text->known;
  user.shared = text->shared;
  if (user.known) user.user = text->text.substr(0, text->text.find(':'));
  return user;
}

container::Resources resources_of(const yaml::Value& service) {
  const yaml::Value limits = service.get({"deploy", "resources", "limits"});
  const yaml::Value reservations = service.get({"deploy", "resources", "reservations"});
  container::Resources resources;
  resources.cpu_limit = first_of(range_of(limits.get("cpus")), range_of(service.get("cpus")));
  resources.memory_limit = first_of(range_of(limits.get("memory")), range_of(service.get("mem_limit")));
  resources.cpu_request = range_of(reservations.get("cpus"));
  resources.memory_request = first_of(range_of(reservations.get("memory")), range_of(service.get("mem_reservation")));
  return resources;
}

Isolation isolation_of(const yaml::Value& service) {
  Isolation isolation;
  isolation.privileged = flag_of(service, "privileged");
  isolation.read_only_root = flag_of(service, "read_only");
  isolation.allow_privilege_escalation = privilege_escalation(service);
  isolation.host_network = host_flag(service, "network_mode");
  isolation.host_pid = host_flag(service, "pid");
  isolation.host_ipc = host_flag(service, "ipc");
  isolation.added = capabilities_of(service.get("cap_add"));
  isolation.dropped = capabilities_of(service.get("cap_drop"));
  isolation.switched_off = switched_off_of(service.get("security_opt"));
  isolation.sysctls = sysctls_of(service.get("sysctls"));
  return isolation;
}

}  // namespace quaymaster::compose
