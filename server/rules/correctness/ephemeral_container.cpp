#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/removal.h"

namespace quaymaster::rules {
extern const Rule ephemeral_container;
namespace {

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  if (workload.custom) return;
  const std::optional<yaml::Entry> entry = workload.pod_spec.entry("ephemeralContainers");
  if (!entry || !entry->value.is_sequence() || entry->value.items().empty()) return;
  std::vector<Fix> fixes;
  std::optional<Edit> edit = entry->shared || entry->value.shared()
                                 ? std::nullopt
                                 : yaml::remove_at(*workload.pod_spec.document(), entry->key_range);
  if (edit)
    fixes.push_back({"Delete the list", trust_in_removal(*workload.pod_spec.document(), *edit), {*std::move(edit)}});
  ctx.report({.range = entry->key_range,
              .message = "the API server refuses a pod that brings ephemeral containers along",
              .fixes = std::move(fixes)});
}

}  // namespace

constinit const Rule ephemeral_container = checked({
    .name = "ephemeral-container",
    .family = Family::Correctness,
    .title = "A manifest has ephemeral containers, which can only be added to a pod that runs.",
    .consequence =
        "Somebody saved what `kubectl get -o yaml` printed while a colleague was looking into the pod with `kubectl "
        "debug`. Applied, the file is refused: `cannot be set on create`.",
    .fine_when = "Never: the API takes them on the pod's own sub-resource alone.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/"},
    .examples =
        {{"what was looked into", "pod.yaml",
          "apiVersion: v1\n"
          "kind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: shop/web:1.4.2\n"
          "  <|ephemeralContainers|>:\n    - name: debugger-x7k\n      image: busybox:1.37.0\n"
          "  restartPolicy: Always\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n"
          "    - name: web\n      image: shop/web:1.4.2\n  restartPolicy: Always\n"},
         {"none", "pod.yaml",
          "apiVersion: v1\n"
          "kind: Pod\nmetadata:\n  name: web\nspec:\n  ephemeralContainers: []\n  containers:\n    - name: web\n"
          "      image: shop/web:1.4.2\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
