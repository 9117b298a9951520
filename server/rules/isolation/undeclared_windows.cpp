#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/hardening.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule undeclared_windows;
namespace {

/// What the standards demand of a pod for Linux, and Windows does not have.
bool lacks_settings_of_linux(const kubernetes::Workload& workload) {
  kubernetes::Workload as_linux = workload;
  as_linux.windows = false;
  return std::ranges::any_of(workload.containers, [&](const kubernetes::PodContainer& container) {
    return std::ranges::any_of(omissions(as_linux, container), [](const Omission& omission) {
      return omission.hardening == Hardening::PrivilegeEscalation || omission.hardening == Hardening::Capabilities ||
             omission.hardening == Hardening::Seccomp;
    });
  });
}

std::vector<Fix> declaration(const kubernetes::Workload& workload) {
  if (workload.pod_spec.shared()) return {};
  std::optional<Edit> edit = yaml::insert(workload.pod_spec.place(), {"os", "name"}, yaml::NewValue::string("windows"));
  if (!edit) return {};
  return {{"Declare the operating system",
           Applicability::Unsafe,
           {*std::move(edit)},
           "The API server then refuses settings that only Linux has, such as `runAsUser`."}};
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  if (!workload.windows || workload.pod_spec.get({"os", "name"}) || !lacks_settings_of_linux(workload)) return;
  ctx.report({.range = workload.pod_spec.get({"nodeSelector", "kubernetes.io/os"}).content_range(),
              .message = quoted(workload.object.name, 24) + " is for Windows, which `os.name` should say as well",
              .fixes = declaration(workload)});
}

}  // namespace

constinit const Rule undeclared_windows = checked({
    .name = "undeclared-windows",
    .family = Family::Isolation,
    .title = "A pod for Windows says so by its node selector only.",
    .consequence =
        "The namespace enforces the restricted standard, and every pod for Windows is refused: without `os.name` it "
        "counts as one for Linux, and lacks a seccomp profile that Windows does not have.",
    .fine_when = "No namespace enforces a standard, or the cluster is older than Kubernetes 1.25.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = {},
                  .summary = {},
                  .severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}, {Preset::PssRestricted, Severity::Error}},
                  .aliases = {{Language::Kubernetes, "pss:allowPrivilegeEscalation"},
                              {Language::Kubernetes, "pss:capabilities_restricted"},
                              {Language::Kubernetes, "pss:seccompProfile_restricted"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/workloads/pods/#pod-os",
                   "https://kubernetes.io/docs/concepts/security/pod-security-standards/#os-specific-policy-controls"},
    .examples =
        {{"only the selector", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  nodeSelector:\n"
          "    kubernetes.io/os: <|windows|>\n  containers:\n    - name: web\n      image: shop:1.4.2\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  os:\n    name: windows\n  nodeSelector:\n"
          "    kubernetes.io/os: windows\n  containers:\n    - name: web\n      image: shop:1.4.2\n"},
         {"declared", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  os: {name: windows}\n  nodeSelector:\n"
          "    kubernetes.io/os: windows\n  containers:\n    - name: web\n      image: shop:1.4.2\n"},
         {"Linux", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  nodeSelector:\n"
          "    kubernetes.io/os: linux\n  containers:\n    - name: web\n      image: shop:1.4.2\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
