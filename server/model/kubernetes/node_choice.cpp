#include "model/kubernetes/node_choice.h"

#include <optional>
#include <utility>

namespace quaymaster::kubernetes {

std::vector<NodeLabel> wanted_node_labels(const Workload& workload) {
  std::vector<NodeLabel> labels;
  for (const yaml::Entry& entry : workload.pod_spec.get("nodeSelector").entries())
    labels.push_back({entry.key, {entry.value.string().value_or("")}});
  const yaml::Value required =
      workload.pod_spec.get({"affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution"});
  for (const yaml::Element& term : required.get("nodeSelectorTerms").items())
    for (const yaml::Element& expression : term.value.get("matchExpressions").items()) {
      if (expression.value.get("operator").string() != "In") continue;
      NodeLabel label{expression.value.get("key").string().value_or(""), {}};
      for (const yaml::Element& value : expression.value.get("values").items())
        label.values.push_back(value.value.string().value_or(""));
      labels.push_back(std::move(label));
    }
  return labels;
}

std::vector<std::string_view> tolerated_taints(const Workload& workload) {
  std::vector<std::string_view> keys;
  for (const yaml::Element& item : workload.pod_spec.get("tolerations").items())
    if (const std::optional<std::string_view> key = item.value.get("key").string()) keys.push_back(*key);
  return keys;
}

}  // namespace quaymaster::kubernetes
