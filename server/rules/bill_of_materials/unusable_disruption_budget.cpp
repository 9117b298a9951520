#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/kubernetes/budget.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/object_name.h"

namespace quaymaster::rules {
extern const Rule unusable_disruption_budget;
namespace {

using kubernetes::BudgetSettings;
using kubernetes::Count;

/// The fix that lets one pod be away. Not where the budget asks for all by the other key.
std::vector<Fix> letting_one_go(const BudgetSettings& budget) {
  if (!budget.at_most || budget.at_most->shared || budget.spec.shared()) return {};
  std::optional<Edit> edit = yaml::replace_with_plain(budget.at_most->source, "1");
  if (!edit) return {};
  return {
      {"Let one pod be away", Applicability::Unsafe, {*std::move(edit)}, "One pod alone is then away for a while."}};
}

void check_blocking(const kubernetes::Object& object, const BudgetSettings& budget, RuleContext& ctx) {
  if (!kubernetes::allows_nothing(budget)) return;
  const bool by_most = budget.at_most && (budget.at_most->value == 0 || budget.at_most->percent == 0);
  const Count& said = by_most ? *budget.at_most : *budget.at_least;
  std::vector<std::string_view> aliases{"polaris:pdbDisruptionsIsZero"};
  aliases.emplace_back(by_most ? "kube-linter:pdb-max-unavailable" : "kube-linter:pdb-min-available");
  ctx.report({.variant = "blocking",
              .range = said.value_range,
              .message = name_of(object) + " lets no pod be moved: no node can be emptied",
              .fixes = letting_one_go(budget),
              .aliases = std::move(aliases)});
}

void check_object(const kubernetes::Object& object, RuleContext& ctx) {
  const std::optional<BudgetSettings> budget = kubernetes::budget_settings_of(object);
  if (!budget || !budget->spec.is_mapping()) return;
  if (!budget->at_least && !budget->at_most)
    ctx.report({.variant = "no-number",
                .range = object.name_range,
                .message = name_of(object) + " says neither how many pods must run nor how many may be away"});
  if (budget->at_least && budget->at_most)
    ctx.report({.variant = "two-numbers",
                .range = budget->at_most->key_range,
                .message = "`minAvailable` and `maxUnavailable` together are refused",
                .related = {{budget->at_least->key_range, "the other one"}}});
  check_blocking(object, *budget, ctx);
  if (!budget->says_unhealthy)
    ctx.report({.variant = "unhealthy-pods",
                .range = object.name_range,
                .message = name_of(object) + " may keep pods that never became ready on their node"});
}

}  // namespace

constinit const Rule unusable_disruption_budget = checked({
    .name = "unusable-disruption-budget",
    .family = Family::BillOfMaterials,
    .title = "A disruption budget allows everything, or nothing.",
    .consequence =
        "With `maxUnavailable: 0` the pods may not be moved, ever. The upgrade of the cluster stops at the first node "
        "that has one of them, waits for an hour, and somebody deletes the pod by force, without any budget at all.",
    .fine_when = "Moving the pod is a procedure that somebody does by hand, and whoever empties nodes knows it.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "no-number",
                  .summary = "The budget has neither `minAvailable` nor `maxUnavailable`.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Kubernetes, "kube-score:poddisruptionbudget-has-policy"}},
                  .languages = Language::Kubernetes},
                 {.name = "two-numbers",
                  .summary = "The budget has both `minAvailable` and `maxUnavailable`.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = Language::Kubernetes},
                 {.name = "blocking",
                  .summary = "No pod may be away, so that no node can be emptied.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Kubernetes, "kube-linter:pdb-max-unavailable"},
                              {Language::Kubernetes, "kube-linter:pdb-min-available"},
                              {Language::Kubernetes, "polaris:pdbDisruptionsIsZero"}},
                  .languages = Language::Kubernetes},
                 {.name = "unhealthy-pods",
                  .summary = "Pods that are not ready count, so that one that never gets ready blocks its node.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-linter:pdb-unhealthy-pod-eviction-policy"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/tasks/run-application/configure-pdb/"},
    .examples =
        {{"none may be away", "pdb.yaml",
          "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: <|shop|>}\nspec:\n"
          "  maxUnavailable: <|0|> # never\n  selector: {matchLabels: {app: shop}}\n",
          "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: shop}\nspec:\n"
          "  maxUnavailable: 1 # never\n  selector: {matchLabels: {app: shop}}\n"},
         {"all have to be there", "pdb.yaml",
          "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: shop}\nspec: {minAvailable: "
          "\"<|100%|>\", "
          "unhealthyPodEvictionPolicy: AlwaysAllow, selector: {matchLabels: {app: shop}}}\n"},
         {"no number", "pdb.yaml",
          "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: <|shop|>}\nspec:\n"
          "  unhealthyPodEvictionPolicy: AlwaysAllow\n  selector: {matchLabels: {app: shop}}\n"},
         {"two numbers", "pdb.yaml",
          "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: shop}\nspec:\n  minAvailable: 1\n"
          "  <|maxUnavailable|>: 1\n  unhealthyPodEvictionPolicy: IfHealthyBudget\n  selector: {}\n"},
         {"budgets that can be used", "pdb.yaml",
          "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: shop}\nspec:\n  maxUnavailable: 25%\n"
          "  unhealthyPodEvictionPolicy: AlwaysAllow\n  selector: {matchLabels: {app: shop}}\n---\n"
          "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: api}\nspec:\n  minAvailable: ${LEAST}\n"
          "  unhealthyPodEvictionPolicy: AlwaysAllow\n  selector: {matchLabels: {app: api}}\n"}},
    .checks = {on(check_object)},
});

}  // namespace quaymaster::rules
