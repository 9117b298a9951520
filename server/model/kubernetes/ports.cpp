#include "model/kubernetes/ports.h"

#include <algorithm>
#include <utility>

#include "model/kubernetes/object.h"

namespace quaymaster::kubernetes {
namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::vector<ContainerPort> container_ports_of(const PodContainer& container) {
  std::vector<ContainerPort> ports;
  for (const yaml::Element& item : container.value.get("ports").items()) {
    if (!item.value.is_mapping()) continue;
    ContainerPort port;
    port.range = item.value.range();
    port.shared = item.shared || item.value.shared();
    if (std::optional<Setting> name = setting_of(item.value, "name")) {
      port.name = std::move(name->text);
      port.name_range = name->value_range;
    }
    const yaml::Value number = item.value.get("containerPort");
    port.number_written = number.is_scalar();
    port.number = number.integer();
    port.number_range = port.number_written ? number.content_range() : TextRange{port.range.begin, port.range.begin};
    port.protocol = item.value.get("protocol").string().value_or("TCP");
    port.host_ip = setting_of(item.value, "hostIP");
    port.host_port = item.value.get("hostPort").integer();
    ports.push_back(std::move(port));
  }
  return ports;
}

std::string_view port_name_problem(std::string_view name) {
  if (name.size() > 15) return "is longer than 15 characters";
  if (!std::ranges::all_of(name, [](char c) { return is_lower(c) || is_digit(c) || c == '-'; }))
    return "has more than lower case letters, digits, hyphens";
  if (std::ranges::none_of(name, is_lower)) return "has no letter";
  if (name.starts_with('-') || name.ends_with('-') || name.find("--") != std::string_view::npos)
    return "has a hyphen at its end, or two in a row";
  return {};
}

}  // namespace quaymaster::kubernetes
