#include <string>

#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/security.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/removal.h"

namespace quaymaster::rules {
extern const Rule windows_host_process;
namespace {

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  for (const kubernetes::SecuritySettings& settings : kubernetes::all_security_of(workload)) {
    if (!settings.host_process || !settings.host_process->value) continue;
    ctx.report({.range = settings.host_process->key_range,
                .message = quoted(settings.name, 24) + " runs as a process of the Windows host, without any wall",
                .fixes = removal(*settings.value.document(), settings.host_process->key_range,
                                 settings.host_process->shared || settings.value.shared(), "Remove hostProcess",
                                 "What it does to the host then fails; `hostNetwork` and a user of the host such as "
                                 "NT AUTHORITY\\\\SYSTEM go with it.")});
  }
}

}  // namespace

constinit const Rule windows_host_process = checked({
    .name = "windows-host-process",
    .family = Family::Isolation,
    .title = "The container is a process of the Windows host.",
    .consequence =
        "The agent was made a host process to read one counter. Whoever finds a hole in it runs commands as "
        "`NT AUTHORITY\\SYSTEM` of the node, with its files, its registry and its credentials of the cluster.",
    .fine_when = "It sets up the node itself, such as a network plug-in or a storage driver.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = {},
                  .summary = {},
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Warning},
                              {Preset::Strict, Severity::Error},
                              {Preset::PssBaseline, Severity::Error},
                              {Preset::PssRestricted, Severity::Error}},
                  .aliases = {{Language::Kubernetes, "pss:windowsHostProcess"},
                              {Language::Kubernetes, "polaris:hostProcess"},
                              {Language::Kubernetes, "trivy:KSV-0103"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/",
                   "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline"},
    .examples = {{"of a container", "pod.yaml",
                  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: agent\nspec:\n  os: {name: windows}\n  containers:\n"
                  "    - name: agent\n      image: agent:1.4.2\n      securityContext:\n        windowsOptions:\n"
                  "          <|hostProcess|>: true\n          runAsUserName: ContainerUser\n",
                  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: agent\nspec:\n  os: {name: windows}\n  containers:\n"
                  "    - name: agent\n      image: agent:1.4.2\n      securityContext:\n        windowsOptions:\n"
                  "          runAsUserName: ContainerUser\n"},
                 {"of the pod", "pod.yaml",
                  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: agent\nspec:\n"
                  "  securityContext: {windowsOptions: {<|hostProcess|>: true, runAsUserName: app}}\n  containers:\n"
                  "    - name: agent\n      image: agent:1.4.2\n",
                  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: agent\nspec:\n"
                  "  securityContext: {windowsOptions: {runAsUserName: app}}\n  containers:\n"
                  "    - name: agent\n      image: agent:1.4.2\n"},
                 {"switched off", "pod.yaml",
                  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: agent\nspec:\n"
                  "  securityContext: {windowsOptions: {hostProcess: false}}\n  containers:\n"
                  "    - name: agent\n      image: agent:1.4.2\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
