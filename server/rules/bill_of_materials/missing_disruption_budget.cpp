#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/in_workspace.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/replicas.h"

namespace quaymaster::rules {
extern const Rule missing_disruption_budget;
namespace {

bool has_budget(const Member& member, const ObjectSet& set) {
  return std::ranges::any_of(set.of_kind("PodDisruptionBudget"), [&](const Member* budget) {
    const auto& selector = budget->brief->selector;
    // One that is not known may well be the one.
    return selector && set.same_namespace(*budget->brief, *member.brief) &&
           (selector->unknown || kubernetes::selects(*selector, member.brief->pod_labels));
  });
}

std::string_view variant_for(const Member& member, const ObjectSet& set) {
  const std::optional<std::int64_t> least = least_pods(member, set);
  // A fragment is laid over an object that may have other labels.
  const bool fragment = !member.workload || member.workload->partial;
  if (!least) return "default";
  if (*least < 2) return "single";
  return fragment ? "default" : "replicated";
}

void check(const KubernetesInWorkspace& in, RuleContext& ctx) {
  for (const Member* member : in.objects.here()) {
    const kubernetes::Brief& brief = *member->brief;
    const bool deployment = brief.kind == "Deployment";
    if ((!deployment && brief.kind != "StatefulSet") || !brief.pods_known || has_budget(*member, in.objects)) continue;
    const std::string_view variant = variant_for(*member, in.objects);
    if (variant == "single" && !deployment) continue;
    std::vector<std::string_view> aliases;
    if (deployment) aliases.emplace_back("polaris:missingPodDisruptionBudget");
    if (variant != "single")
      aliases.emplace_back(deployment ? "kube-score:deployment-has-poddisruptionbudget"
                                      : "kube-score:statefulset-has-poddisruptionbudget");
    ctx.report({.variant = variant,
                .range = member->object->name_range.shifted(member->begin),
                .message = "no disruption budget is about " + named(brief),
                .aliases = std::move(aliases)});
  }
}

constexpr StaticList<Alias, 24> kAliases{{Language::Kubernetes, "polaris:missingPodDisruptionBudget"},
                                         {Language::Kubernetes, "kube-score:deployment-has-poddisruptionbudget"},
                                         {Language::Kubernetes, "kube-score:statefulset-has-poddisruptionbudget"}};

}  // namespace

constinit const Rule missing_disruption_budget = checked({
    .name = "missing-disruption-budget",
    .family = Family::BillOfMaterials,
    .title = "Nothing says how many pods of the workload may be taken away at once.",
    .consequence =
        "The nodes are upgraded one after the other. Both replicas happen to stand on the same one, it is drained, and "
        "the shop is gone for the two minutes until new pods are ready: nobody had told the drain to leave one.",
    .fine_when = "A short absence hurts nobody, or the budget is kept with the other settings of the cluster.",
    .fix = FixAvailability::None,
    .variants = {{.name = "replicated",
                  .summary = "A workload that is meant to have several pods has no budget.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = kAliases,
                  .languages = Language::Kubernetes},
                 {.name = "default",
                  .summary = "A workload has no budget, and it is not known how many pods it has.",
                  .severity = Severity::Hint,
                  .aliases = kAliases,
                  .languages = Language::Kubernetes},
                 {.name = "single",
                  .summary = "A Deployment with one pod has no budget.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "polaris:missingPodDisruptionBudget"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/tasks/run-application/configure-pdb/",
                   "https://kubernetes.io/docs/concepts/workloads/pods/disruptions/"},
    .examples =
        {{"two replicas", "web.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: <|web|>}\nspec:\n  replicas: 2\n  selector: "
          "{matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: "
          "web, image: a}]}\n---\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: db}\nspec: "
          "{minAvailable: 1, selector: {matchLabels: {app: db}}}\n"},
         {.title = "an autoscaler keeps two",
          .path = "web.yaml",
          .before = "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: <|web|>}\nspec:\n  serviceName: web\n"
                    "  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: "
                    "{containers: [{name: web, image: a}]}\n",
          .beside = {{"hpa.yaml",
                      "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\n"
                      "spec: {scaleTargetRef: {kind: StatefulSet, name: web}, minReplicas: 2, maxReplicas: "
                      "5}\n"}}},
         {"one pod, or who knows how many", "web.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: <|one|>}\nspec:\n  replicas: 1\n  selector: "
          "{matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: "
          "web, image: a}]}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: <|web|>}\nspec:\n  selector: "
          "{matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: "
          "web, image: a}]}\n"},
         {.title = "a budget",
          .path = "web.yaml",
          .before =
              "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 2\n  selector: "
              "{matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web, tier: front}}\n    spec: "
              "{containers: [{name: web, image: a}]}\n",
          .beside = {{"budget.yaml",
                      "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: web}\nspec: "
                      "{minAvailable: 1, selector: {matchExpressions: [{key: app, operator: In, values: "
                      "[web]}]}}\n"}}},
         {"no workload of that kind", "agent.yaml",
          "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: agent}\nspec:\n  selector: {matchLabels: {app: a}}\n"
          "  template:\n    metadata: {labels: {app: a}}\n    spec: {containers: [{name: a, image: a}]}\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
