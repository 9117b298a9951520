#include "model/compose/merge_rules.h"

#include <algorithm>
#include <array>

#include "model/compose/ports.h"
#include "model/compose/volumes.h"

namespace quaymaster::compose {
namespace {

template <std::size_t Count>
bool among(const std::array<std::string_view, Count>& paths, std::string_view path) {
  return std::ranges::find(paths, path) != paths.end();
}

std::string text_of_key(const yaml::Value& item, std::string_view key) {
  return std::string(item.get(key).string().value_or(""));
}

std::string mount_key(const yaml::Value& item) {
  if (item.is_mapping()) return text_of_key(item, "target");
  const std::string_view text = item.string().value_or("");
  const std::optional<ShortVolume> parts = parse_volume(text);
  return std::string(parts ? slice(text, parts->target) : text);
}

std::string file_key(const yaml::Value& item) {
  std::string target = text_of_key(item, "target");
  if (!target.empty()) return target;
  return item.is_mapping() ? text_of_key(item, "source") : std::string(item.string().value_or(""));
}

std::string port_key(const yaml::Value& item) {
  const auto key = [](std::string_view ip, std::string_view host, std::string_view container,
                      std::string_view protocol) {
    return std::string(ip.empty() ? "0.0.0.0" : ip) + ':' + std::string(host) + ':' + std::string(container) + '/' +
           std::string(protocol.empty() ? "tcp" : protocol);
  };
  if (item.is_mapping())
    return key(text_of_key(item, "host_ip"), text_of_key(item, "published"), text_of_key(item, "target"),
               text_of_key(item, "protocol"));
  const std::string_view text = item.string().value_or("");
  const std::optional<ShortPort> parts = parse_port(text);
  return parts ? key(parts->host_ip, parts->host, parts->container, parts->protocol) : std::string(text);
}

constexpr std::array<std::string_view, 14> kUniqueTexts{
    "cap_add", "cap_drop", "dns",        "dns_opt",    "dns_search",   "expose",       "links",
    "tmpfs",   "profiles", "depends_on", "build.tags", "volumes_from", "security_opt", "networks"};

}  // namespace

bool is_replaced(std::string_view path) {
  return path == "command" || path == "entrypoint" || path == "healthcheck.test" || path == "extends";
}

bool is_list_or_text(std::string_view path) {
  constexpr std::array<std::string_view, 6> kPaths{"env_file", "dns", "dns_opt", "dns_search", "tmpfs", "label_file"};
  return among(kPaths, path);
}

bool is_assignments(std::string_view path) {
  constexpr std::array<std::string_view, 8> kPaths{
      "environment", "labels",       "annotations",   "sysctls",
      "build.args",  "build.labels", "deploy.labels", "build.additional_contexts"};
  return among(kPaths, path);
}

bool is_names(std::string_view path) { return path == "depends_on" || path == "networks" || path == "models"; }

std::string item_key(std::string_view path, const yaml::Value& item) {
  if (path == "volumes" || path == "devices") return mount_key(item);
  if (path == "ports") return port_key(item);
  if (path == "secrets" || path == "configs") return file_key(item);
  const std::string_view text = item.string().value_or("");
  if (is_assignments(path)) return std::string(text.substr(0, text.find('=')));
  if (path == "env_file") return item.is_mapping() ? text_of_key(item, "path") : std::string(text);
  return std::string(among(kUniqueTexts, path) ? text : std::string_view());
}

}  // namespace quaymaster::compose
