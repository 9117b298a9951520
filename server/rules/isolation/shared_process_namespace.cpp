#include <string>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/removal.h"

namespace quaymaster::rules {
extern const Rule shared_process_namespace;
namespace {

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  const std::optional<container::Flag>& shares = workload.share_process_namespace;
  if (!shares || !shares->value) return;
  const bool refused = workload.host_pid && workload.host_pid->value;
  ctx.report({.variant = refused ? "with-host-pid" : "shared",
              .range = shares->key_range,
              .message = refused ? "`shareProcessNamespace` and `hostPID` exclude each other: the API refuses both"
                                 : "the containers of " + quoted(workload.object.name, 20) +
                                       " see, and can end, each other's processes",
              .fixes = removal(*workload.pod_spec.document(), shares->key_range,
                               shares->shared || workload.pod_spec.shared(), "Remove shareProcessNamespace",
                               "A container that signals or watches another one no longer can.")});
}

}  // namespace

constinit const Rule shared_process_namespace = checked({
    .name = "shared-process-namespace",
    .family = Family::Isolation,
    .title = "The containers of a pod share their processes.",
    .consequence =
        "The metrics sidecar is old and has a hole. Whoever comes in reads `/proc/1/root` and `/proc/1/environ` of "
        "the main program: its files and its passwords, though both were in containers of their own.",
    .fine_when = "One container has to signal another one, for example to reload its configuration.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "shared",
                  .summary = "All containers of the pod are in one process namespace.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Kubernetes},
                 {.name = "with-host-pid",
                  .summary = "The pod asks for its own shared processes and for those of the host.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/"},
    .examples = {{"shared", "pod.yaml",
                  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  <|shareProcessNamespace|>: true\n"
                  "  containers:\n    - name: web\n      image: shop:1.4.2\n",
                  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n"
                  "  containers:\n    - name: web\n      image: shop:1.4.2\n"},
                 {"with those of the host", "pod.yaml",
                  "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec: {hostPID: true, "
                  "<|shareProcessNamespace|>: true, containers: [{name: web, image: \"shop:1.4.2\"}]}\n",
                  "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec: {hostPID: true, "
                  "containers: [{name: web, image: \"shop:1.4.2\"}]}\n"},
                 {"not shared", "pod.yaml",
                  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  shareProcessNamespace: false\n"
                  "  containers:\n    - name: web\n      image: shop:1.4.2\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
