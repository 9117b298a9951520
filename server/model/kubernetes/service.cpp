#include "model/kubernetes/service.h"

#include <algorithm>
#include <string_view>

#include "model/kubernetes/object.h"

namespace quaymaster::kubernetes {

std::optional<Service> service_of(const Object& object) {
  if (object.kind != "Service" || object.api_version != "v1") return std::nullopt;
  const yaml::Value spec = object.value.get("spec");
  Service service;
  service.type = setting_of(spec, "type");
  service.selector = mapping_of(spec, "selector");
  service.load_balancer_ip = setting_of(spec, "loadBalancerIP");
  const std::optional<yaml::Entry> addresses = spec.entry("externalIPs");
  if (!addresses) return service;
  for (const yaml::Element& item : addresses->value.items())
    if (const std::optional<std::string_view> text = item.value.string())
      service.external_ips.push_back({std::string(*text), addresses->key_range, item.value.content_range(),
                                      addresses->shared || item.shared || item.value.shared()});
  return service;
}

bool leads_to(const Object& object, const Service& service, const Workload& workload) {
  const std::vector<yaml::Entry> labels = service.selector.entries();
  const yaml::Value of_pods = workload.pod_metadata.get("labels");
  return !labels.empty() &&
         object.namespace_name.value_or("default") == workload.object.namespace_name.value_or("default") &&
         std::ranges::all_of(labels, [&](const yaml::Entry& label) {
           const std::optional<std::string_view> value = label.value.string();
           return value && of_pods.get(label.key).string() == value;
         });
}

bool is_ingress(const Object& object) {
  return object.kind == "Ingress" &&
         (object.api_version.starts_with("networking.k8s.io/") || object.api_version.starts_with("extensions/"));
}

std::vector<Annotation> annotations_of(const Object& object) {
  std::vector<Annotation> annotations;
  for (const yaml::Entry& entry : object.value.get({"metadata", "annotations"}).entries())
    if (const std::optional<std::string_view> text = entry.value.string())
      annotations.push_back(
          {std::string(entry.key),
           {std::string(*text), entry.key_range, entry.value.content_range(), entry.shared || entry.value.shared()}});
  return annotations;
}

}  // namespace quaymaster::kubernetes
