#include "model/kubernetes/budget.h"

namespace quaymaster::kubernetes {

std::optional<BudgetSettings> budget_settings_of(const Object& object) {
  const bool known =
      object.api_version.starts_with("policy/") || object.api_version.empty() || object.api_version == "v1";
  if (object.kind != "PodDisruptionBudget" || !known) return std::nullopt;
  BudgetSettings settings;
  settings.spec = object.value.get("spec");
  settings.at_least = count_of(settings.spec, "minAvailable");
  settings.at_most = count_of(settings.spec, "maxUnavailable");
  const yaml::Value unhealthy = settings.spec.get("unhealthyPodEvictionPolicy");
  settings.says_unhealthy = unhealthy.present() && !unhealthy.is_null();
  return settings;
}

bool allows_nothing(const BudgetSettings& budget) {
  const bool none_away = budget.at_most && (budget.at_most->value == 0 || budget.at_most->percent == 0);
  return none_away || (budget.at_least && budget.at_least->percent.value_or(0) >= 100);
}

}  // namespace quaymaster::kubernetes
