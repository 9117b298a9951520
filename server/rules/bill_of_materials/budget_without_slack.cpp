#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/budget.h"
#include "rules/in_workspace.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/replicas.h"

namespace quaymaster::rules {
extern const Rule budget_without_slack;
namespace {

using kubernetes::BudgetSettings;
using kubernetes::Count;

/// How many of `pods` a budget keeps: a number, or a share, rounded up.
std::optional<std::int64_t> kept_of(const Count& count, std::int64_t pods) {
  constexpr std::int64_t kMost = 1'000'000;
  if (count.value) return count.value;
  if (!count.percent || *count.percent > kMost || pods > kMost) return std::nullopt;
  return (*count.percent * pods + 99) / 100;
}

std::vector<std::string_view> aliases_for(bool scaled, std::int64_t kept, std::int64_t pods) {
  if (!scaled) return {"kube-linter:pdb-min-available"};
  if (kept > pods) return {"polaris:pdbMinAvailableGreaterThanHPAMinReplicas"};
  return {};
}

void check_budget(const Member& member, const BudgetSettings& budget, const ObjectSet& set, RuleContext& ctx) {
  if (!member.brief->selector || !budget.at_least) return;
  for (const Member* workload : set.selected(*member.brief->selector, *member.brief)) {
    const std::optional<std::int64_t> pods = least_pods(*workload, set);
    const std::optional<std::int64_t> kept = pods ? kept_of(*budget.at_least, *pods) : std::nullopt;
    // What asks for all, however many they are, is wrong by itself.
    if (!kept || *pods == 0 || *kept < *pods || (*kept == *pods && kubernetes::allows_nothing(budget))) continue;
    // One pod with a budget of one is a decision: nobody is to take it away unasked.
    ctx.report(
        {.variant = *pods == 1 ? "single" : "replicated",
         .range = budget.at_least->value_range.shifted(member.begin),
         .message = named(*workload->brief) + " may have " + std::to_string(*pods) + " pods, and none of them may go",
         .aliases = aliases_for(autoscaler_of(*workload, set) != nullptr, *kept, *pods)});
    return;
  }
}

void check(const KubernetesInWorkspace& in, RuleContext& ctx) {
  for (const Member* member : in.objects.here()) {
    if (member->brief->kind != "PodDisruptionBudget") continue;
    if (const std::optional<BudgetSettings> budget = kubernetes::budget_settings_of(*member->object))
      check_budget(*member, *budget, in.objects, ctx);
  }
}

constexpr StaticList<Alias, 24> kAliases{{Language::Kubernetes, "kube-linter:pdb-min-available"},
                                         {Language::Kubernetes, "polaris:pdbMinAvailableGreaterThanHPAMinReplicas"}};

}  // namespace

constinit const Rule budget_without_slack = checked({
    .name = "budget-without-slack",
    .family = Family::BillOfMaterials,
    .title = "A disruption budget wants as many pods as there are.",
    .consequence = "The cluster is upgraded on Sunday. The drain of the first node waits for a pod that the budget "
                   "does not let go, "
                   "an hour later it gives up, and on Monday half of the nodes run the old version.",
    .fine_when = "Nobody is to take away a pod without asking, and whoever drains a node knows.",
    .fix = FixAvailability::None,
    .variants = {{.name = "replicated",
                  .summary = "The workload has several pods, and the budget lets none of them go.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = kAliases,
                  .languages = Language::Kubernetes},
                 {.name = "single",
                  .summary = "The workload has one pod, and the budget does not let it go.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = kAliases,
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/tasks/run-application/configure-pdb/",
                   "https://kubernetes.io/docs/tasks/administer-cluster/safely-drain-node/"},
    .examples =
        {{.title = "two of two",
          .path = "budget.yaml",
          .before = "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: web}\nspec:\n  minAvailable: "
                    "<|2|>\n  selector: {matchLabels: {app: web}}\n",
          .beside = {{"web.yaml",
                      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 2, "
                      "selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: "
                      "{containers: [{name: w, image: a}]}}}\n"}}},
         {"more than an autoscaler keeps", "web.yaml",
          "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: web}\nspec:\n  minAvailable: "
          "\"<|150%|>\"\n"
          "  selector: {matchLabels: {app: web}}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n"
          "spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: "
          "[{name: w, image: a}]}}}\n---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: "
          "web}\nspec: {scaleTargetRef: {kind: Deployment, name: web}, minReplicas: 2, maxReplicas: 5}\n"},
         {"the only one", "web.yaml",
          "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: web}\nspec:\n  minAvailable: <|1|>\n"
          "  selector: {matchLabels: {app: web}}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n"
          "spec: {replicas: 1, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: "
          "{containers: [{name: w, image: a}]}}}\n"},
         {"one may go", "web.yaml",
          "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: web}\nspec:\n  minAvailable: 50%\n"
          "  selector: {matchLabels: {app: web}}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n"
          "spec: {replicas: 2, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: "
          "{containers: [{name: w, image: a}]}}}\n"},
         {"nobody knows how many there are", "web.yaml",
          "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: web}\nspec:\n  minAvailable: 2\n"
          "  selector: {matchLabels: {app: web}}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n"
          "spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: "
          "[{name: w, image: a}]}}}\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
