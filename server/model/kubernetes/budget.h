#pragma once
#include <optional>

#include "model/kubernetes/count.h"
#include "model/kubernetes/kubernetes.h"

namespace quaymaster::kubernetes {

/// What a PodDisruptionBudget allows.
struct BudgetSettings {
  yaml::Value spec;
  std::optional<Count> at_least;  ///< `minAvailable`
  std::optional<Count> at_most;   ///< `maxUnavailable`
  bool says_unhealthy = false;    ///< it has an `unhealthyPodEvictionPolicy`
};
[[nodiscard]] std::optional<BudgetSettings> budget_settings_of(const Object& object);

/// Whether the budget alone, whatever it is for, allows no pod to be moved: none may be away, or all have to be there.
[[nodiscard]] bool allows_nothing(const BudgetSettings& budget);

}  // namespace quaymaster::kubernetes
