#include <algorithm>
#include <string>
#include <vector>

#include "model/kubernetes/probes.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/probed_containers.h"

namespace quaymaster::rules {
extern const Rule identical_probes;
namespace {

using kubernetes::Probe;

void check_container(const kubernetes::PodContainer& container, RuleContext& ctx) {
  const std::vector<Probe> probes = kubernetes::probes_of(container);
  const auto liveness = std::ranges::find(probes, Probe::Role::Liveness, &Probe::role);
  const auto readiness = std::ranges::find(probes, Probe::Role::Readiness, &Probe::role);
  if (liveness == probes.end() || readiness == probes.end()) return;
  if (liveness->action.empty() || liveness->action != readiness->action) return;
  ctx.report({.range = liveness->key_range,
              .message = quoted(container.container.name, 24) +
                         " is restarted by the same question that only takes it out of service",
              .related = {{readiness->key_range, "the same question"}}});
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  for (const kubernetes::PodContainer& container : workload.containers)
    if (runs_with_pod(container)) check_container(container, ctx);
}

}  // namespace

constinit const Rule identical_probes = checked({
    .name = "identical-probes",
    .family = Family::BillOfMaterials,
    .title = "The liveness probe and the readiness probe ask the same.",
    .consequence =
        "The database is slow for a minute, and `/health` waits for it. Readiness takes the pods out of service, which "
        "is right. Liveness asks the same and restarts all of them; they come up cold, at once, and ask the slow "
        "database for everything they had in memory.",
    .fine_when =
        "The answer depends on nothing but the process itself, and the liveness probe forgives more failures than the "
        "readiness probe.",
    .variants = {{.severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Kubernetes, "kube-score:pod-probes-identical"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/workloads/pods/probes/"},
    .examples =
        {{"the same path and port, with a default written or not", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      ports: [{name: http, containerPort: 8080}]\n      <|livenessProbe|>:\n"
          "        httpGet: {port: http}\n        failureThreshold: 5\n      readinessProbe:\n"
          "        httpGet: {port: http, path: /, scheme: HTTP}\n"},
         {"the same command", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      <|livenessProbe|>: {exec: {command: [check, --all]}}\n"
          "      readinessProbe: {exec: {command: [check, --all]}}\n"},
         {"two questions", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      livenessProbe: {httpGet: {port: admin, path: /health}}\n"
          "      readinessProbe: {httpGet: {port: http, path: /health}}\n    - name: cache\n      image: cache:7.4.1\n"
          "      livenessProbe: {tcpSocket: {port: 6379}}\n      startupProbe: {tcpSocket: {port: 6379}}\n"},
         {"no question yet", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      livenessProbe: {}\n      readinessProbe: {}\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
