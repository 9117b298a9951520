#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/in_workspace.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule missing_network_policy;
namespace {

using kubernetes::Brief;

bool is_cilium(const Brief& policy) { return policy.api_version.starts_with("cilium.io/"); }

/// What the policies that select the pods of a workload do together.
struct Cover {
  bool any = false, cilium = false;
  bool ingress = false, egress = false;
  bool allows_ingress = false, allows_egress = false;  // with rules, so that it is not all or nothing
};

bool applies(const Brief& policy, const Member& member, const ObjectSet& set) {
  const bool everywhere = policy.kind == "CiliumClusterwideNetworkPolicy";
  if (!everywhere && !set.same_namespace(policy, *member.brief)) return false;
  // Without a selector, or with an empty one, it is about all pods.
  return !policy.selector || kubernetes::selects(*policy.selector, member.brief->pod_labels);
}

Cover cover_of(const Member& member, const ObjectSet& set) {
  Cover cover;
  for (const std::string_view kind : {"NetworkPolicy", "CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"})
    for (const Member* candidate : set.of_kind(kind)) {
      const Brief& policy = *candidate->brief;
      if (!applies(policy, member, set)) continue;
      cover.any = true;
      cover.cilium = cover.cilium || is_cilium(policy);
      cover.ingress = cover.ingress || policy.ingress;
      cover.egress = cover.egress || policy.egress;
      cover.allows_ingress = cover.allows_ingress || policy.allows_ingress;
      cover.allows_egress = cover.allows_egress || policy.allows_egress;
    }
  return cover;
}

void check_workload(const Member& member, const ObjectSet& set, RuleContext& ctx) {
  const Cover cover = cover_of(member, set);
  const TextRange range = member.object->name_range.shifted(member.begin);
  if (!cover.any) {
    // A fragment is laid over an object that may have other labels.
    const bool fragment = !member.workload || member.workload->partial;
    ctx.report({.variant = fragment ? "fragment" : "none",
                .range = range,
                .message = "no network policy is about " + named(*member.brief)});
  } else if (!cover.ingress || !cover.egress) {
    std::vector<std::string_view> aliases{"kube-score:pod-networkpolicy", "polaris:missingNetworkPolicy"};
    if (!cover.cilium) aliases.emplace_back("kubescape:C-0030");
    ctx.report({.variant = "one-direction",
                .range = range,
                .message = "network policies of " + named(*member.brief) + " leave open what " +
                           (cover.ingress ? "goes out" : "comes in"),
                .aliases = std::move(aliases)});
  } else if (!cover.allows_ingress || !cover.allows_egress) {
    ctx.report({.variant = "closed",
                .range = range,
                .message = "network policies of " + named(*member.brief) + " let nothing " +
                           (cover.allows_ingress ? "out" : "in")});
  }
}

void check(const KubernetesInWorkspace& in, RuleContext& ctx) {
  for (const Member* member : in.objects.here())
    if (member->brief->runs_pods && member->brief->pods_known) check_workload(*member, in.objects, ctx);
}

constexpr StaticList<Alias, 24> kAliases{{Language::Kubernetes, "kube-linter:non-isolated-pod"},
                                         {Language::Kubernetes, "kube-score:pod-networkpolicy"},
                                         {Language::Kubernetes, "polaris:missingNetworkPolicy"},
                                         {Language::Kubernetes, "checkov:CKV2_K8S_6"},
                                         {Language::Kubernetes, "kubescape:C-0030"},
                                         {Language::Kubernetes, "kubescape:C-0260"}};

}  // namespace

constinit const Rule missing_network_policy = checked({
    .name = "missing-network-policy",
    .family = Family::Isolation,
    .title = "No network policy limits who talks to the pods, and to whom they talk.",
    .consequence =
        "The image converter has a hole and runs what a visitor uploads. From its pod the database of the shop "
        "answers, "
        "and so does the metadata service of the cloud with the credentials of the node: nothing in the cluster is in "
        "between.",
    .fine_when = "The policies are kept elsewhere, as those of the platform team often are, or the network plugin of "
                 "the cluster "
                 "does not enforce them.",
    .fix = FixAvailability::None,
    .variants = {{.name = "none",
                  .summary = "No policy selects the pods.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = kAliases,
                  .languages = Language::Kubernetes},
                 {.name = "fragment",
                  .summary = "No policy selects the pods of what may be a part of an object.",
                  .severity = Severity::Hint,
                  .aliases = kAliases,
                  .languages = Language::Kubernetes},
                 {.name = "one-direction",
                  .summary = "The policies are about one direction only.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}},
                  .aliases = {{Language::Kubernetes, "kube-score:pod-networkpolicy"},
                              {Language::Kubernetes, "polaris:missingNetworkPolicy"},
                              {Language::Kubernetes, "kubescape:C-0030"}},
                  .languages = Language::Kubernetes},
                 {.name = "closed",
                  .summary = "The policies have no rules for a direction, so that nothing passes.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "polaris:missingNetworkPolicy"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/services-networking/network-policies/",
                   "https://docs.cilium.io/en/stable/security/policy/"},
    .examples =
        {{"no policy", "web.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: <|web|>, labels: {app: web}}\nspec:\n  containers: [{name: web, "
          "image: a}]\n"},
         {.title = "a policy for other pods",
          .path = "web.yaml",
          .before = "apiVersion: v1\nkind: Pod\nmetadata: {name: <|web|>, labels: {app: web}}\nspec:\n  containers: "
                    "[{name: web, image: a}]\n",
          .beside = {{"policy.yaml",
                      "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: db}\nspec: "
                      "{podSelector: {matchLabels: {app: db}}, policyTypes: [Ingress, Egress]}\n"}}},
         {.title = "what goes out is left open",
          .path = "web.yaml",
          .before = "apiVersion: v1\nkind: Pod\nmetadata: {name: <|web|>, labels: {app: web}}\nspec:\n  containers: "
                    "[{name: web, image: a}]\n",
          .beside = {{"policy.yaml",
                      "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: web}\nspec: "
                      "{podSelector: {}, ingress: [{from: [{podSelector: {}}]}]}\n"}}},
         {"a fragment", "patch.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: <|web|>}\nspec: {template: {spec: {containers: "
          "[{name: "
          "web, image: a}]}}}\n"},
         {"nothing passes", "web.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: <|web|>, labels: {app: web}}\nspec:\n  containers: [{name: web, "
          "image: a}]\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: none}\nspec: "
          "{podSelector: {}, policyTypes: [Ingress, Egress]}\n"},
         {"both directions", "web.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec:\n  containers: [{name: web, "
          "image: a}]\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: web}\nspec:\n"
          "  podSelector: {matchLabels: {app: web}}\n  ingress: [{ports: [{port: 80}]}]\n  egress: [{ports: [{port: "
          "53}]}]\n"},
         {"Cilium's", "web.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\nspec:\n  containers: [{name: web, image: "
          "a}]\n---\napiVersion: cilium.io/v2\nkind: CiliumClusterwideNetworkPolicy\nmetadata: {name: all}\nspec:\n"
          "  endpointSelector: {}\n  ingress: [{}]\n  egress: [{}]\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
