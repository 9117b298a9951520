#include "rules/support/missing_probes.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/probes.h"
#include "rules/support/message.h"
#include "rules/support/object_name.h"
#include "rules/support/object_set.h"
#include "rules/support/probed_containers.h"
#include "rules/support/served_pods.h"

namespace quaymaster::rules {
namespace {

/// A probe that a container of a pod can lack.
struct Lacking {
  kubernetes::Probe::Role role;
  std::string_view variant;
  std::string_view message;  ///< follows the container's name
  std::string_view caveat;
  std::vector<std::string_view> aliases;
};

const std::array<Lacking, 3>& lacking() {
  static const std::array<Lacking, 3> kLacking{{
      {kubernetes::Probe::Role::Liveness,
       "liveness-probe",
       " has no liveness probe: if it hangs, nobody starts it anew",
       "It must not ask anything that others answer, or their failure restarts this one.",
       {"kube-linter:no-liveness-probe", "polaris:livenessProbeMissing", "checkov:CKV_K8S_8", "kubescape:C-0056"}},
      {kubernetes::Probe::Role::Readiness,
       "readiness-probe",
       " has no readiness probe: it gets requests before it can answer",
       "It asks for what a client wants to have, by the port that clients use.",
       {"kube-linter:no-readiness-probe", "polaris:readinessProbeMissing", "checkov:CKV_K8S_9", "kubescape:C-0018"}},
      {kubernetes::Probe::Role::Startup,
       "startup-probe",
       " has no startup probe: a slow start may be taken for a failure",
       "It gives the program as long as it needs, and the liveness probe waits for it.",
       {"kube-linter:no-startup-probe"}},
  }};
  return kLacking;
}

void report_fragment(const kubernetes::PodContainer& container, const std::vector<const Lacking*>& lacks,
                     RuleContext& ctx) {
  std::vector<std::string_view> aliases;
  for (const Lacking* each : lacks) aliases.insert(aliases.end(), each->aliases.begin(), each->aliases.end());
  if (lacks.empty()) return;
  ctx.report({.variant = "fragment",
              .range = container.container.name_range,
              .message = quoted(container.container.name, 20) + std::string(lacks.front()->message),
              .aliases = std::move(aliases)});
}

void check_pod_container(const kubernetes::PodContainer& container, RuleContext& ctx) {
  const std::vector<kubernetes::Probe> probes = kubernetes::probes_of(container);
  std::vector<const Lacking*> lacks;
  for (const Lacking& each : lacking())
    if (std::ranges::find(probes, each.role, &kubernetes::Probe::role) == probes.end()) lacks.push_back(&each);
  if (container.container.template_only) return report_fragment(container, lacks, ctx);
  for (const Lacking* each : lacks) {
    // A program that is never asked cannot be asked too early.
    if (each->role == kubernetes::Probe::Role::Startup && probes.empty()) continue;
    ctx.report({.variant = each->variant,
                .range = container.container.name_range,
                .message = quoted(container.container.name, 20) + std::string(each->message),
                .fixes = {{"Add a probe", Applicability::DisplayOnly, {}, std::string(each->caveat)}},
                .aliases = each->aliases});
  }
}

bool asked_whether_ready(const kubernetes::Workload& workload) {
  return std::ranges::any_of(workload.containers, [](const kubernetes::PodContainer& container) {
    const std::vector<kubernetes::Probe> probes = kubernetes::probes_of(container);
    return std::ranges::find(probes, kubernetes::Probe::Role::Readiness, &kubernetes::Probe::role) != probes.end();
  });
}

}  // namespace

void check_probes(const kubernetes::Workload& workload, RuleContext& ctx) {
  if (!runs_for_long(workload)) return;
  for (const kubernetes::PodContainer& container : workload.containers)
    if (runs_with_pod(container)) check_pod_container(container, ctx);
}

void check_served_pods(const KubernetesInWorkspace& in, RuleContext& ctx) {
  for (const Member* member : in.objects.here()) {
    const kubernetes::Workload* workload = member->workload;
    if (workload == nullptr || workload->partial || !runs_for_long(*workload) || asked_whether_ready(*workload))
      continue;
    const Member* service = service_of(*member, in.objects);
    if (service == nullptr) continue;
    ctx.report({.variant = "served-pod",
                .range = workload->object.name_range.shifted(member->begin),
                .message = named(*service->brief) + " sends requests to it before it can answer: no readiness probe"});
  }
}

}  // namespace quaymaster::rules
