#pragma once
#include "model/kubernetes/kubernetes.h"
#include "rules/in_workspace.h"
#include "rules/rule_context.h"

/// The checks of missing-health-check for containers of pods.
namespace quaymaster::rules {

/// Reports each container that runs as long as its pod and lacks a probe: variants `liveness-probe`, `readiness-probe`,
/// `startup-probe`; or `fragment` for what may be a part that others complete.
void check_probes(const kubernetes::Workload& workload, RuleContext& ctx);

/// Reports pods that a Service sends requests to and that nobody asks whether they are ready: `served-pod`.
void check_served_pods(const KubernetesInWorkspace& in, RuleContext& ctx);

}  // namespace quaymaster::rules
