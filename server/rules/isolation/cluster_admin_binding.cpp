#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/rbac.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/permissions.h"

namespace quaymaster::rules {
extern const Rule cluster_admin_binding;
namespace {

using kubernetes::Binding;

using RoleKeys = std::set<kubernetes::RoleKey>;

/// The roles of the file that permit everything.
RoleKeys full_roles_of(const kubernetes::File& file) {
  RoleKeys full;
  for (const kubernetes::File::Part& part : file.parts)
    for (const kubernetes::Object& role : part.manifest->objects) {
      const std::optional<std::vector<kubernetes::PolicyRule>> rules = kubernetes::policy_rules_of(role);
      if (rules && grants_everything(*rules)) full.insert(kubernetes::key_of(role));
    }
  return full;
}

std::string subjects_of(const Binding& binding) {
  if (binding.subjects.empty()) return "somebody";
  const std::string others = binding.subjects.size() > 1 ? " and others" : "";
  return quoted(binding.subjects.front().name, 24) + others;
}

std::vector<std::string_view> aliases_of(const kubernetes::Object& object, const Binding& binding) {
  std::vector<std::string_view> aliases;
  if (!is_built_in_name(object.name)) {
    if (binding.cluster_wide)
      aliases.emplace_back("polaris:clusterrolebindingClusterAdmin");
    else if (binding.role_kind == "ClusterRole")
      aliases.emplace_back("polaris:rolebindingClusterAdminClusterRole");
    else
      aliases.emplace_back("polaris:rolebindingClusterAdminRole");
  }
  if (binding.role_name == "cluster-admin") {
    aliases.emplace_back("trivy:KSV-0111");
    if (binding.cluster_wide) aliases.insert(aliases.end(), {"kube-linter:cluster-admin-role-binding"});
    if (binding.cluster_wide && binding.role_kind == "ClusterRole") aliases.emplace_back("kubescape:C-0185");
  }
  return aliases;
}

void check_binding(const kubernetes::Object& object, std::uint32_t begin, const RoleKeys& full, RuleContext& ctx) {
  const std::optional<Binding> binding = kubernetes::binding_of(object);
  if (!binding || object.name.starts_with("system:")) return;
  Report report{.range = binding->role_range.shifted(begin), .aliases = aliases_of(object, *binding)};
  const std::string who = subjects_of(*binding);
  if (binding->role_name == "cluster-admin" && binding->cluster_wide) {
    report.variant = "cluster-admin";
    report.message = who + " may do everything in the cluster";
  } else if (binding->role_name == "cluster-admin" || full.contains(kubernetes::role_key_of(object, *binding))) {
    report.variant = binding->cluster_wide ? "cluster-admin" : "namespace-admin";
    report.message = who + " may do everything" + (binding->cluster_wide ? " in the cluster" : " in the namespace");
  } else if (binding->role_kind == "ClusterRole" && (binding->role_name == "admin" || binding->role_name == "edit")) {
    report.variant = "wide-role";
    report.message = who + " gets the wide role " + quoted(binding->role_name);
    report.aliases = std::vector<std::string_view>{"trivy:KSV-0111"};
  } else {
    return;
  }
  ctx.report(std::move(report));
}

void check_file(const kubernetes::File& file, RuleContext& ctx) {
  const RoleKeys full = full_roles_of(file);
  for (const kubernetes::File::Part& part : file.parts)
    for (const kubernetes::Object& object : part.manifest->objects) check_binding(object, part.begin, full, ctx);
}

}  // namespace

constinit const Rule cluster_admin_binding = checked({
    .name = "cluster-admin-binding",
    .family = Family::Isolation,
    .title = "Somebody is given the right to do everything.",
    .consequence =
        "The CI system deploys with an account that is bound to cluster-admin. A pull request changes the pipeline to "
        "print the token, and who reads the log deletes the namespaces of everybody, or reads their Secrets first.",
    .fine_when = "It is the account of a person on call for emergencies, or of the installer of the cluster itself, "
                 "and the binding is taken back when the work is done.",
    .variants = {{.name = "cluster-admin",
                  .summary = "A ClusterRoleBinding to cluster-admin, or to a role of the file that permits everything.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .aliases = {{Language::Kubernetes, "kube-linter:cluster-admin-role-binding"},
                              {Language::Kubernetes, "polaris:clusterrolebindingClusterAdmin"},
                              {Language::Kubernetes, "trivy:KSV-0111"},
                              {Language::Kubernetes, "kubescape:C-0185"}},
                  .languages = Language::Kubernetes},
                 {.name = "namespace-admin",
                  .summary = "The same within a namespace, by a RoleBinding.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Kubernetes, "polaris:rolebindingClusterAdminClusterRole"},
                              {Language::Kubernetes, "polaris:rolebindingClusterAdminRole"},
                              {Language::Kubernetes, "trivy:KSV-0111"}},
                  .languages = Language::Kubernetes},
                 {.name = "wide-role",
                  .summary = "The roles admin and edit, which change nearly everything.",
                  .severity = Severity::Information,
                  .aliases = {{Language::Kubernetes, "trivy:KSV-0111"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles",
                   "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege"},
    .examples =
        {{"cluster-admin", "binding.yaml",
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: ci\nroleRef:\n"
          "  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: <|cluster-admin|>\nsubjects:\n"
          "  - kind: ServiceAccount\n    name: ci\n    namespace: build\n"},
         {"a role that permits everything", "binding.yaml",
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: all\n  namespace: shop\nrules:\n"
          "  - {apiGroups: ['*'], resources: ['*'], verbs: ['*']}\n---\n"
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: all\n  namespace: shop\n"
          "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: <|all|>}\nsubjects: []\n"},
         {"the role edit", "binding.yaml",
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: team\nroleRef:\n"
          "  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: <|edit|>\nsubjects:\n"
          "  - {kind: Group, name: shop}\n  - {kind: User, name: eve}\n"},
         {"a role of the same name in another namespace", "binding.yaml",
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: all\n  namespace: shop\nrules:\n"
          "  - {apiGroups: ['*'], resources: ['*'], verbs: ['*']}\n---\n"
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: all\n  namespace: blog\n"
          "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: all}\n"},
         {"a narrow role, and what Kubernetes brings along", "binding.yaml",
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: viewers\nroleRef:\n"
          "  {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}\n---\n"
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n"
          "  name: system:controller\nroleRef:\n"
          "  {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
