#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/rbac.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/removal.h"
#include "text/one_of.h"

namespace quaymaster::rules {
extern const Rule binding_for_everybody;
namespace {

/// A name of Kubernetes that stands for many.
struct Crowd {
  std::string_view kind;
  std::string_view name;
  std::string_view variant;
  std::string_view who;
};

constexpr std::array kCrowds{
    Crowd{"User", "system:anonymous", "anonymous", "whoever reaches the API, without logging in,"},
    Crowd{"Group", "system:unauthenticated", "anonymous", "whoever reaches the API, without logging in,"},
    Crowd{"Group", "system:authenticated", "authenticated", "everybody with any account"},
    Crowd{"Group", "system:serviceaccounts", "authenticated", "every pod of the cluster"},
    Crowd{"Group", "system:masters", "masters", "a group that no rule can restrict"},
    Crowd{"ServiceAccount", "default", "default-account", "each pod of the namespace without an account"},
};

// https://kubernetes.io/docs/reference/access-authn-authz/rbac/#discovery-roles
constexpr std::array<std::string_view, 3> kForAll{"system:basic-user", "system:discovery", "system:public-info-viewer"};

/// Whether Kubernetes itself makes this binding, of what is meant for all.
bool is_built_in(const kubernetes::Binding& binding, const kubernetes::Subject& subject) {
  return binding.role_kind == "ClusterRole" && one_of(kForAll, binding.role_name) && subject.kind == "Group" &&
         (subject.name == "system:authenticated" || subject.name == "system:unauthenticated");
}

/// The namespace whose accounts are the group `subject`; empty for all else.
std::string_view namespace_of(const kubernetes::Subject& subject) {
  constexpr std::string_view kAccounts = "system:serviceaccounts:";
  const std::string_view name = subject.name;
  return subject.kind == "Group" && name.starts_with(kAccounts) ? name.substr(kAccounts.size()) : std::string_view();
}

void report(const kubernetes::Object& object, const kubernetes::Binding& binding, const kubernetes::Subject& subject,
            Report finding, RuleContext& ctx) {
  finding.range = subject.name_range;
  finding.message += " gets the role " + quoted(binding.role_name, 26);
  finding.fixes = removal(*object.value.document(), subject.range, subject.shared, "Take the role from them",
                          "Who relied on it is refused from then on.");
  ctx.report(std::move(finding));
}

void check_object(const kubernetes::Object& object, RuleContext& ctx) {
  const std::optional<kubernetes::Binding> binding = kubernetes::binding_of(object);
  if (!binding) return;
  for (const kubernetes::Subject& subject : binding->subjects) {
    if (is_built_in(*binding, subject)) continue;
    if (const std::string_view accounts = namespace_of(subject); !accounts.empty()) {
      report(object, *binding, subject,
             {.variant = "default-account",
              .message = "every pod of the namespace " + quoted(accounts, 20),
              .aliases = std::vector<std::string_view>{}},
             ctx);
      continue;
    }
    const auto* crowd = std::ranges::find_if(
        kCrowds, [&](const Crowd& known) { return known.kind == subject.kind && known.name == subject.name; });
    if (crowd != kCrowds.end())
      report(object, *binding, subject, {.variant = crowd->variant, .message = std::string(crowd->who)}, ctx);
  }
}

}  // namespace

constinit const Rule binding_for_everybody = checked({
    .name = "binding-for-everybody",
    .family = Family::Isolation,
    .title = "A role is given to a crowd instead of to an account of its own.",
    .consequence =
        "To make a monitoring page work, `system:anonymous` was bound to a role that reads pods. The API server is "
        "on the internet; a search engine for such servers lists it within the week, with the names and environments "
        "of all programs.",
    .fine_when = "The role opens what is meant for all: health checks, the version, the list of APIs.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "anonymous",
                  .summary = "Everybody who reaches the API server, without logging in.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .aliases = {{Language::Kubernetes, "trivy:KSV-0122"},
                              {Language::Kubernetes, "kubescape:C-0262"},
                              {Language::Kubernetes, "kubesec:BindingsToSystemAnonymous"}},
                  .languages = Language::Kubernetes},
                 {.name = "authenticated",
                  .summary = "Everybody with any account, or every pod of the cluster.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Kubernetes, "trivy:KSV-01011"}, {Language::Kubernetes, "kubescape:C-0265"}},
                  .languages = Language::Kubernetes},
                 {.name = "masters",
                  .summary = "The group system:masters, for which no permission is ever checked.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Kubernetes, "trivy:KSV-0123"}},
                  .languages = Language::Kubernetes},
                 {.name = "default-account",
                  .summary =
                      "The account `default`, which each pod of a namespace has that names none, or all accounts of a "
                      "namespace.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Kubernetes, "checkov:CKV_K8S_42"},
                              {Language::Kubernetes, "kubescape:C-0225"},
                              {Language::Kubernetes, "kubescape:C-0239"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/reference/access-authn-authz/rbac/#discovery-roles",
                   "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
                   "https://kubernetes.io/docs/concepts/security/service-accounts/#default-service-accounts"},
    .examples =
        {{"without logging in", "binding.yaml",
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: page\nroleRef:\n"
          "  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: view\nsubjects:\n"
          "  - kind: User\n    name: ops  # on call\n  - kind: User\n    name: <|system:anonymous|>\n"
          "    apiGroup: rbac.authorization.k8s.io\n",
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: page\nroleRef:\n"
          "  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: view\nsubjects:\n"
          "  - kind: User\n    name: ops  # on call\n"},
         {"a flow sequence", "binding.yaml",
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: web\nroleRef:\n"
          "  {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}\n"
          "subjects: [{kind: ServiceAccount, name: web}, {kind: ServiceAccount, name: <|default|>}]\n",
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: web\nroleRef:\n"
          "  {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}\n"
          "subjects: [{kind: ServiceAccount, name: web}]\n"},
         {"groups that stand for many", "binding.yaml",
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: web\nroleRef:\n"
          "  {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}\nsubjects:\n"
          "  - {kind: Group, name: team}\n  - {kind: Group, name: '<|system:authenticated|>'}\n"
          "  - {kind: Group, name: '<|system:masters|>'}\n",
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: web\nroleRef:\n"
          "  {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}\nsubjects:\n"
          "  - {kind: Group, name: team}\n"},
         {"the only one takes the list along", "binding.yaml",
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: web\nsubjects:\n"
          "  - kind: ServiceAccount\n    name: <|default|>\nroleRef:\n"
          "  {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}\n",
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: web\nroleRef:\n"
          "  {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}\n"},
         {"subjects that another binding shares", "binding.yaml",
          "apiVersion: v1\nkind: List\nx-all: &all\n  - kind: ServiceAccount\n    name: <|default|>\nitems:\n"
          "  - apiVersion: rbac.authorization.k8s.io/v1\n    kind: RoleBinding\n    metadata:\n      name: web\n"
          "    subjects: *all\n    roleRef:\n"
          "      {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}\n"},
         {"all accounts of a namespace", "binding.yaml",
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: web\nroleRef:\n"
          "  {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}\nsubjects:\n"
          "  - {kind: Group, name: team}\n  - {kind: Group, name: '<|system:serviceaccounts:shop|>'}\n",
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: web\nroleRef:\n"
          "  {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}\nsubjects:\n"
          "  - {kind: Group, name: team}\n"},
         {"what Kubernetes binds itself", "binding.yaml",
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n"
          "  name: system:public-info-viewer\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n"
          "  kind: ClusterRole\n  name: system:public-info-viewer\nsubjects:\n"
          "  - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: 'system:authenticated'}\n"
          "  - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: 'system:unauthenticated'}\n"},
         {"accounts of their own", "binding.yaml",
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: web\nroleRef:\n"
          "  {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}\nsubjects:\n"
          "  - {kind: ServiceAccount, name: web}\n  - {kind: User, name: default}\n"
          "  - {kind: Group, name: system:nodes}\n"}},
    .checks = {on(check_object)},
});

}  // namespace quaymaster::rules
