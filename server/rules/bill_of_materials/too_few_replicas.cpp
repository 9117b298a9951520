#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/autoscaler.h"
#include "model/kubernetes/kubernetes.h"
#include "model/yaml/edit.h"
#include "rules/in_workspace.h"
#include "rules/rule_context.h"
#include "rules/support/object_name.h"
#include "rules/support/object_set.h"
#include "rules/support/replicas.h"
#include "rules/support/served_pods.h"
#include "text/one_of.h"

namespace quaymaster::rules {
extern const Rule too_few_replicas;
namespace {

using kubernetes::Count;

constexpr std::array<std::string_view, 3> kKinds{"Deployment", "StatefulSet", "DeploymentConfig"};

std::string pods(std::int64_t count) { return count == 1 ? "one pod" : std::to_string(count) + " pods"; }

std::vector<Fix> raising(const Member& member, std::string_view key, const std::optional<Count>& written,
                         std::string caveat) {
  const yaml::Value spec = member.object->value.get("spec");
  if (spec.shared() || !spec.is_mapping() || (written && written->shared)) return {};
  std::optional<Edit> edit = written ? yaml::replace_with_plain(written->source, "2")
                                     : yaml::insert(spec.place(), {key}, yaml::NewValue::plain("2"));
  if (!edit) return {};
  edit->range = edit->range.shifted(member.begin);
  return {{"Run two", Applicability::Unsafe, {*std::move(edit)}, std::move(caveat)}};
}

std::string_view variant_of(const kubernetes::Workload& workload, std::int64_t count, bool served) {
  if (workload.partial) return "fragment";
  if (count == 2) return "two";
  if (workload.object.kind == "StatefulSet") return "stateful";
  return served ? "served" : "one";
}

void check_workload(const Member& member, const ObjectSet& set, RuleContext& ctx) {
  const kubernetes::Workload& workload = *member.workload;
  if (workload.custom || !one_of(kKinds, workload.object.kind) || autoscaler_of(member, set) != nullptr) return;
  const std::optional<Count> written = kubernetes::count_of(workload.object.value.get("spec"), "replicas");
  // Nobody knows what a placeholder is; none at all is a workload that is switched off.
  if (written && (!written->value || *written->value <= 0)) return;
  const std::int64_t count = written ? *written->value : 1;
  if (count > 2) return;
  const bool served = service_of(member, set) != nullptr;
  const bool deployment = workload.object.kind == "Deployment";
  std::vector<std::string_view> aliases{"kube-linter:minimum-three-replicas"};
  if (count < 2 && deployment) aliases.emplace_back("polaris:deploymentMissingReplicas");
  if (count < 2 && deployment && served) aliases.emplace_back("kube-score:deployment-replicas");
  const std::string_view variant = variant_of(workload, count, served);
  std::vector<Fix> fixes;
  if (variant != "fragment" && variant != "two")
    fixes = raising(member, "replicas", written,
                    "A program that keeps something in memory or in a volume of its own may not bear a second one.");
  ctx.report({.variant = variant,
              .range = (written ? written->value_range : workload.object.name_range).shifted(member.begin),
              .message = name_of(workload.object) + " runs " + pods(count) +
                         (count == 1 ? ": nobody answers while it is moved" : ": with one away, one is left"),
              .fixes = std::move(fixes),
              .aliases = std::move(aliases)});
}

void check_autoscaler(const Member& member, RuleContext& ctx) {
  const kubernetes::Object& object = *member.object;
  const std::optional<kubernetes::AutoscalerSettings> scaler = kubernetes::autoscaler_settings_of(object);
  if (!scaler || scaler->to_zero) return;
  const std::optional<Count>& least = scaler->least;
  if (least && !least->value) return;
  const std::int64_t count = least ? *least->value : 1;
  if (count > 2) return;
  std::vector<std::string_view> aliases{"kube-linter:hpa-minimum-three-replicas"};
  if (count < 2) {
    aliases.emplace_back("kube-score:horizontalpodautoscaler-replicas");
    if (least) aliases.emplace_back("polaris:hpaMinAvailability");
  }
  ctx.report({.variant = count == 2 ? "autoscaler-to-two" : "autoscaler-to-one",
              .range = (least ? least->value_range : object.name_range).shifted(member.begin),
              .message = name_of(object) + " goes down to " + pods(count) + " when there is little to do",
              .fixes = count == 2
                           ? std::vector<Fix>{}
                           : raising(member, "minReplicas", least, "The second one costs its requests at night, too."),
              .aliases = std::move(aliases)});
}

void check(const KubernetesInWorkspace& in, RuleContext& ctx) {
  for (const Member* member : in.objects.here()) {
    if (member->workload != nullptr) check_workload(*member, in.objects, ctx);
    if (member->object != nullptr) check_autoscaler(*member, ctx);
  }
}

}  // namespace

constinit const Rule too_few_replicas = checked({
    .name = "too-few-replicas",
    .family = Family::BillOfMaterials,
    .title = "So few pods run that there may be none.",
    .consequence =
        "The cluster is brought up to date, node by node, at eleven in the morning. The only pod is ended on its node "
        "and pulled and started on another one; for a minute and a half the shop answers 503.",
    .fine_when =
        "Nobody waits for an answer, the program must not run twice, or it is a cluster for trying things out.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "served",
                  .summary = "A Deployment that a Service sends requests to runs one pod.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Kubernetes, "kube-linter:minimum-three-replicas"},
                              {Language::Kubernetes, "kube-score:deployment-replicas"},
                              {Language::Kubernetes, "polaris:deploymentMissingReplicas"}},
                  .languages = Language::Kubernetes},
                 {.name = "one",
                  .summary = "A Deployment runs one pod.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-linter:minimum-three-replicas"},
                              {Language::Kubernetes, "polaris:deploymentMissingReplicas"}},
                  .languages = Language::Kubernetes},
                 {.name = "stateful",
                  .summary = "A StatefulSet runs one pod.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-linter:minimum-three-replicas"}},
                  .languages = Language::Kubernetes},
                 {.name = "two",
                  .summary = "Two pods run: while one is moved, the other is alone.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-linter:minimum-three-replicas"}},
                  .languages = Language::Kubernetes},
                 {.name = "autoscaler-to-one",
                  .summary = "An autoscaler goes down to one pod.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Kubernetes, "kube-linter:hpa-minimum-three-replicas"},
                              {Language::Kubernetes, "kube-score:horizontalpodautoscaler-replicas"},
                              {Language::Kubernetes, "polaris:hpaMinAvailability"}},
                  .languages = Language::Kubernetes},
                 {.name = "autoscaler-to-two",
                  .summary = "An autoscaler goes down to two pods.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-linter:hpa-minimum-three-replicas"}},
                  .languages = Language::Kubernetes},
                 {.name = "fragment",
                  .summary = "No more than two pods are asked for here, in what may be a part that others complete.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-linter:minimum-three-replicas"},
                              {Language::Kubernetes, "polaris:deploymentMissingReplicas"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/workloads/pods/disruptions/",
                   "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#replicas"},
    .examples =
        {{"one, as nothing else is said", "deployment.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: <|shop|>\nspec:\n  # how many?\n  selector: "
          "{matchLabels: {app: "
          "shop}}\n  template:\n    metadata: {labels: {app: shop}}\n    spec:\n"
          "      containers: [{name: web, image: \"shop:1.4.2\"}]\n",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop\nspec:\n  # how many?\n  selector: "
          "{matchLabels: {app: "
          "shop}}\n  replicas: 2\n  template:\n    metadata: {labels: {app: shop}}\n    spec:\n"
          "      containers: [{name: web, image: \"shop:1.4.2\"}]\n"},
         {"one, in so many words", "deployment.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  replicas: <|1|> # for now\n"
          "  selector: {matchLabels: {app: shop}}\n  template:\n    metadata: {labels: {app: shop}}\n    spec:\n"
          "      containers: [{name: web, image: \"shop:1.4.2\"}]\n",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  replicas: 2 # for now\n"
          "  selector: {matchLabels: {app: shop}}\n  template:\n    metadata: {labels: {app: shop}}\n    spec:\n"
          "      containers: [{name: web, image: \"shop:1.4.2\"}]\n"},
         {.title = "one that a Service sends requests to",
          .path = "web.yaml",
          .before = "apiVersion: v1\nkind: Service\nmetadata: {name: shop}\nspec: {selector: {app: shop}}\n---\n"
                    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  replicas: <|1|>\n"
                    "  selector: {matchLabels: {app: shop}}\n  template:\n    metadata: {labels: {app: shop}}\n"
                    "    spec: {containers: [{name: web, image: \"shop:1.4.2\"}]}\n",
          .after = "apiVersion: v1\nkind: Service\nmetadata: {name: shop}\nspec: {selector: {app: shop}}\n---\n"
                   "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  replicas: 2\n"
                   "  selector: {matchLabels: {app: shop}}\n  template:\n    metadata: {labels: {app: shop}}\n"
                   "    spec: {containers: [{name: web, image: \"shop:1.4.2\"}]}\n"},
         {.title = "an autoscaler decides",
          .path = "web.yaml",
          .before = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n"
                    "  selector: {matchLabels: {app: shop}}\n  template:\n    metadata: {labels: {app: shop}}\n"
                    "    spec: {containers: [{name: web, image: \"shop:1.4.2\"}]}\n",
          .beside = {{"scaler.yaml",
                      "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: shop}\nspec:\n"
                      "  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}\n  minReplicas: 3\n"
                      "  maxReplicas: 9\n"}}},
         {"two", "stateful.yaml",
          "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: queue}\nspec:\n  replicas: <|2|>\n"
          "  selector: {matchLabels: {app: queue}}\n  template:\n    metadata: {labels: {app: queue}}\n    spec:\n"
          "      containers: [{name: queue, image: \"queue:1.4.2\"}]\n"},
         {"one with a volume of its own", "stateful.yaml",
          "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: queue}\nspec:\n  replicas: <|1|>\n"
          "  selector: {matchLabels: {app: queue}}\n  template:\n    metadata: {labels: {app: queue}}\n    spec:\n"
          "      containers: [{name: queue, image: \"queue:1.4.2\"}]\n",
          "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: queue}\nspec:\n  replicas: 2\n"
          "  selector: {matchLabels: {app: queue}}\n  template:\n    metadata: {labels: {app: queue}}\n    spec:\n"
          "      containers: [{name: queue, image: \"queue:1.4.2\"}]\n"},
         {"autoscalers", "scalers.yaml",
          "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: shop}\nspec: {minReplicas: "
          "<|1|>, maxReplicas: 9}\n---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: "
          "api}\nspec: {minReplicas: <|2|>, maxReplicas: 9}\n",
          "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: shop}\nspec: {minReplicas: "
          "2, maxReplicas: 9}\n---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: "
          "api}\nspec: {minReplicas: 2, maxReplicas: 9}\n"},
         {"a patch", "patch.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  replicas: <|2|>\n  template: {spec: "
          "{containers: []}}\n"},
         {"none, three, and a placeholder", "all.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  replicas: 0\n"
          "  selector: {matchLabels: {app: a}}\n  template: {spec: {containers: [{name: a, image: "
          "\"a:1.4.2\"}]}}\n---\n"
          "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: b}\nspec:\n  replicas: 3\n"
          "  selector: {matchLabels: {app: b}}\n  template: {spec: {containers: [{name: b, image: "
          "\"b:1.4.2\"}]}}\n---\n"
          "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: c}\nspec:\n  replicas: ${COUNT}\n"
          "  selector: {matchLabels: {app: c}}\n  template: {spec: {containers: [{name: c, image: "
          "\"c:1.4.2\"}]}}\n---\n"
          "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: d}\nspec: {minReplicaCount: 0}\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
