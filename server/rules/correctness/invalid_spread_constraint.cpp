#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/count.h"
#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/object.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule invalid_spread_constraint;
namespace {

using kubernetes::Count;
using kubernetes::Setting;

/// One of `topologySpreadConstraints`.
struct Constraint {
  TextRange range;  ///< its first key
  std::optional<Count> skew, domains;
  std::optional<Setting> topology, otherwise;
  bool has_selector = false;
};

std::vector<Constraint> constraints_of(const kubernetes::Workload& workload) {
  std::vector<Constraint> constraints;
  for (const yaml::Element& item : workload.pod_spec.get("topologySpreadConstraints").items()) {
    const std::vector<yaml::Entry> entries = item.value.entries();
    if (entries.empty()) continue;
    const yaml::Value selector = item.value.get("labelSelector");
    constraints.push_back(
        {entries.front().key_range, kubernetes::count_of(item.value, "maxSkew"),
         kubernetes::count_of(item.value, "minDomains"), kubernetes::setting_of(item.value, "topologyKey"),
         kubernetes::setting_of(item.value, "whenUnsatisfiable"), selector.present() && !selector.is_null()});
  }
  return constraints;
}

bool is_placeholder(std::string_view text) { return text.find_first_of("${") != std::string_view::npos; }

void check_number(const std::optional<Count>& number, std::string_view key, RuleContext& ctx) {
  if (number && number->value && *number->value < 1)
    ctx.report({.variant = "refused",
                .range = number->value_range,
                .message = quoted(key) + " has to be 1 or more, not " + quoted(number->text, 12)});
}

void check_constraint(const Constraint& constraint, bool fragment, RuleContext& ctx) {
  check_number(constraint.skew, "maxSkew", ctx);
  check_number(constraint.domains, "minDomains", ctx);
  if (constraint.otherwise && constraint.otherwise->text != "DoNotSchedule" &&
      constraint.otherwise->text != "ScheduleAnyway" && !is_placeholder(constraint.otherwise->text))
    ctx.report({.variant = "malformed",
                .range = constraint.otherwise->value_range,
                .message = "`whenUnsatisfiable` is `DoNotSchedule` or `ScheduleAnyway`"});
  if (fragment) return;
  std::string missing;
  const auto miss = [&missing](bool absent, std::string_view key) {
    if (absent) missing += (missing.empty() ? "`" : ", `") + std::string(key) + "`";
  };
  miss(!constraint.skew, "maxSkew");
  miss(!constraint.topology || constraint.topology->text.empty(), "topologyKey");
  miss(!constraint.otherwise, "whenUnsatisfiable");
  if (!missing.empty())
    ctx.report({.variant = "malformed", .range = constraint.range, .message = "the constraint has no " + missing});
  else if (!constraint.has_selector)
    ctx.report({.variant = "no-selector",
                .range = constraint.range,
                .message = "without a `labelSelector` the constraint counts no pods and spreads nothing"});
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  for (const Constraint& constraint : constraints_of(workload)) check_constraint(constraint, workload.partial, ctx);
}

constexpr StaticList<PresetEntry, kPresetCount> kError = {{Preset::Recommended, Severity::Error},
                                                          {Preset::Strict, Severity::Error}};

}  // namespace

constinit const Rule invalid_spread_constraint = checked({
    .name = "invalid-spread-constraint",
    .family = Family::Correctness,
    .title = "A constraint that should spread the pods does not.",
    .consequence = "The constraint has no `labelSelector`, so it looks at no pods, finds them evenly spread, and lets "
                   "the scheduler "
                   "put all three replicas into one zone, which nobody notices until that zone is away.",
    .fine_when = "Never: it is refused, or does nothing. In a part that others complete, the rest may come later.",
    .variants = {{.name = "refused",
                  .summary = "A number that the API does not take.",
                  .severity = Severity::Error,
                  .presets = kError,
                  .aliases = {{Language::Kubernetes, "kube-score:pod-topology-spread-constraints"}},
                  .languages = Language::Kubernetes},
                 {.name = "malformed",
                  .summary = "A key is missing, or has a word that there is not; the rules of the schema say so, too.",
                  .severity = Severity::Error,
                  .aliases = {{Language::Kubernetes, "kube-score:pod-topology-spread-constraints"}},
                  .languages = Language::Kubernetes},
                 {.name = "no-selector",
                  .summary = "No pods are selected, so nothing is spread.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Kubernetes, "kube-score:pod-topology-spread-constraints"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/"},
    .examples =
        {{"no selector", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop, labels: {app: shop}}\nspec:\n"
          "  topologySpreadConstraints:\n    - <|maxSkew|>: 1\n      topologyKey: kubernetes.io/hostname\n"
          "      whenUnsatisfiable: ScheduleAnyway\n  containers: [{name: web, image: \"shop:1.4.2\"}]\n"},
         {"values that are refused", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop, labels: {app: shop}}\nspec:\n"
          "  topologySpreadConstraints:\n    - maxSkew: <|0|>\n      minDomains: <|0|>\n"
          "      topologyKey: kubernetes.io/hostname\n      whenUnsatisfiable: <|Never|>\n"
          "      labelSelector: {matchLabels: {app: shop}}\n  containers: [{name: web, image: \"shop:1.4.2\"}]\n"},
         {"keys that are missing", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop, labels: {app: shop}}\nspec:\n"
          "  topologySpreadConstraints: [{<|labelSelector|>: {matchLabels: {app: shop}}}]\n"
          "  containers: [{name: web, image: \"shop:1.4.2\"}]\n"},
         {"whole ones", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop, labels: {app: shop}}\nspec:\n"
          "  topologySpreadConstraints:\n    - maxSkew: 1\n      topologyKey: topology.kubernetes.io/zone\n"
          "      whenUnsatisfiable: DoNotSchedule\n      labelSelector: {matchLabels: {app: shop}}\n"
          "    - maxSkew: ${SKEW}\n      topologyKey: ${KEY}\n      whenUnsatisfiable: ${WHAT}\n"
          "      labelSelector: {}\n  containers: [{name: web, image: \"shop:1.4.2\"}]\n"},
         {"a patch", "patch.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  template:\n    spec:\n"
          "      topologySpreadConstraints: [{topologyKey: kubernetes.io/hostname, maxSkew: 2}]\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
