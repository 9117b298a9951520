#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/object.h"
#include "model/kubernetes/workload.h"
#include "rules/in_workspace.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/object_name.h"
#include "rules/support/object_set.h"
#include "rules/support/served_pods.h"
#include "text/one_of.h"

namespace quaymaster::rules {
extern const Rule interrupting_update;
namespace {

using kubernetes::Object;
using kubernetes::Setting;

bool is_updated(const Object& object) {
  constexpr std::array<std::string_view, 4> kKinds{"Deployment", "DeploymentConfig", "StatefulSet", "DaemonSet"};
  const bool built_in = object.api_version.starts_with("apps") || object.api_version.starts_with("extensions/");
  return built_in && one_of(kKinds, object.kind);
}

/// How the pods are replaced: `strategy` of a Deployment, `updateStrategy` of the others.
yaml::Value strategy_of(const Object& object) {
  return object.value.get({"spec", object.kind.starts_with("Deployment") ? "strategy" : "updateStrategy"});
}

/// A volume that one pod at a time may use has to be let go before the next pod can have it.
bool keeps_a_volume(const Object& object) {
  const std::vector<kubernetes::Volume> volumes =
      kubernetes::volumes_of(object.value.get({"spec", "template", "spec"}), {});
  return std::ranges::any_of(volumes, [](const kubernetes::Volume& volume) {
    return volume.kind == kubernetes::Volume::Kind::PersistentVolumeClaim ||
           volume.kind == kubernetes::Volume::Kind::HostPath;
  });
}

void report(std::string_view variant, const Member& member, const Setting& type, std::string message, bool served,
            RuleContext& ctx) {
  std::vector<std::string_view> aliases{"kube-linter:no-rolling-update-strategy", "kubescape:C-0305"};
  if (served) aliases.emplace_back("kube-score:deployment-strategy");
  ctx.report({.variant = variant,
              .range = type.value_range.shifted(member.begin),
              .message = std::move(message),
              .aliases = std::move(aliases)});
}

void check_object(const Member& member, const ObjectSet& set, RuleContext& ctx) {
  const Object& object = *member.object;
  if (!is_updated(object)) return;
  const std::optional<Setting> type = kubernetes::setting_of(strategy_of(object), "type");
  if (!type || type->text.empty() || type->text.find_first_of("${") != std::string::npos) return;
  if (type->text == "RollingUpdate" || type->text == "Rolling") return;
  const bool served = object.kind == "Deployment" && service_of(member, set) != nullptr;
  if (type->text == "Recreate")
    report(keeps_a_volume(object) ? "recreate-with-volume"
           : served               ? "served"
                                  : "recreate",
           member, *type, name_of(object) + " is away while a new version starts", served, ctx);
  else if (type->text == "OnDelete")
    report("on-delete", member, *type, name_of(object) + " runs the old version until somebody deletes its pods",
           served, ctx);
  else
    report("unknown", member, *type, quoted(type->text, 20) + " is no strategy of a " + object.kind, served, ctx);
}

void check(const KubernetesInWorkspace& in, RuleContext& ctx) {
  for (const Member* member : in.objects.here())
    if (member->object != nullptr) check_object(*member, in.objects, ctx);
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
    .variants = {{.name = "served",
                  .summary = "All old pods end before a new one starts, and a Service sends requests to them.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Kubernetes, "kube-linter:no-rolling-update-strategy"},
                              {Language::Kubernetes, "kube-score:deployment-strategy"},
                              {Language::Kubernetes, "kubescape:C-0305"}},
                  .languages = Language::Kubernetes},
                 {.name = "recreate",
                  .summary = "All old pods end before a new one starts.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-linter:no-rolling-update-strategy"},
                              {Language::Kubernetes, "kubescape:C-0305"}},
                  .languages = Language::Kubernetes},
                 {.name = "recreate-with-volume",
                  .summary = "All old pods end before a new one starts; they have a volume that may demand it.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-linter:no-rolling-update-strategy"},
                              {Language::Kubernetes, "kube-score:deployment-strategy"},
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
         {"where a Service sends requests to", "web.yaml",
          "apiVersion: v1\nkind: Service\nmetadata: {name: shop}\nspec: {selector: {app: shop}}\n---\n"
          "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  strategy: {type: <|Recreate|>}\n"
          "  selector: {matchLabels: {app: shop}}\n  template:\n    metadata: {labels: {app: shop}}\n"
          "    spec: {containers: [{name: web, image: \"shop:1.4.2\"}]}\n"},
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
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
