#include "model/kubernetes/autoscaler.h"

namespace quaymaster::kubernetes {

std::optional<AutoscalerSettings> autoscaler_settings_of(const Object& object) {
  const yaml::Value spec = object.value.get("spec");
  if (!spec.is_mapping()) return std::nullopt;
  if (object.kind == "HorizontalPodAutoscaler" && object.api_version.starts_with("autoscaling/"))
    return AutoscalerSettings{false, count_of(spec, "minReplicas"), count_of(spec, "maxReplicas")};
  if (object.kind == "ScaledObject" && object.api_version.starts_with("keda.sh/"))
    return AutoscalerSettings{true, count_of(spec, "minReplicaCount"), count_of(spec, "maxReplicaCount")};
  return std::nullopt;
}

}  // namespace quaymaster::kubernetes
