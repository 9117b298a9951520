#include "rules/support/permissions.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>

namespace quaymaster::rules {
namespace {

using kubernetes::ListedWord;
using kubernetes::PolicyRule;

bool lists(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const std::size_t end = words.find(' ');
    if (words.substr(0, end) == word) return true;
    words = end == std::string_view::npos ? std::string_view() : words.substr(end + 1);
  }
  return false;
}

const ListedWord* first_listed(const std::vector<ListedWord>& written, std::string_view words) {
  const auto found =
      std::ranges::find_if(written, [&](const ListedWord& word) { return words.empty() || lists(words, word.text); });
  return found == written.end() ? nullptr : &*found;
}

const ListedWord* first_verb(const std::vector<ListedWord>& written, const Permission& permission) {
  const ListedWord* named = first_listed(written, permission.verbs);
  return named != nullptr || permission.named_verb ? named : first_listed(written, "*");
}

bool has_group(const PolicyRule& rule, std::string_view groups) {
  return groups.empty() || std::ranges::any_of(rule.groups, [&](const ListedWord& group) {
           return group.text == "*" || lists(groups, group.text.empty() ? "core" : std::string_view(group.text));
         });
}

bool has_name(const PolicyRule& rule, std::string_view name) {
  if (name == "-") return rule.names.empty();
  return name.empty() || kubernetes::has_word(rule.names, name);
}

bool grants(const std::vector<PolicyRule>& rules, const Permission& permission) {
  return std::ranges::any_of(rules, [&](const PolicyRule& rule) { return granted_by(rule, permission) != nullptr; });
}

/// Who has to have the role, in the file, for another linter to report it.
enum class Need : std::uint8_t {
  Nothing,
  Role,             ///< that it is one
  ClusterRole,      ///< that it is one
  Bound,            ///< by anybody
  Account,          ///< by a ServiceAccount or a node
  RoleInNamespace,  ///< a Role, through a RoleBinding
  ClusterRoleInNamespace,
  ClusterRoleEverywhere,
};

bool holds(Need need, const kubernetes::Object& role, const Holders& holders) {
  const bool cluster_role = role.kind == "ClusterRole";
  switch (need) {
    case Need::Nothing: return true;
    case Need::Role: return !cluster_role;
    case Need::ClusterRole: return cluster_role;
    case Need::Bound: return holders.any;
    case Need::Account: return holders.account;
    case Need::RoleInNamespace: return !cluster_role && holders.in_namespace;
    case Need::ClusterRoleInNamespace: return cluster_role && holders.in_namespace;
    case Need::ClusterRoleEverywhere: return cluster_role && holders.cluster_wide;
  }
  return false;
}

/// A check of another linter: all of its permissions, be it in different rules of the role.
struct PeerCheck {
  std::string_view variants;  ///< of broad-permission
  std::string_view alias;
  Need need;
  Permission permission;
  std::optional<Permission> second = std::nullopt;
};

constexpr std::string_view kWrite = "create update patch delete deletecollection impersonate";
constexpr std::string_view kManage = "get list watch create update patch delete deletecollection impersonate";
constexpr std::string_view kRbac = "rbac.authorization.k8s.io";
constexpr std::string_view kPodKinds =
    "pods deployments jobs cronjobs statefulsets daemonsets replicasets replicationcontrollers";
constexpr std::string_view kWebhooks = "mutatingwebhookconfigurations validatingwebhookconfigurations";
constexpr std::string_view kVerbStars =
    "secrets pods deployments jobs cronjobs statefulsets daemonsets replicasets replicationcontrollers roles "
    "rolebindings clusterroles clusterrolebindings users groups";
constexpr std::string_view kExec = "pods/exec pods/attach";

constexpr PeerCheck kPeers[] = {
    // wildcards
    {"everything wildcard", "kube-linter:wildcard-in-rules", Need::Nothing, {"", "*", ""}},
    {"everything wildcard", "kube-linter:wildcard-in-rules", Need::Nothing, {"", "", "*"}},
    {"everything wildcard", "checkov:CKV_K8S_49", Need::Nothing, {}},
    {"everything wildcard", "kubescape:C-0187", Need::Nothing, {"", "", "*"}},
    {"everything wildcard", "kubescape:C-0187", Need::Nothing, {"", "*", ""}},
    {"everything", "kubescape:C-0035", Need::Nothing, {"", "*", "*"}},
    {"wildcard", "kubescape:C-0035", Need::Nothing, {"", "*", "*"}},
    {"everything", "trivy:KSV-0044", Need::Nothing, {}},
    {"wildcard", "trivy:KSV-0045", Need::Nothing, {"", kVerbStars, "*"}},
    {"everything wildcard escalation", "trivy:KSV-0046", Need::ClusterRole, {"", "*", kManage}},
    {"everything wildcard escalation", "trivy:KSV-0112", Need::Role, {"", "*", kManage}},
    // what wildcards bring along
    {"implied", "kubescape:C-0002", Need::Nothing, {"core", "*", "create get"}},
    {"implied", "kubescape:C-0007", Need::Nothing, {"", "*", "delete deletecollection"}},
    {"implied", "kubescape:C-0015", Need::Nothing, {"core", "*", "get list watch"}},
    {"implied", "kubescape:C-0186", Need::Nothing, {"core", "*", "get list watch"}},
    {"implied", "kubescape:C-0031", Need::Nothing, {"core", "*", "delete deletecollection"}},
    {"implied", "kubescape:C-0037", Need::Nothing, {"core", "*", "update patch"}},
    {"implied", "kubescape:C-0063", Need::Nothing, {"core", "*", "create get"}},
    {"implied", "kubescape:C-0065", Need::Nothing, {"", "*", "impersonate"}},
    {"implied", "kubescape:C-0191", Need::Nothing, {"", "*", "impersonate bind escalate"}},
    {"implied", "kubescape:C-0188", Need::Nothing, {"core", "*", "create"}},
    {"implied", "kubescape:C-0278", Need::Nothing, {"core", "*", "create"}},
    {"implied", "kubescape:C-0279", Need::Nothing, {"core", "*", "get create"}},
    {"implied", "kubescape:C-0280", Need::Nothing, {"certificates.k8s.io", "*", "update patch"}},
    {"implied", "kubescape:C-0281", Need::Nothing, {"admissionregistration.k8s.io", "*", kWrite}},
    {"implied", "kubescape:C-0282", Need::Nothing, {"core", "*", "create"}},
    {"implied", "polaris:rolePodExecAttach", Need::Role, {"core", "*", "get create"}},
    {"implied", "polaris:clusterrolePodExecAttach", Need::ClusterRole, {"core", "*", "get create"}},
    {"implied", "polaris:rolebindingRolePodExecAttach", Need::RoleInNamespace, {"core", "*", "get create"}},
    {"implied",
     "polaris:rolebindingClusterRolePodExecAttach",
     Need::ClusterRoleInNamespace,
     {"core", "*", "get create"}},
    {"implied", "polaris:clusterrolebindingPodExecAttach", Need::ClusterRoleEverywhere, {"core", "*", "get create"}},
    {"implied", "kube-linter:access-to-secrets", Need::Bound, {"", "*", "get list watch create delete"}},
    {"implied", "kube-linter:access-to-create-pods", Need::Bound, {"", "*", "create"}},
    {"everything wildcard",
     "checkov:CKV_K8S_155",
     Need::ClusterRole,
     {"admissionregistration.k8s.io", "*", "create update patch"}},
    {"everything wildcard",
     "checkov:CKV_K8S_156",
     Need::ClusterRole,
     {"certificates.k8s.io", "*", "update patch"},
     Permission{"certificates.k8s.io", "*", "approve"}},
    {"everything wildcard", "checkov:CKV_K8S_157", Need::Nothing, {kRbac, "*", "bind"}},
    {"everything wildcard", "checkov:CKV_K8S_158", Need::Nothing, {kRbac, "*", "escalate"}},
    {"everything wildcard", "checkov:CKV2_K8S_1", Need::Account, {kRbac, "*", "bind create"}},
    {"everything wildcard", "checkov:CKV2_K8S_2", Need::Account, {"core", "*", "create"}},
    {"everything wildcard", "checkov:CKV2_K8S_3", Need::Account, {"core", "*", "impersonate"}},
    {"everything wildcard", "checkov:CKV2_K8S_4", Need::Account, {"", "*", "update patch"}},
    {"everything wildcard", "checkov:CKV2_K8S_5", Need::Account, {"core", "*", "get list watch"}},
    // secrets
    {"secrets escalation", "trivy:KSV-0041", Need::ClusterRole, {"core", "secrets", kManage}},
    {"secrets escalation", "trivy:KSV-0113", Need::Role, {"core", "secrets", kManage}},
    {"secrets", "checkov:CKV2_K8S_5", Need::Account, {"core", "secrets", "get list watch"}},
    {"secrets", "kubescape:C-0015", Need::Nothing, {"core", "secrets", "get list watch"}},
    {"secrets", "kubescape:C-0186", Need::Nothing, {"core", "secrets", "get list watch"}},
    {"secrets", "kube-linter:access-to-secrets", Need::Bound, {"", "secrets", "get list watch create delete"}},
    // commands in containers
    {"exec", "trivy:KSV-0053", Need::Nothing, {"core", "pods/exec", "create"}},
    {"exec", "trivy:KSV-0054", Need::Nothing, {"core", "pods/attach", "create"}, Permission{"core", "pods", "get"}},
    {"exec", "checkov:CKV2_K8S_2", Need::Account, {"core", "pods/exec", "create"}},
    {"exec", "kubescape:C-0002", Need::Nothing, {"core", "pods/exec", "create get"}},
    {"exec", "polaris:rolePodExecAttach", Need::Role, {"core", kExec, "get create"}},
    {"exec", "polaris:clusterrolePodExecAttach", Need::ClusterRole, {"core", kExec, "get create"}},
    {"exec", "polaris:rolebindingRolePodExecAttach", Need::RoleInNamespace, {"core", kExec, "get create"}},
    {"exec",
     "polaris:rolebindingClusterRolePodExecAttach",
     Need::ClusterRoleInNamespace,
     {"core", kExec, "get create"}},
    {"exec", "polaris:clusterrolebindingPodExecAttach", Need::ClusterRoleEverywhere, {"core", kExec, "get create"}},
    // pods of one's own
    {"workloads", "trivy:KSV-0048", Need::Nothing, {"", kPodKinds, kWrite}},
    {"workloads", "kubescape:C-0188", Need::Nothing, {"core", "pods", "create"}},
    {"workloads",
     "kube-linter:access-to-create-pods",
     Need::Bound,
     {"", "pods deployments statefulsets replicasets cronjobs jobs daemonsets", "create"}},
    // more rights than one has
    {"escalation", "trivy:KSV-0043", Need::Nothing, {"core", "groups", "impersonate"}},
    {"escalation", "trivy:KSV-0050", Need::Nothing, {kRbac, "roles rolebindings", "escalate bind impersonate"}},
    {"escalation",
     "trivy:KSV-0051",
     Need::Nothing,
     {kRbac, "rolebindings", "create"},
     Permission{kRbac, "roles clusterroles", "bind"}},
    {"escalation",
     "trivy:KSV-0052",
     Need::Nothing,
     {kRbac, "clusterrolebindings", "create"},
     Permission{kRbac, "roles clusterroles", "bind"}},
    {"escalation",
     "trivy:KSV-0055",
     Need::Nothing,
     {kRbac, "rolebindings", "patch"},
     Permission{kRbac, "rolebindings", "get"}},
    {"escalation", "trivy:KSV-0114", Need::Nothing, {"admissionregistration.k8s.io", kWebhooks, kWrite}},
    {"escalation", "checkov:CKV_K8S_157", Need::Nothing, {kRbac, "rolebindings clusterrolebindings *", "bind"}},
    {"escalation", "checkov:CKV_K8S_158", Need::Nothing, {kRbac, "roles clusterroles *", "escalate"}},
    {"escalation", "checkov:CKV2_K8S_1", Need::Account, {kRbac, "rolebindings clusterrolebindings *", "bind"}},
    {"escalation", "checkov:CKV2_K8S_3", Need::Account, {"core", "users groups serviceaccounts *", "impersonate"}},
    {"escalation", "kubescape:C-0065", Need::Nothing, {"", "users groups serviceaccounts *", "impersonate"}},
    {"escalation", "kubescape:C-0191", Need::Nothing, {"", "", "impersonate bind escalate"}},
    // the rest
    {"node-proxy", "trivy:KSV-0047", Need::Nothing, {"core", "nodes/proxy", "get create"}},
    {"node-proxy", "checkov:CKV2_K8S_2", Need::Account, {"core", "nodes/proxy", "create"}},
    {"node-proxy", "kubescape:C-0279", Need::Nothing, {"core", "nodes/proxy", ""}},
    {"certificate-approval",
     "checkov:CKV_K8S_156",
     Need::ClusterRole,
     {"certificates.k8s.io", "certificatesigningrequests/approval *", "update patch"},
     Permission{"certificates.k8s.io", "signers *", "approve"}},
    {"certificate-approval", "kubescape:C-0280", Need::Nothing, {}},
    {"webhook", "trivy:KSV-0114", Need::Nothing, {}},
    {"webhook",
     "checkov:CKV_K8S_155",
     Need::ClusterRole,
     {"admissionregistration.k8s.io", kWebhooks, "create update patch"}},
    {"webhook", "kubescape:C-0281", Need::Nothing, {}},
    {"token", "kubescape:C-0282", Need::Nothing, {}},
    {"volume", "kubescape:C-0278", Need::Nothing, {}},
    {"deletion", "trivy:KSV-0042", Need::Nothing, {"core", "pods/log", "delete deletecollection"}},
    {"deletion", "kubescape:C-0031", Need::Nothing, {"", "events", "delete deletecollection"}},
    {"deletion",
     "kubescape:C-0007",
     Need::Nothing,
     {"", "secrets pods services deployments replicasets daemonsets statefulsets jobs cronjobs",
      "delete deletecollection"}},
    {"settings", "trivy:KSV-0049", Need::Nothing, {}},
    {"settings", "trivy:KSV-0115", Need::Nothing, {"core", "configmaps", kWrite, "aws-auth"}},
    {"settings", "kubescape:C-0037", Need::Nothing, {"core", "configmaps", "update patch"}},
    {"network",
     "trivy:KSV-0056",
     Need::Nothing,
     {"", "services endpoints endpointslices networkpolicies ingresses", kWrite}},
    {"network", "checkov:CKV2_K8S_4", Need::Account, {"", "services/status", "update patch"}},
    {"network", "kubescape:C-0063", Need::Nothing, {"core", "pods/portforward", "create get"}},
};

bool is_node(const kubernetes::Subject& subject) {
  return (subject.kind == "User" && subject.name.starts_with("system:node:")) ||
         (subject.kind == "Group" && subject.name == "system:nodes");
}

void add_binding(const kubernetes::Object& object, const kubernetes::Binding& binding, Holders& holders) {
  holders.any = true;
  holders.account = holders.account || std::ranges::any_of(binding.subjects, [](const auto& subject) {
                      return subject.kind == "ServiceAccount" || is_node(subject);
                    });
  if (is_built_in_name(object.name)) return;
  holders.cluster_wide = holders.cluster_wide || binding.cluster_wide;
  holders.in_namespace = holders.in_namespace || !binding.cluster_wide;
}

}  // namespace

const ListedWord* granted_by(const PolicyRule& rule, const Permission& permission) {
  if (!has_group(rule, permission.groups) || !has_name(rule, permission.names)) return nullptr;
  const ListedWord* resource = first_listed(rule.resources, permission.resources);
  if (resource == nullptr || permission.verbs.empty()) return resource;
  const ListedWord* verb = first_verb(rule.verbs, permission);
  return verb != nullptr && !permission.resources.empty() ? resource : verb;
}

bool grants_everything(const std::vector<PolicyRule>& rules) {
  constexpr std::string_view kAll[] = {"get", "list", "watch", "create", "update", "patch", "delete"};
  return std::ranges::any_of(rules, [&](const PolicyRule& rule) {
    const bool all_verbs =
        kubernetes::has_word(rule.verbs, "*") ||
        std::ranges::all_of(kAll, [&](std::string_view verb) { return kubernetes::has_word(rule.verbs, verb); });
    return all_verbs && rule.names.empty() && kubernetes::has_word(rule.groups, "*") &&
           kubernetes::has_word(rule.resources, "*");
  });
}

bool is_built_in_name(std::string_view name) {
  constexpr std::string_view kNames[] = {"cluster-admin", "admin", "edit"};
  return name.starts_with("system:") || name.starts_with("gce:podsecuritypolicy:") ||
         std::ranges::find(kNames, name) != std::end(kNames);
}

HeldRoles::HeldRoles(const kubernetes::File& file) {
  for (const kubernetes::File::Part& part : file.parts)
    for (const kubernetes::Object& object : part.manifest->objects)
      if (const std::optional<kubernetes::Binding> binding = kubernetes::binding_of(object))
        add_binding(object, *binding, holders_[kubernetes::role_key_of(object, *binding)]);
}

Holders HeldRoles::holders_of(const kubernetes::Object& role) const {
  const auto found = holders_.find(kubernetes::key_of(role));
  return found == holders_.end() ? Holders() : found->second;
}

std::vector<std::string_view> permission_aliases(std::string_view variant, const kubernetes::Object& role,
                                                 const std::vector<PolicyRule>& rules, const Holders& holders) {
  std::vector<std::string_view> aliases;
  for (const PeerCheck& peer : kPeers) {
    if (!lists(peer.variants, variant) || !holds(peer.need, role, holders)) continue;
    if (!grants(rules, peer.permission) || (peer.second && !grants(rules, *peer.second))) continue;
    if (std::ranges::find(aliases, peer.alias) == aliases.end()) aliases.push_back(peer.alias);
  }
  return aliases;
}

}  // namespace quaymaster::rules
