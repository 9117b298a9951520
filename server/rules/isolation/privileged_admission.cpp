#include <optional>
#include <string>
#include <utility>

#include "model/container/container.h"
#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/object.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule privileged_admission;
namespace {

void check_object(const kubernetes::Object& object, RuleContext& ctx) {
  if (object.kind != "SecurityContextConstraints") return;
  const std::optional<container::Flag> allowed = kubernetes::flag_of(object.value, "allowPrivilegedContainer");
  if (!allowed || !allowed->value) return;
  Report report{.range = allowed->value_range,
                .message = "the constraints " + quoted(object.name, 24) + " let privileged containers in"};
  if (std::optional<Edit> edit = yaml::replace_with_plain(object.value.get("allowPrivilegedContainer"), "false"))
    report.fixes = {{"Let none in",
                     Applicability::Unsafe,
                     {*std::move(edit)},
                     "Pods that are privileged and use these constraints do not start any more."}};
  ctx.report(std::move(report));
}

}  // namespace

constinit const Rule privileged_admission = checked({
    .name = "privileged-admission",
    .family = Family::Isolation,
    .title = "Security context constraints let privileged containers in.",
    .consequence =
        "Whoever may use the constraints starts a pod that is root on its node. They were made for one agent "
        "for logs, and given to the group of all accounts of the namespace.",
    .fine_when = "They are given to one account, whose program administers the node.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = {},
                  .summary = {},
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Kubernetes, "kube-linter:scc-deny-privileged-container"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://docs.redhat.com/en/documentation/openshift_container_platform/4.17/html/"
                   "authentication_and_authorization/managing-pod-security-policies"},
    .examples = {{"privileged", "scc.yaml",
                  "apiVersion: security.openshift.io/v1\nkind: SecurityContextConstraints\nmetadata:\n  name: logs\n"
                  "allowPrivilegedContainer: <|true|>  # for journald\n",
                  "apiVersion: security.openshift.io/v1\nkind: SecurityContextConstraints\nmetadata:\n  name: logs\n"
                  "allowPrivilegedContainer: false  # for journald\n"},
                 {"in flow style", "scc.yaml",
                  "apiVersion: v1\nkind: List\nitems:\n  - {apiVersion: security.openshift.io/v1, "
                  "kind: SecurityContextConstraints, allowPrivilegedContainer: <|true|>}\n",
                  "apiVersion: v1\nkind: List\nitems:\n  - {apiVersion: security.openshift.io/v1, "
                  "kind: SecurityContextConstraints, allowPrivilegedContainer: false}\n"},
                 {"none", "scc.yaml",
                  "apiVersion: security.openshift.io/v1\nkind: SecurityContextConstraints\nmetadata:\n  name: logs\n"
                  "allowPrivilegedContainer: false\n"}},
    .checks = {on(check_object)},
});

}  // namespace quaymaster::rules
