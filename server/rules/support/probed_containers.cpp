#include "rules/support/probed_containers.h"

namespace quaymaster::rules {

bool runs_for_long(const kubernetes::Workload& workload) {
  if (workload.custom) return workload.object.kind == "Rollout";
  if (workload.object.kind == "Job" || workload.object.kind == "CronJob" || workload.object.kind == "PodTemplate")
    return false;
  return !workload.restart_policy || workload.restart_policy->text == "Always";
}

bool runs_with_pod(const kubernetes::PodContainer& container) {
  const bool prepares = container.container.kind == container::Container::Kind::InitContainer && !container.sidecar;
  return !prepares && !container.ephemeral;
}

}  // namespace quaymaster::rules
