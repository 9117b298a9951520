#include "rules/support/replicas.h"

#include <string_view>

namespace quaymaster::rules {

const Member* autoscaler_of(const Member& workload, const ObjectSet& set) {
  const kubernetes::Brief& brief = *workload.brief;
  if (brief.name.empty()) return nullptr;
  for (const std::string_view kind : {"HorizontalPodAutoscaler", "ScaledObject"})
    for (const Member* candidate : set.of_kind(kind))
      if (candidate->brief->target_kind == brief.kind && candidate->brief->target_name == brief.name &&
          set.same_namespace(*candidate->brief, brief))
        return candidate;
  return nullptr;
}

std::optional<std::int64_t> least_pods(const Member& workload, const ObjectSet& set) {
  if (const Member* autoscaler = autoscaler_of(workload, set)) return autoscaler->brief->min_replicas;
  return workload.brief->replicas;
}

}  // namespace quaymaster::rules
