#include "model/compose/project/short_syntax.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "model/compose/ports.h"
#include "model/compose/volumes.h"
#include "model/compose/words.h"
#include "text/mapped_text.h"

namespace quaymaster::compose::project {
namespace {

/// Ranges of more ports stay as they are.
constexpr int kMostPorts = 1000;

struct PortRange {
  int first = 0, last = 0;
  [[nodiscard]] int size() const { return last - first + 1; }
};

std::optional<PortRange> port_range(std::string_view text) {
  const std::size_t dash = text.find('-');
  const std::optional<std::uint16_t> first = single_port(text.substr(0, dash));
  const std::optional<std::uint16_t> last = dash == std::string_view::npos ? first : single_port(text.substr(dash + 1));
  if (!first || !last || *last < *first || *last - *first >= kMostPorts) return std::nullopt;
  return PortRange{*first, *last};
}

Value port(const ShortPort& parts, std::string published, std::string target, Origin origin) {
  Value result = mapping(origin);
  result.set("mode", scalar("ingress", origin));
  if (!parts.host_ip.empty()) result.set("host_ip", scalar(parts.host_ip, origin));
  result.set("target", scalar(std::move(target), origin));
  if (!published.empty()) result.set("published", scalar(std::move(published), origin));
  result.set("protocol", scalar(parts.protocol, origin));
  return result;
}

void add_short_port(std::vector<Value>& ports, Value item) {
  const std::optional<ShortPort> parts = parse_port(item.text);
  if (!parts) {
    ports.push_back(std::move(item));
    return;
  }
  const std::optional<PortRange> targets = port_range(parts->container);
  const std::optional<PortRange> hosts = port_range(parts->host);
  if (!targets || (hosts && hosts->size() != targets->size())) {
    ports.push_back(port(*parts, parts->host, parts->container, item.origin));
    return;
  }
  for (int i = 0; i < targets->size(); ++i)
    ports.push_back(port(*parts, hosts ? std::to_string(hosts->first + i) : parts->host,
                         std::to_string(targets->first + i), item.origin));
}

Value volume(const Value& item) {
  const std::optional<ShortVolume> parts = parse_volume(item.text);
  if (!parts) return item;
  const Origin origin = item.origin;
  const std::string_view text = item.text;
  const std::string source(slice(text, parts->source));
  const bool is_bind = is_host_path(source);
  Value options = mapping(origin);
  Value result = mapping(origin);
  result.set("type", scalar(is_bind ? "bind" : "volume", origin));
  if (!source.empty()) result.set("source", scalar(source, origin));
  result.set("target", scalar(std::string(slice(text, parts->target)), origin));
  if (is_bind) options.set("create_host_path", scalar("true", origin));
  for (std::string_view mode = slice(text, parts->mode); !mode.empty();) {
    const std::size_t comma = mode.find(',');
    const std::string option(mode.substr(0, comma));
    mode = comma == std::string_view::npos ? std::string_view() : mode.substr(comma + 1);
    constexpr std::array<std::string_view, 6> kSpread{"shared", "rshared", "slave", "rslave", "private", "rprivate"};
    if (option == "ro") result.set("read_only", scalar("true", origin));
    if (option == "z" || option == "Z") options.set("selinux", scalar(option, origin));
    if (option == "nocopy") options.set("nocopy", scalar("true", origin));
    if (std::ranges::find(kSpread, option) != kSpread.end()) options.set("propagation", scalar(option, origin));
  }
  result.set(is_bind ? "bind" : "volume", std::move(options));
  return result;
}

Value device(const Value& item) {
  const Origin origin = item.origin;
  const std::size_t first = item.text.find(':');
  const std::size_t second = first == std::string::npos ? first : item.text.find(':', first + 1);
  const std::string source = item.text.substr(0, first);
  Value result = mapping(origin);
  result.set("source", scalar(source, origin));
  result.set("target",
             scalar(first == std::string::npos ? source : item.text.substr(first + 1, second - first - 1), origin));
  result.set("permissions", scalar(second == std::string::npos ? "rwm" : item.text.substr(second + 1), origin));
  return result;
}

void split_command(Value* command) {
  if (command == nullptr || !command->is_scalar()) return;
  std::vector<Value> words;
  for (const shell::Word& word : split_words(MappedText(command->text, 0)))
    words.push_back(scalar(word.text, command->origin));
  const Value::Tag tag = command->tag;
  *command = sequence(std::move(words), command->origin);
  command->tag = tag;
}

}  // namespace

void expand_ports(Value& service) {
  Value* list = service.find("ports");
  if (list == nullptr) return;
  std::vector<Value> ports;
  for (Value& item : list->items) {
    if (item.is_scalar()) {
      add_short_port(ports, std::move(item));
      continue;
    }
    if (item.find("mode") == nullptr) item.set("mode", scalar("ingress", item.origin));
    if (item.find("protocol") == nullptr) item.set("protocol", scalar("tcp", item.origin));
    ports.push_back(std::move(item));
  }
  list->items = std::move(ports);
}

void expand_volumes(Value& service) {
  if (Value* list = service.find("volumes"))
    for (Value& item : list->items)
      if (item.is_scalar()) item = volume(item);
  if (Value* list = service.find("devices"))
    for (Value& item : list->items)
      if (item.is_scalar()) item = device(item);
}

void expand_commands(Value& service) {
  split_command(service.find("command"));
  split_command(service.find("entrypoint"));
  Value* health = service.find("healthcheck");
  Value* test = health == nullptr ? nullptr : health->find("test");
  if (test == nullptr || !test->is_scalar()) return;
  const Origin origin = test->origin;
  const Value::Tag tag = test->tag;
  *test = sequence({scalar("CMD-SHELL", origin), scalar(test->text, origin)}, origin);
  test->tag = tag;
}

}  // namespace quaymaster::compose::project
