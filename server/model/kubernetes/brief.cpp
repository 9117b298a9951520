#include "model/kubernetes/brief.h"

#include <algorithm>
#include <limits>
#include <string_view>

#include "model/kubernetes/object.h"
#include "model/kubernetes/placeholder.h"
#include "model/kubernetes/selected.h"
#include "model/kubernetes/workload.h"

namespace quaymaster::kubernetes {
namespace {

std::uint32_t port_number(const yaml::Value& value) {
  const std::optional<std::int64_t> number = value.integer();
  return number && *number > 0 && *number <= std::numeric_limits<std::uint16_t>::max()
             ? static_cast<std::uint32_t>(*number)
             : 0;
}

void add_ports(Brief& brief, const yaml::Value& ports, std::string_view number_key) {
  for (const yaml::Element& item : ports.items())
    brief.ports.push_back(
        {std::string(item.value.get("name").string().value_or("")), port_number(item.value.get(number_key))});
}

void read_pods(Brief& brief, const yaml::Value& pod_template) {
  brief.runs_pods = pod_template.is_mapping();
  const yaml::Value labels = pod_template.get({"metadata", "labels"});
  brief.pod_labels = labels_of(labels);
  brief.pods_known = (!labels.present() || labels.is_mapping() || labels.is_null()) &&
                     std::ranges::none_of(brief.pod_labels, [](const auto& label) {
                       return has_placeholder(label.first) || has_placeholder(label.second);
                     });
  for (const std::string_view list : {"initContainers", "containers"})
    for (const yaml::Element& item : pod_template.get("spec").get(list).items())
      add_ports(brief, item.value.get("ports"), "containerPort");
}

bool says(const yaml::Value& list, std::string_view text) {
  return std::ranges::any_of(list.items(), [&](const yaml::Element& item) { return item.value.string() == text; });
}

/// Without `policyTypes` a policy is about what comes in, and about what goes out if it has rules for it. Cilium's are
/// about the directions that they have.
void read_policy(Brief& brief, const yaml::Value& spec) {
  const yaml::Value types = spec.get("policyTypes");
  const bool built_in = brief.kind == "NetworkPolicy";
  brief.allows_ingress = !spec.get("ingress").items().empty();
  brief.allows_egress = !spec.get("egress").items().empty();
  if (types.is_sequence()) {
    brief.ingress = says(types, "Ingress");
    brief.egress = says(types, "Egress");
  } else {
    brief.ingress = built_in || spec.get("ingress").is_sequence() || spec.get("ingressDeny").is_sequence();
    brief.egress = spec.get("egress").is_sequence() || spec.get("egressDeny").is_sequence();
  }
}

void read_data(Brief& brief, const yaml::Value& object) {
  for (const std::string_view part : {"data", "binaryData", "stringData"})
    for (const yaml::Entry& entry : object.get(part).entries()) brief.keys.emplace_back(entry.key);
}

void read_kind(Brief& brief, const Object& object) {
  const yaml::Value spec = object.value.get("spec");
  if (brief.kind == "Service") {
    add_ports(brief, spec.get("ports"), "port");
    brief.headless = spec.get("clusterIP").string() == "None";
  } else if (brief.kind == "ConfigMap" || brief.kind == "Secret") {
    read_data(brief, object.value);
  } else if (brief.kind == "PersistentVolumeClaim") {
    for (const yaml::Element& item : spec.get("accessModes").items())
      if (const auto mode = item.value.string()) brief.access_modes.emplace_back(*mode);
  } else if (brief.kind == "ServiceAccount") {
    brief.automount_service_account_token = object.value.get("automountServiceAccountToken").boolean_1_1();
  } else if (brief.kind == "HorizontalPodAutoscaler" || brief.kind == "ScaledObject") {
    const bool keda = brief.kind == "ScaledObject";
    brief.min_replicas = spec.get(keda ? "minReplicaCount" : "minReplicas").integer();
    brief.target_kind = spec.get({"scaleTargetRef", "kind"}).string().value_or(keda ? "Deployment" : "");
    brief.target_name = spec.get({"scaleTargetRef", "name"}).string().value_or("");
  } else if (brief.kind.ends_with("NetworkPolicy")) {
    read_policy(brief, spec);
  }
}

Brief brief_of(const Object& object) {
  Brief brief;
  brief.api_version = object.api_version;
  brief.kind = object.kind;
  brief.name = object.name;
  brief.namespace_name = object.namespace_name;
  brief.labels = labels_of(object.value.get({"metadata", "labels"}));
  read_pods(brief, pod_template_of(object));
  if (std::optional<SelectorAt> selector = selector_of(object)) brief.selector = std::move(selector->selector);
  brief.replicas = object.value.get({"spec", "replicas"}).integer();
  read_kind(brief, object);
  return brief;
}

}  // namespace

std::vector<Brief> briefs_of(const std::vector<Object>& objects) {
  std::vector<Brief> briefs;
  briefs.reserve(objects.size());
  for (const Object& object : objects) briefs.push_back(brief_of(object));
  return briefs;
}

}  // namespace quaymaster::kubernetes
