#include <string_view>
#include <utility>

#include "model/kubernetes/kubernetes.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/sidecars.h"
#include "text/one_of.h"

namespace quaymaster::rules {
extern const Rule sidecar_in_job;
namespace {

/// Helpers that run until they are stopped. Others, such as a synchroniser that is told to run once, may end.
bool runs_on(const container::Container& container) {
  constexpr std::string_view kEnding[] = {"git-sync", "k8s-sidecar"};
  const std::string_view image = container.image ? container.image->reference.base_name() : std::string_view();
  return is_sidecar(container) && !one_of(kEnding, container.name) && !one_of(kEnding, image);
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  const bool job = workload.object.kind == "Job" || workload.object.kind == "CronJob";
  if (!job || workload.partial || workload.custom) return;
  std::size_t others = 0;
  for (const kubernetes::PodContainer& container : workload.containers)
    if (container.container.kind == container::Container::Kind::PodContainer && !runs_on(container.container)) ++others;
  if (others == 0) return;
  for (const kubernetes::PodContainer& container : workload.containers) {
    if (container.ephemeral || container.container.kind != container::Container::Kind::PodContainer) continue;
    // What has a command of its own may be a shell that ends it.
    if (!runs_on(container.container) || container.container.entrypoint() != nullptr) continue;
    Fix fix{"Start it as a sidecar", Applicability::DisplayOnly, {}};
    fix.caveat =
        "Below `initContainers`, with `restartPolicy: Always`, it starts before the others and is stopped when they "
        "are done (Kubernetes 1.29 and later).";
    ctx.report({.range = container.container.name_range,
                .message = "the job is never done, because " + quoted(container.container.name, 28) + " never ends",
                .fixes = {std::move(fix)}});
  }
}

}  // namespace

constinit const Rule sidecar_in_job = checked({
    .name = "sidecar-in-job",
    .family = Family::SingleService,
    .title = "A helper that never ends runs beside the container of a job.",
    .consequence =
        "The report is written in two minutes, and the job runs on for days: the proxy beside it waits for more. The "
        "next run of the CronJob does not start, because `Forbid` says to wait for this one.",
    .fine_when = "The program tells its helper to end when it is done.",
    .variants = {{.severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#sidecar-example"},
    .examples =
        {{"a proxy beside a job", "job.yaml",
          "apiVersion: batch/v1\n"
          "kind: Job\nmetadata:\n  name: report\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n"
          "      containers:\n        - name: report\n          image: shop/report:1.4.2\n"
          "        - name: <|cloud-sql-proxy|>\n          image: gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.14.1\n"},
         {"a sidecar, and a shell that ends it", "job.yaml",
          "apiVersion: batch/v1\n"
          "kind: Job\nmetadata:\n  name: report\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n"
          "      initContainers:\n        - name: envoy\n          image: envoyproxy/envoy:v1.32.1\n"
          "          restartPolicy: Always\n      containers:\n        - name: report\n          image: "
          "shop/report:1.4.2\n"
          "        - name: fluent-bit\n          image: fluent/fluent-bit:3.2.2\n"
          "          command: [sh, -c, \"fluent-bit & until test -f /done; do sleep 1; done\"]\n"},
         {"a service", "deployment.yaml",
          "apiVersion: apps/v1\n"
          "kind: Deployment\nmetadata:\n  name: web\nspec:\n  selector: {matchLabels: {app: web}}\n  template:\n"
          "    metadata: {labels: {app: web}}\n    spec:\n      containers:\n        - name: web\n"
          "          image: shop/web:1.4.2\n        - name: envoy\n          image: envoyproxy/envoy:v1.32.1\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
