#include "rules/support/served_pods.h"

namespace quaymaster::rules {

const Member* service_of(const Member& workload, const ObjectSet& set) {
  for (const Member* service : set.of_kind("Service")) {
    const std::optional<kubernetes::LabelSelector>& selector = service->brief->selector;
    if (!selector || selector->empty() || !set.same_namespace(*service->brief, *workload.brief)) continue;
    if (kubernetes::selects(*selector, workload.brief->pod_labels)) return service;
  }
  return nullptr;
}

}  // namespace quaymaster::rules
