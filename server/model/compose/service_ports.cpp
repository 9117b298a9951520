#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "model/compose/ports.h"
#include "model/compose/reader.h"
#include "model/compose/service_parts.h"

namespace quaymaster::compose {
namespace {

using container::PortBinding;

/// Whether only variables that are called ports are without a value.
bool misses_numbers_only(const Interpolated& text) {
  return std::ranges::all_of(text.variables, [](const Variable& variable) {
    return variable.default_range || variable.name.ends_with("PORT") || variable.name.ends_with("port") ||
           variable.name.find("PORT_") != std::string::npos;
  });
}

/// The text with a number in the place of each variable.
std::string with_numbers(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '$') {
      result += text[at++];
      continue;
    }
    const bool braced = text.substr(at).starts_with("${");
    const std::size_t end = braced ? text.find('}', at) : text.find_first_of(":/-", at);
    result += '1';
    at = std::min(end, text.size() - (braced ? 1 : 0)) + (braced ? 1 : 0);
  }
  return result;
}

Port short_port(const yaml::Value& item, const Interpolated& text) {
  Port port;
  port.range = item.content_range();
  port.literal = text.literal();
  port.shared = item.shared();
  const std::optional<ShortPort> parts = parse_port(text.text.bytes());
  port.known = text.known && parts;
  if (!text.known && misses_numbers_only(text)) {
    const std::optional<ShortPort> guessed = parse_port(with_numbers(text.text.bytes()));
    port.unknown_number = guessed && guessed->host_ip.empty();
  }
  if (!parts) return port;
  port.host_ip = parts->host_ip;
  port.host = parts->host;
  port.container = parts->container;
  port.protocol = parts->protocol;
  return port;
}

Port long_port(const yaml::Value& item) {
  Port port;
  port.range = item.range();
  port.shared = item.shared();
  const auto read = [&](std::string_view key, std::string& into) {
    const std::optional<Text> text = text_of(item.get(key));
    if (!text) return;
    into = text->text;
    port.literal = port.literal && text->literal;
    port.known = port.known && text->known;
  };
  read("host_ip", port.host_ip);
  read("published", port.host);
  read("target", port.container);
  read("protocol", port.protocol);
  return port;
}

bool is_loopback(std::string_view address) {
  return address.starts_with("127.") || address == "::1" || address == "localhost";
}

PortBinding binding_of(const Port& port) {
  PortBinding binding;
  binding.range = port.range;
  binding.container_port = single_port(port.container).value_or(0);
  binding.host_port = single_port(port.host).value_or(0);
  binding.protocol = port.protocol;
  binding.shared = port.shared;
  if (is_loopback(port.host_ip))
    binding.reach = PortBinding::Reach::HostLoopback;
  else if (port.known)
    binding.reach = PortBinding::Reach::HostAll;
  return binding;
}

}  // namespace

std::vector<Port> ports_of(const yaml::Value& service) {
  std::vector<Port> ports;
  for (const yaml::Element& item : service.get("ports").items()) {
    if (item.value.is_mapping())
      ports.push_back(long_port(item.value));
    else if (const std::optional<Interpolated> text = interpolated(item.value))
      ports.push_back(short_port(item.value, *text));
  }
  return ports;
}

std::vector<PortBinding> bindings_of(const Service& service, const yaml::Value& value) {
  std::vector<PortBinding> bindings;
  if (service.has_foreign_network()) return bindings;
  bindings.reserve(service.ports.size());
  for (const Port& port : service.ports) bindings.push_back(binding_of(port));
  for (const yaml::Value& item : scalars_of(value.get("expose"))) {
    const std::optional<Interpolated> text = interpolated(item);
    PortBinding binding = binding_of(short_port(item, *text));
    binding.reach = PortBinding::Reach::Declared;
    bindings.push_back(std::move(binding));
  }
  return bindings;
}

}  // namespace quaymaster::compose
