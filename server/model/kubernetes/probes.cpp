#include "model/kubernetes/probes.h"

#include <array>
#include <utility>

namespace quaymaster::kubernetes {
namespace {

constexpr std::array<std::pair<std::string_view, Probe::Role>, 3> kProbes{{{"livenessProbe", Probe::Role::Liveness},
                                                                           {"readinessProbe", Probe::Role::Readiness},
                                                                           {"startupProbe", Probe::Role::Startup}}};

std::optional<PortReference> port_of(const yaml::Value& action) {
  const yaml::Value value = action.get("port");
  const std::optional<std::string_view> text = value.string();
  if (!text) return std::nullopt;
  PortReference port{std::string(*text), value.integer(), value.content_range(), value.shared()};
  if (!port.number && !text->empty() && text->size() < 6 &&
      text->find_first_not_of("0123456789") == std::string_view::npos)
    port.number = std::stol(port.text);
  return port;
}

std::string written(const yaml::Value& mapping, std::string_view key, std::string_view otherwise) {
  return std::string(mapping.get(key).string().value_or(otherwise));
}

void read_http(const yaml::Value& http, Probe& probe) {
  probe.action = {"httpGet", written(http, "scheme", "HTTP"), written(http, "host", ""), written(http, "port", ""),
                  written(http, "path", "/")};
  for (const yaml::Element& item : http.get("httpHeaders").items()) {
    probe.action.push_back(written(item.value, "name", ""));
    probe.action.push_back(written(item.value, "value", ""));
  }
}

void read_action(const yaml::Value& value, Probe& probe) {
  const yaml::Value exec = value.get("exec");
  const yaml::Value http = value.get("httpGet");
  const yaml::Value tcp = value.get("tcpSocket");
  const yaml::Value grpc = value.get("grpc");
  if (exec.is_mapping()) {
    probe.action = {"exec"};
    for (const yaml::Element& item : exec.get("command").items())
      probe.action.emplace_back(item.value.string().value_or(""));
  } else if (http.is_mapping()) {
    read_http(http, probe);
    probe.port = port_of(http);
    probe.other_host = http.get("host").is_scalar();
  } else if (tcp.is_mapping()) {
    probe.action = {"tcpSocket", written(tcp, "host", ""), written(tcp, "port", "")};
    probe.port = port_of(tcp);
    probe.other_host = tcp.get("host").is_scalar();
  } else if (grpc.is_mapping()) {
    probe.action = {"grpc", written(grpc, "port", ""), written(grpc, "service", "")};
    probe.port = port_of(grpc);
  }
}

}  // namespace

std::vector<Probe> probes_of(const PodContainer& container) {
  std::vector<Probe> probes;
  for (const auto& [key, role] : kProbes) {
    const std::optional<yaml::Entry> entry = container.value.entry(key);
    if (!entry || entry->value.is_null()) continue;
    Probe probe{role, key, entry->key_range, entry->shared || entry->value.shared(), {}, {}, false};
    read_action(entry->value, probe);
    probes.push_back(std::move(probe));
  }
  return probes;
}

}  // namespace quaymaster::kubernetes
