#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/rbac.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/permissions.h"

namespace quaymaster::rules {
extern const Rule broad_permission;
namespace {

using kubernetes::ListedWord;
using kubernetes::PolicyRule;

/// A permission that comes close to another one that nobody meant to give.
struct Power {
  std::string_view variant;
  std::string_view allows;  ///< what comes of it, behind the name of the role
  Permission permission;
};

constexpr std::string_view kWrite = "create update patch delete deletecollection";
constexpr std::string_view kRbac = "rbac.authorization.k8s.io";

constexpr std::array kPowers{
    Power{"secrets", "may read every Secret", {"core", "secrets", "get list watch", "-"}},
    Power{"secrets", "may change every Secret", {"core", "secrets", kWrite, "-"}},
    Power{"exec",
          "may run commands in containers",
          {"core", "pods/exec pods/attach pods/ephemeralcontainers", "create get"}},
    Power{"exec", "may run commands in containers", {"core", "pods/ephemeralcontainers", "update patch"}},
    Power{"workloads", "may start pods with any account and volume", {"core", "pods replicationcontrollers", kWrite}},
    Power{"workloads",
          "may start pods with any account and volume",
          {"apps batch extensions", "deployments jobs cronjobs statefulsets daemonsets replicasets", kWrite}},
    Power{"escalation", "may take rights that it was not given", {"", "", "bind escalate impersonate", "", true}},
    Power{"escalation", "may take rights that it was not given", {"core", "users groups serviceaccounts", "*"}},
    Power{"escalation",
          "may take rights that it was not given",
          {kRbac, "roles clusterroles rolebindings clusterrolebindings", "patch"}},
    Power{"node-proxy", "may reach the kubelet of every node", {"core", "nodes/proxy", ""}},
    Power{"certificate-approval",
          "may approve certificates for anybody",
          {"certificates.k8s.io", "certificatesigningrequests/approval", "update patch"}},
    Power{"webhook",
          "may read and change all that is applied",
          {"admissionregistration.k8s.io", "mutatingwebhookconfigurations validatingwebhookconfigurations", kWrite}},
    Power{"token", "may make tokens of other accounts", {"core", "serviceaccounts/token", "create"}},
    Power{"volume", "may mount any folder of a node", {"core", "persistentvolumes", "create"}},
    Power{"deletion", "may wipe out traces", {"core", "pods/log events", "delete deletecollection"}},
    Power{"deletion",
          "may delete what others run or keep",
          {"core apps batch", "secrets pods services deployments replicasets daemonsets statefulsets jobs cronjobs",
           "delete deletecollection"}},
    Power{"settings", "may change the settings of programs", {"core", "configmaps", kWrite}},
    Power{"network", "may reroute the traffic of others", {"core", "services endpoints", kWrite}},
    Power{"network", "may reroute the traffic of others", {"", "services/status", kWrite}},
    Power{"network",
          "may reroute the traffic of others",
          {"networking.k8s.io discovery.k8s.io extensions", "endpointslices networkpolicies ingresses", kWrite}},
    Power{"network", "may open tunnels to ports of pods", {"core", "pods/portforward", "create get"}},
};

/// A role in the file, with who holds it.
struct Role {
  const kubernetes::Object& object;
  const std::vector<PolicyRule>& rules;
  Holders holders;
  std::uint32_t begin;  ///< where its document begins in the file
};

void report(const Role& role, std::string_view variant, TextRange range, std::string_view what, RuleContext& ctx) {
  ctx.report({.variant = variant,
              .range = range.shifted(role.begin),
              .message = role.object.kind + " " + quoted(role.object.name, 26) + " " + std::string(what),
              .aliases = permission_aliases(variant, role.object, role.rules, role.holders)});
}

const ListedWord* star_of(const std::vector<ListedWord>& words) {
  const auto found = std::ranges::find(words, "*", &ListedWord::text);
  return found == words.end() ? nullptr : &*found;
}

/// The first `*` of the role, resources before verbs before groups.
const ListedWord* first_star(const std::vector<PolicyRule>& rules) {
  for (const auto part : {&PolicyRule::resources, &PolicyRule::verbs, &PolicyRule::groups})
    for (const PolicyRule& rule : rules)
      if (const ListedWord* star = rule.resources.empty() ? nullptr : star_of(rule.*part)) return star;
  return nullptr;
}

void check_wildcards(const Role& role, RuleContext& ctx) {
  const ListedWord* star = first_star(role.rules);
  if (star == nullptr) return;
  const auto full = std::ranges::find_if(role.rules, [](const PolicyRule& rule) { return grants_everything({rule}); });
  if (full != role.rules.end())
    report(role, "everything", star_of(full->resources)->range, "may do everything to everything", ctx);
  else
    report(role, "wildcard", star->range, "has `*`: also what is only invented later", ctx);
  const auto wide = std::ranges::find_if(role.rules, [](const PolicyRule& rule) { return star_of(rule.resources); });
  if (wide != role.rules.end())
    report(role, "implied", star_of(wide->resources)->range, "reaches Secrets, shells and rights by its `*`", ctx);
}

const ListedWord* place_of(const std::vector<PolicyRule>& rules, const Permission& permission) {
  for (const PolicyRule& rule : rules)
    if (const ListedWord* word = granted_by(rule, permission)) return word;
  return nullptr;
}

void check_powers(const Role& role, RuleContext& ctx) {
  std::string_view reported;  // the powers of a variant follow one another
  for (const Power& power : kPowers) {
    if (power.variant == reported) continue;
    const ListedWord* place = place_of(role.rules, power.permission);
    if (place == nullptr) continue;
    report(role, power.variant, place->range, power.allows, ctx);
    reported = power.variant;
  }
}

void check_file(const kubernetes::File& file, RuleContext& ctx) {
  const HeldRoles held(file);
  for (const kubernetes::File::Part& part : file.parts)
    for (const kubernetes::Object& object : part.manifest->objects) {
      if (is_built_in_name(object.name)) continue;
      const std::optional<std::vector<PolicyRule>> rules = kubernetes::policy_rules_of(object);
      if (!rules) continue;
      const Role role{object, *rules, held.holders_of(object), part.begin};
      check_wildcards(role, ctx);
      check_powers(role, ctx);
    }
}

consteval Alias in_manifests(std::string_view identifier) { return {Language::Kubernetes, identifier}; }

consteval Variant of_strict(std::string_view name, std::string_view summary, StaticList<Alias, 24> aliases) {
  return {.name = name,
          .summary = summary,
          .severity = Severity::Warning,
          .presets = {{Preset::Strict, Severity::Warning}},
          .aliases = aliases,
          .languages = Language::Kubernetes};
}

consteval Variant of_none(std::string_view name, std::string_view summary, StaticList<Alias, 24> aliases) {
  return {.name = name,
          .summary = summary,
          .severity = Severity::Information,
          .aliases = aliases,
          .languages = Language::Kubernetes};
}

consteval StaticList<Alias, 24> of_wildcards(std::string_view alias) {
  return {in_manifests("kube-linter:wildcard-in-rules"),
          in_manifests("checkov:CKV_K8S_49"),
          in_manifests("checkov:CKV_K8S_155"),
          in_manifests("checkov:CKV_K8S_156"),
          in_manifests("checkov:CKV_K8S_157"),
          in_manifests("checkov:CKV_K8S_158"),
          in_manifests("checkov:CKV2_K8S_1"),
          in_manifests("checkov:CKV2_K8S_2"),
          in_manifests("checkov:CKV2_K8S_3"),
          in_manifests("checkov:CKV2_K8S_4"),
          in_manifests("checkov:CKV2_K8S_5"),
          in_manifests("kubescape:C-0187"),
          in_manifests("kubescape:C-0035"),
          in_manifests("trivy:KSV-0045"),
          in_manifests("trivy:KSV-0046"),
          in_manifests("trivy:KSV-0112"),
          in_manifests(alias)};
}

constexpr StaticList<Alias, 24> kImplied = {in_manifests("kubescape:C-0002"),
                                            in_manifests("kubescape:C-0007"),
                                            in_manifests("kubescape:C-0015"),
                                            in_manifests("kubescape:C-0186"),
                                            in_manifests("kubescape:C-0031"),
                                            in_manifests("kubescape:C-0037"),
                                            in_manifests("kubescape:C-0063"),
                                            in_manifests("kubescape:C-0065"),
                                            in_manifests("kubescape:C-0191"),
                                            in_manifests("kubescape:C-0188"),
                                            in_manifests("kubescape:C-0278"),
                                            in_manifests("kubescape:C-0279"),
                                            in_manifests("kubescape:C-0280"),
                                            in_manifests("kubescape:C-0281"),
                                            in_manifests("kubescape:C-0282"),
                                            in_manifests("polaris:rolePodExecAttach"),
                                            in_manifests("polaris:clusterrolePodExecAttach"),
                                            in_manifests("polaris:rolebindingRolePodExecAttach"),
                                            in_manifests("polaris:rolebindingClusterRolePodExecAttach"),
                                            in_manifests("polaris:clusterrolebindingPodExecAttach"),
                                            in_manifests("kube-linter:access-to-secrets"),
                                            in_manifests("kube-linter:access-to-create-pods")};

}  // namespace

constinit const Rule broad_permission = checked({
    .name = "broad-permission",
    .family = Family::Isolation,
    .title = "A role permits more than its holder is likely to need.",
    .consequence =
        "The dashboard runs with a role that may do `*`, since the error messages ended with it. A hole in the "
        "dashboard is found, its token is read from the container, and with it somebody reads all Secrets, starts a "
        "privileged pod on each node, and owns the cluster within a minute.",
    .fine_when =
        "The program administers the cluster: an operator, a backup, a GitOps controller. Even then a list of what "
        "it does is shorter than what `*` gives, and names of objects (`resourceNames`) make it shorter still.",
    .variants =
        {{.name = "everything",
          .summary = "All verbs on all resources of all groups.",
          .severity = Severity::Warning,
          .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
          .aliases = of_wildcards("trivy:KSV-0044"),
          .languages = Language::Kubernetes},
         of_strict("wildcard", "A `*` among the verbs, resources or groups.", of_wildcards("kubescape:C-0187")),
         of_none("implied", "What a resource `*` brings along without naming it: Secrets, shells, rights.", kImplied),
         of_strict("secrets", "Secrets can be read or changed, whatever their names.",
                   {in_manifests("trivy:KSV-0041"), in_manifests("trivy:KSV-0113"), in_manifests("checkov:CKV2_K8S_5"),
                    in_manifests("kubescape:C-0015"), in_manifests("kubescape:C-0186"),
                    in_manifests("kube-linter:access-to-secrets")}),
         of_strict(
             "exec", "Commands can be run in containers, which are then no longer what their image says.",
             {in_manifests("trivy:KSV-0053"), in_manifests("trivy:KSV-0054"), in_manifests("checkov:CKV2_K8S_2"),
              in_manifests("kubescape:C-0002"), in_manifests("polaris:rolePodExecAttach"),
              in_manifests("polaris:clusterrolePodExecAttach"), in_manifests("polaris:rolebindingRolePodExecAttach"),
              in_manifests("polaris:rolebindingClusterRolePodExecAttach"),
              in_manifests("polaris:clusterrolebindingPodExecAttach")}),
         of_none("workloads", "Pods can be started, with any account and volume of their namespace.",
                 {in_manifests("trivy:KSV-0048"), in_manifests("kubescape:C-0188"),
                  in_manifests("kube-linter:access-to-create-pods")}),
         of_strict(
             "escalation", "Rights can be given or taken that the holder does not have.",
             {in_manifests("trivy:KSV-0041"), in_manifests("trivy:KSV-0043"), in_manifests("trivy:KSV-0046"),
              in_manifests("trivy:KSV-0050"), in_manifests("trivy:KSV-0051"), in_manifests("trivy:KSV-0052"),
              in_manifests("trivy:KSV-0055"), in_manifests("trivy:KSV-0112"), in_manifests("trivy:KSV-0113"),
              in_manifests("trivy:KSV-0114"), in_manifests("checkov:CKV_K8S_157"), in_manifests("checkov:CKV_K8S_158"),
              in_manifests("checkov:CKV2_K8S_1"), in_manifests("checkov:CKV2_K8S_3"), in_manifests("kubescape:C-0065"),
              in_manifests("kubescape:C-0191")}),
         of_strict(
             "node-proxy", "The kubelet can be asked through `nodes/proxy`, past the log of the API.",
             {in_manifests("trivy:KSV-0047"), in_manifests("checkov:CKV2_K8S_2"), in_manifests("kubescape:C-0279")}),
         of_strict("certificate-approval", "Certificates can be approved that make somebody anybody.",
                   {in_manifests("checkov:CKV_K8S_156"), in_manifests("kubescape:C-0280")}),
         of_strict(
             "webhook", "Webhooks can be registered that see and change all objects.",
             {in_manifests("trivy:KSV-0114"), in_manifests("checkov:CKV_K8S_155"), in_manifests("kubescape:C-0281")}),
         of_strict("token", "Tokens can be made of other accounts.", {in_manifests("kubescape:C-0282")}),
         of_none("volume", "Volumes can be made of any folder of a node.", {in_manifests("kubescape:C-0278")}),
         of_none("deletion", "Logs, events, Secrets or workloads can be deleted.",
                 {in_manifests("trivy:KSV-0042"), in_manifests("kubescape:C-0031"), in_manifests("kubescape:C-0007")}),
         of_none("settings", "ConfigMaps can be changed, on which programs and DNS rely.",
                 {in_manifests("trivy:KSV-0049"), in_manifests("trivy:KSV-0115"), in_manifests("kubescape:C-0037")}),
         of_none(
             "network", "Services, endpoints and policies can be changed, or ports of pods reached.",
             {in_manifests("trivy:KSV-0056"), in_manifests("checkov:CKV2_K8S_4"), in_manifests("kubescape:C-0063")})},
    .references = {"https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
                   "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-"
                   "bootstrapping"},
    .examples =
        {{"everything", "role.yaml",
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: dashboard\nrules:\n"
          "  - apiGroups: [\"*\"]\n    resources: [\"<|<|*|>|>\"]\n    verbs: [\"*\"]\n"},
         {"a star among the verbs", "role.yaml",
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: web\nrules:\n"
          "  - apiGroups: [shop.eu]\n    resources:\n      - orders\n    verbs:\n      - '<|*|>'\n"},
         {"Secrets of all names", "role.yaml",
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: web\nrules:\n"
          "  - apiGroups: ['']\n    resources: [configmaps, <|secrets|>]\n    verbs: [get]\n"},
         {"one Secret", "role.yaml",
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: web\nrules:\n"
          "  - apiGroups: ['']\n    resources: [secrets]\n    verbs: [get]\n    resourceNames: [web-tls]\n"},
         {"shells", "role.yaml",
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: support\nrules:\n"
          "  - apiGroups: ['']\n    resources:\n      - <|pods/exec|>  # for the night shift\n    verbs:\n      - "
          "create\n"},
         {"pods, and what makes pods", "role.yaml",
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: deployer\nrules:\n"
          "  - apiGroups: [apps]\n    resources: [<|deployments|>]\n    verbs: [get, patch]\n"},
         {"rights beyond one's own", "role.yaml",
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: helpdesk\nrules:\n"
          "  - apiGroups: ['']\n    resources: [users, groups]\n    verbs: [<|impersonate|>]\n"},
         {"doors to nodes, certificates, webhooks, tokens and volumes", "role.yaml",
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: agent\nrules:\n"
          "  - apiGroups: ['']\n    resources: [<|nodes/proxy|>]\n    verbs: [get]\n"
          "  - apiGroups: [certificates.k8s.io]\n    resources: [<|certificatesigningrequests/approval|>]\n"
          "    verbs: [update]\n"
          "  - apiGroups: [admissionregistration.k8s.io]\n    resources: [<|validatingwebhookconfigurations|>]\n"
          "    verbs: [patch]\n"
          "  - apiGroups: ['']\n    resources: [<|serviceaccounts/token|>, <|persistentvolumes|>]\n"
          "    verbs: [create]\n"},
         {"deleting, settings and networks", "role.yaml",
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: janitor\nrules:\n"
          "  - apiGroups: ['']\n    resources: [<|events|>]\n    verbs: [delete]\n"
          "  - apiGroups: ['']\n    resources: [<|configmaps|>, <|services|>]\n    verbs: [update]\n"},
         {"reading what is no secret", "role.yaml",
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: viewer\nrules:\n"
          "  - apiGroups: ['', apps]\n    resources: [pods, services, configmaps, deployments]\n"
          "    verbs: [get, list, watch]\n  - nonResourceURLs: ['/metrics', '*']\n    verbs: ['*']\n"},
         {"roles of Kubernetes itself, and of another API", "role.yaml",
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: system:controller\nrules:\n"
          "  - apiGroups: ['*']\n    resources: ['*']\n    verbs: ['*']\n---\n"
          "apiVersion: iam.shop.eu/v1\nkind: Role\nmetadata:\n  name: all\nrules:\n"
          "  - apiGroups: ['*']\n    resources: ['*']\n    verbs: ['*']\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
