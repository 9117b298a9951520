#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/object.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule interrupting_update;
namespace {

using kubernetes::Setting;
using kubernetes::Workload;

/// How the pods are replaced: `strategy` of a Deployment, `updateStrategy` of the others.
yaml::Value strategy_of(const Workload& workload) {
  const yaml::Value spec = workload.object.value.get("spec");
  const bool has_strategy = workload.object.kind == "Deployment" || workload.object.kind == "DeploymentConfig";
  return spec.get(has_strategy ? "strategy" : "updateStrategy");
}

bool is_updated(const Workload& workload) {
  const std::string_view kind = workload.object.kind;
  return !workload.custom &&
         (kind == "Deployment" || kind == "DeploymentConfig" || kind == "StatefulSet" || kind == "DaemonSet");
}

/// A claim that one pod at a time may use has to be let go before the next pod can have it.
bool keeps_a_volume(const Workload& workload) {
  return std::ranges::any_of(workload.volumes, [](const kubernetes::Volume& volume) {
    return volume.kind == kubernetes::Volume::Kind::PersistentVolumeClaim ||
           volume.kind == kubernetes::Volume::Kind::HostPath;
  });
}

void check_workload(const Workload& workload, RuleContext& ctx) {
  if (!is_updated(workload)) return;
  const std::optional<Setting> type = kubernetes::setting_of(strategy_of(workload), "type");
  if (!type || type->text.empty() || type->text.find_first_of("${") != std::string::npos) return;
  if (type->text == "RollingUpdate" || type->text == "Rolling") return;
  if (type->text == "Recreate")
    ctx.report({.variant = keeps_a_volume(workload) ? "recreate-with-volume" : "recreate",
                .range = type->value_range,
                .message = quoted(workload.object.name, 28) + " is away while a new version starts"});
  else if (type->text == "OnDelete")
    ctx.report({.variant = "on-delete",
                .range = type->value_range,
                .message = quoted(workload.object.name, 28) + " runs the old version until somebody deletes its pods"});
  else
    ctx.report({.variant = "unknown",
                .range = type->value_range,
                .message = quoted(type->text, 20) + " is no strategy of a " + workload.object.kind});
}

}  // namespace

constinit const Rule interrupting_update = checked({
    .name = "interrupting-update",
    .family = Family::BillOfMaterials,
    .title = "A new version does not take over from the old one step by step.",
    .consequence =
        "With `Recreate` all pods end before the first new one starts. The new image has a typo in its command: the "
        "shop "
        "is down until somebody has noticed and gone back, where a rolling update would have stopped at the first pod.",
    .fine_when =
        "Two versions must not run at the same time: they would share a volume, a lock, or a schema of the database.",
    .variants = {{.name = "recreate",
                  .summary = "All old pods end before a new one starts.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Kubernetes, "kube-linter:no-rolling-update-strategy"},
                              {Language::Kubernetes, "kubescape:C-0305"}},
                  .languages = Language::Kubernetes},
                 {.name = "recreate-with-volume",
                  .summary = "All old pods end before a new one starts; they have a volume that may demand it.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-linter:no-rolling-update-strategy"},
                              {Language::Kubernetes, "kubescape:C-0305"}},
                  .languages = Language::Kubernetes},
                 {.name = "on-delete",
                  .summary = "A pod is replaced when somebody deletes it.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-linter:no-rolling-update-strategy"}},
                  .languages = Language::Kubernetes},
                 {.name = "unknown",
                  .summary = "There is no such strategy.",
                  .severity = Severity::Warning,
                  .aliases = {{Language::Kubernetes, "kube-linter:no-rolling-update-strategy"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy"},
    .examples =
        {{"all at once", "deployment.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  strategy:\n    type: <|Recreate|>\n"
          "  selector: {matchLabels: {app: shop}}\n  template:\n    metadata: {labels: {app: shop}}\n    spec:\n"
          "      containers: [{name: web, image: \"shop:1.4.2\"}]\n"},
         {"with a volume", "deployment.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: wiki}\nspec:\n  strategy: {type: <|Recreate|>}\n"
          "  selector: {matchLabels: {app: wiki}}\n  template:\n    metadata: {labels: {app: wiki}}\n    spec:\n"
          "      containers: [{name: web, image: \"wiki:1.4.2\"}]\n      volumes: [{name: data, "
          "persistentVolumeClaim: {claimName: data}}]\n"},
         {"by hand, and in no way there is", "all.yaml",
          "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: agent}\nspec:\n  updateStrategy: {type: "
          "<|OnDelete|>}\n"
          "  selector: {matchLabels: {app: agent}}\n  template:\n    metadata: {labels: {app: agent}}\n    spec:\n"
          "      containers: [{name: agent, image: \"agent:1.4.2\"}]\n---\n"
          "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  strategy: {type: <|BlueGreen|>}\n"
          "  selector: {matchLabels: {app: shop}}\n  template:\n    metadata: {labels: {app: shop}}\n    spec:\n"
          "      containers: [{name: web, image: \"shop:1.4.2\"}]\n"},
         {"step by step", "all.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  strategy: {type: RollingUpdate}\n"
          "  selector: {matchLabels: {app: shop}}\n  template:\n    metadata: {labels: {app: shop}}\n    spec:\n"
          "      containers: [{name: web, image: \"shop:1.4.2\"}]\n---\n"
          "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: queue}\nspec:\n  updateStrategy: {type: "
          "\"${STRATEGY}\"}\n  selector: {matchLabels: {app: queue}}\n  template:\n    metadata: {labels: {app: "
          "queue}}\n    spec:\n      containers: [{name: queue, image: \"queue:1.4.2\"}]\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
