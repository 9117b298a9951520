#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/object.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/object_name.h"
#include "text/one_of.h"

namespace quaymaster::rules {
extern const Rule unplaced_pod;
namespace {

using kubernetes::Workload;

constexpr Option<StringList> kPriorityClasses{
    "priority-classes", {"system-cluster-critical", "system-node-critical"}, "Priority classes that pods may have."};

void check_priority(const Workload& workload, RuleContext& ctx) {
  const std::optional<kubernetes::Setting>& priority = workload.priority_class;
  if (!priority || priority->text.empty())
    ctx.report({.variant = "no-priority",
                .range = workload.object.name_range,
                .message = name_of(workload.object) + " has no priority class: it is as important as all others"});
  else if (priority->text.find_first_of("${") == std::string::npos &&
           !one_of(ctx.get(kPriorityClasses), priority->text))
    ctx.report({.variant = "other-priority",
                .range = priority->value_range,
                .message = "the priority class " + quoted(priority->text, 32) + " is not one of those agreed on"});
}

/// Whether the option is `ndots`, and says 2.
bool looks_up_short_names_first(const yaml::Element& option) {
  return option.value.get("name").string() == "ndots" && option.value.get("value").string() == "2";
}

bool is_spread(const Workload& workload) { return !workload.pod_spec.get("topologySpreadConstraints").items().empty(); }

void check_workload(const Workload& workload, RuleContext& ctx) {
  check_priority(workload, ctx);
  const yaml::Value node_affinity = workload.pod_spec.get({"affinity", "nodeAffinity"});
  if (!node_affinity.present() || node_affinity.is_null())
    ctx.report({.variant = "no-node-affinity",
                .range = workload.object.name_range,
                .message = name_of(workload.object) + " does not say which nodes it wants"});
  const std::vector<yaml::Element> options = workload.pod_spec.get({"dnsConfig", "options"}).items();
  if (std::ranges::none_of(options, looks_up_short_names_first))
    ctx.report(
        {.variant = "search-domains",
         .range = workload.object.name_range,
         .message = name_of(workload.object) + " looks outside names up in each search domain first (`ndots` is 5)"});
  const std::string_view kind = workload.object.kind;
  constexpr std::array<std::string_view, 3> kSpread{"Deployment", "StatefulSet", "ReplicaSet"};
  if (one_of(kSpread, kind) && !is_spread(workload))
    ctx.report(
        {.variant = "not-spread",
         .range = workload.object.name_range,
         .message = name_of(workload.object) + " does not say that its pods are to be spread over nodes or zones"});
}

}  // namespace

constinit const Rule unplaced_pod = checked({
    .name = "unplaced-pod",
    .family = Family::BillOfMaterials,
    .title = "It is left to the cluster how important the pods are, and where they run.",
    .consequence =
        "The nodes are full, and the scheduler has to choose who waits. The shop and the nightly report have no "
        "priority, so the report keeps its place, and the pods of the shop that were moved stay Pending.",
    .fine_when =
        "Nearly always: the defaults of the scheduler are good. These are for clusters with rules of their own.",
    .options = {kPriorityClasses},
    .variants = {{.name = "no-priority",
                  .summary = "The pods have no priority class.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "polaris:priorityClassNotSet"}},
                  .languages = Language::Kubernetes},
                 {.name = "other-priority",
                  .summary = "The pods have a priority class that is not one of those agreed on.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-linter:priority-class-name"}},
                  .languages = Language::Kubernetes},
                 {.name = "no-node-affinity",
                  .summary = "The pods do not say which nodes they want.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-linter:no-node-affinity"}},
                  .languages = Language::Kubernetes},
                 {.name = "search-domains",
                  .summary = "Names of the outside are looked up in each search domain first.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-linter:dnsconfig-options"}},
                  .languages = Language::Kubernetes},
                 {.name = "not-spread",
                  .summary = "The pods do not say that they are to be spread.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "polaris:topologySpreadConstraint"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/",
                   "https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config",
                   "https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/"},
    .examples =
        {{"nothing is said", "deployment.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: <|<|<|<|shop|>|>|>|>}\nspec:\n"
          "  selector: {matchLabels: {app: shop}}\n  template:\n    metadata: {labels: {app: shop}}\n    spec:\n"
          "      containers: [{name: web, image: \"shop:1.4.2\"}]\n"},
         {.title = "another class than agreed on",
          .path = "pod.yaml",
          .before = "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  priorityClassName: <|high|>\n"
                    "  affinity: {nodeAffinity: {}}\n  dnsConfig: {options: [{name: ndots, value: \"2\"}]}\n"
                    "  containers: [{name: web, image: \"shop:1.4.2\"}]\n",
          .options = "priority-classes: [shop]"},
         {"all is said", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  priorityClassName: system-cluster-critical\n"
          "  affinity: {nodeAffinity: {}}\n  dnsConfig: {options: [{name: ndots, value: \"2\"}]}\n"
          "  containers: [{name: web, image: \"shop:1.4.2\"}]\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
