#include <string>

#include "model/kubernetes/kubernetes.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule missing_security_context;
namespace {

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  if (!workload.pod_spec.is_mapping() || workload.partial) return;
  if (!workload.pod_security_context)
    ctx.report({.variant = "pod",
                .range = workload.object.name_range,
                .message = "the pods of " + quoted(workload.object.name, 24) + " have no `securityContext`"});
  for (const kubernetes::PodContainer& container : workload.containers)
    if (!container.security_context)
      ctx.report({.variant = "container",
                  .range = container.container.name_range,
                  .message = quoted(container.container.name, 24) + " has no `securityContext` of its own"});
}

}  // namespace

constinit const Rule missing_security_context = checked({
    .name = "missing-security-context",
    .family = Family::Isolation,
    .title = "Nothing is said about the rights of a pod or a container.",
    .consequence =
        "Whoever reviews the manifest cannot tell whether the program needs root, capabilities and a writable file "
        "system, or whether nobody thought about it; and so everything stays as the runtime has it.",
    .fine_when = "Which settings are missing is said by other rules; this one is for those who want each file to have "
                 "the block.",
    .fix = FixAvailability::None,
    .variants = {{.name = "pod",
                  .summary = "A pod has no `securityContext`.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "checkov:CKV_K8S_29"}, {Language::Kubernetes, "trivy:KSV-0118"}},
                  .languages = Language::Kubernetes},
                 {.name = "container",
                  .summary = "A container has no `securityContext`.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "checkov:CKV_K8S_30"}, {Language::Kubernetes, "trivy:KSV-0118"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"},
    .examples = {{"nothing", "pod.yaml",
                  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: <|shop|>\nspec:\n  containers:\n    - name: <|web|>\n"
                  "      image: shop:1.4.2\n      securityContext:\n"},
                 {"both", "pod.yaml",
                  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  securityContext: {fsGroup: 2000}\n"
                  "  containers:\n    - name: web\n      image: shop:1.4.2\n      securityContext: {}\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
