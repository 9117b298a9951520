#include "model/kubernetes/handlers.h"

#include "model/kubernetes/object.h"

namespace quaymaster::kubernetes {
namespace {

void add_handlers(std::vector<Handler>& handlers, std::string_view name, bool probe, const yaml::Value& value) {
  for (const std::string_view means : {std::string_view("httpGet"), std::string_view("tcpSocket")}) {
    const std::optional<yaml::Entry> entry = value.entry(means);
    if (!entry || !entry->value.is_mapping()) continue;
    handlers.push_back({name, probe, means, entry->key_range, setting_of(entry->value, "host"),
                        entry->shared || entry->value.shared()});
  }
}

}  // namespace

std::vector<Handler> network_handlers_of(const PodContainer& container) {
  std::vector<Handler> handlers;
  for (const std::string_view probe : {"livenessProbe", "readinessProbe", "startupProbe"})
    add_handlers(handlers, probe, true, container.value.get(probe));
  const yaml::Value lifecycle = container.value.get("lifecycle");
  for (const std::string_view hook : {"postStart", "preStop"}) add_handlers(handlers, hook, false, lifecycle.get(hook));
  return handlers;
}

}  // namespace quaymaster::kubernetes
