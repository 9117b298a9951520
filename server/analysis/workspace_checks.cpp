#include "analysis/workspace_checks.h"

#include <algorithm>
#include <variant>

namespace quaymaster {

bool looks_around(const Rule& rule) {
  return std::ranges::any_of(rule.checks, [](const Check& check) {
    return std::holds_alternative<CheckFunction<rules::DockerfileInWorkspace>>(check) ||
           std::holds_alternative<CheckFunction<rules::ComposeInWorkspace>>(check) ||
           std::holds_alternative<CheckFunction<rules::KubernetesInWorkspace>>(check);
  });
}

bool looks_around(const RuleSet& rules, const Settings& settings) {
  return std::ranges::any_of(rules, [&](const Rule* rule) {
    return looks_around(*rule) && (settings.any(*rule, Language::Dockerfile) ||
                                   settings.any(*rule, Language::Compose) || settings.any(*rule, Language::Kubernetes));
  });
}

}  // namespace quaymaster
