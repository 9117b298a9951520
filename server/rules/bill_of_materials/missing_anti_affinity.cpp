#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/anti_affinity.h"
#include "model/kubernetes/kubernetes.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule missing_anti_affinity;
namespace {

constexpr std::array<std::string_view, 5> kTopologies{
    "kubernetes.io/hostname", "topology.kubernetes.io/zone", "topology.kubernetes.io/region",
    "failure-domain.beta.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/region"};
constexpr std::array<std::string_view, 5> kReplicated{"Deployment", "StatefulSet", "ReplicaSet",
                                                      "ReplicationController", "DeploymentConfig"};

bool keeps_apart(const kubernetes::AntiAffinityTerm& term, const kubernetes::Labels& labels,
                 const std::string& own_namespace) {
  if (!term.selects || std::ranges::find(kTopologies, term.topology_key) == kTopologies.end()) return false;
  const bool in_own = term.namespaces.empty() || term.other_namespaces ||
                      std::ranges::find(term.namespaces, own_namespace) != term.namespaces.end();
  return in_own && (term.selector.unknown || kubernetes::selects(term.selector, labels));
}

std::vector<std::string_view> aliases_for(const kubernetes::Workload& workload, bool replicated) {
  std::vector<std::string_view> aliases;
  if (replicated) aliases.emplace_back("kube-linter:no-anti-affinity");
  if (workload.object.kind == "Deployment") aliases.emplace_back("kube-score:deployment-has-host-podantiaffinity");
  if (workload.object.kind == "StatefulSet") aliases.emplace_back("kube-score:statefulset-has-host-podantiaffinity");
  return aliases;
}

void check(const kubernetes::Workload& workload, RuleContext& ctx) {
  if (std::ranges::find(kReplicated, workload.object.kind) == kReplicated.end()) return;
  if (workload.replicas && workload.replicas->value < 2) return;
  if (kubernetes::has_spread_constraints(workload.pod_spec)) return;
  const kubernetes::Labels labels = kubernetes::labels_of(workload.pod_metadata.get("labels"));
  const std::string own_namespace = workload.object.namespace_name.value_or("default");
  const std::vector<kubernetes::AntiAffinityTerm> terms = kubernetes::anti_affinity_of(workload.pod_spec);
  if (std::ranges::any_of(terms, [&](const auto& term) { return keeps_apart(term, labels, own_namespace); })) return;
  const bool replicated = workload.replicas.has_value();
  // A fragment may be laid over an object that says it.
  ctx.report({.variant = replicated && !workload.partial ? "replicated" : "default",
              .range = replicated ? workload.replicas->value_range : workload.object.name_range,
              .message = "all pods of " + workload.object.kind + " " + quoted(workload.object.name, 24) +
                         " may stand on one node",
              .aliases = aliases_for(workload, replicated)});
}

}  // namespace

constinit const Rule missing_anti_affinity = checked({
    .name = "missing-anti-affinity",
    .family = Family::BillOfMaterials,
    .title = "The replicas of a workload may all stand on one node.",
    .consequence =
        "Three replicas were started when one node had room for all of them. Its power supply fails at night, and the "
        "service that was to survive exactly that is gone until the pods are up elsewhere.",
    .fine_when = "The scheduler of the cluster spreads pods by default constraints, or several pods are there for the "
                 "load only.",
    .fix = FixAvailability::None,
    .variants = {{.name = "replicated",
                  .summary = "Several replicas are asked for, and nothing keeps them apart.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Kubernetes, "kube-linter:no-anti-affinity"},
                              {Language::Kubernetes, "kube-score:deployment-has-host-podantiaffinity"},
                              {Language::Kubernetes, "kube-score:statefulset-has-host-podantiaffinity"}},
                  .languages = Language::Kubernetes},
                 {.name = "default",
                  .summary = "Nothing would keep replicas apart, and their number is not known.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-linter:no-anti-affinity"},
                              {Language::Kubernetes, "kube-score:deployment-has-host-podantiaffinity"},
                              {Language::Kubernetes, "kube-score:statefulset-has-host-podantiaffinity"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/"
                   "#affinity-and-anti-affinity",
                   "https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/"},
    .examples =
        {{"three replicas", "web.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: <|3|>\n  selector: "
          "{matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec:\n      containers: "
          "[{name: web, image: a}]\n"},
         {"apart from others only", "web.yaml",
          "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: <|web|>}\nspec:\n  serviceName: web\n  selector: "
          "{matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec:\n      affinity:\n"
          "        podAntiAffinity:\n          requiredDuringSchedulingIgnoredDuringExecution:\n            - "
          "{topologyKey: "
          "kubernetes.io/hostname, labelSelector: {matchLabels: {app: db}}}\n            - {topologyKey: "
          "kubernetes.io/hostname, namespaces: [other], labelSelector: {matchLabels: {app: web}}}\n      containers: "
          "[{name: web, image: a}]\n"},
         {"apart if it can be", "web.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 3\n  selector: "
          "{matchLabels: "
          "{app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec:\n      affinity:\n"
          "        podAntiAffinity:\n          preferredDuringSchedulingIgnoredDuringExecution:\n            - weight: "
          "100\n"
          "              podAffinityTerm: {topologyKey: kubernetes.io/hostname, labelSelector: {matchExpressions: "
          "[{key: "
          "app, operator: In, values: [web]}]}}\n      containers: [{name: web, image: a}]\n"},
         {"spread over the zones", "web.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 3\n  selector: "
          "{matchLabels: "
          "{app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec:\n      topologySpreadConstraints: "
          "[{maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: ScheduleAnyway, labelSelector: "
          "{matchLabels: {app: web}}}]\n      containers: [{name: web, image: a}]\n"},
         {"one pod", "web.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 1\n  selector: "
          "{matchLabels: "
          "{app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec:\n      containers: [{name: web, "
          "image: "
          "a}]\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
