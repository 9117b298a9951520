#pragma once
#include <optional>

#include "model/kubernetes/count.h"
#include "model/kubernetes/kubernetes.h"

namespace quaymaster::kubernetes {

/// Between how many and how many pods a HorizontalPodAutoscaler, or KEDA's ScaledObject, chooses.
struct AutoscalerSettings {
  bool to_zero = false;  ///< a ScaledObject, which may go down to none on purpose
  std::optional<Count> least;
  std::optional<Count> most;
};
[[nodiscard]] std::optional<AutoscalerSettings> autoscaler_settings_of(const Object& object);

}  // namespace quaymaster::kubernetes
