#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "model/container/container.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/removal.h"
#include "rules/support/safe_sysctls.h"

namespace quaymaster::rules {
extern const Rule unsafe_sysctl;
namespace {

/// Whether each container has this setting for itself.
bool is_namespaced(std::string_view name) {
  constexpr std::string_view kPrefixes[] = {"net.", "net/", "fs.mqueue.", "fs/mqueue/"};
  constexpr std::string_view kNames[] = {"kernel.msgmax", "kernel.msgmnb",          "kernel.msgmni",
                                         "kernel.sem",    "kernel.shmall",          "kernel.shmmax",
                                         "kernel.shmmni", "kernel.shm_rmid_forced", "kernel.domainname"};
  return std::ranges::any_of(kPrefixes, [name](std::string_view each) { return name.starts_with(each); }) ||
         std::ranges::find(kNames, name) != std::end(kNames);
}

void check_container(const container::Container& container, RuleContext& ctx) {
  if (!container.place) return;
  const bool pod = ctx.language() == Language::Kubernetes;
  for (const container::Isolation::Sysctl& sysctl : container.isolation.sysctls) {
    if (sysctl.name.empty() || sysctl.name.find('$') != std::string::npos) continue;
    if (pod ? is_safe_sysctl(sysctl.name) : is_namespaced(sysctl.name)) continue;
    ctx.report({.variant = pod ? "not-allowed" : "of-host",
                .range = sysctl.range,
                .message = pod ? quoted(sysctl.name, 32) + " is no setting that a pod may change everywhere"
                               : quoted(sysctl.name, 32) + " belongs to the whole host: the container does not start",
                .fixes = removal(*container.place->document, sysctl.range, container.place->shared || sysctl.shared,
                                 "Remove " + sysctl.name,
                                 "The setting keeps the value of the host: change it there if the program needs it.")});
  }
}

}  // namespace

constinit const Rule unsafe_sysctl = checked({
    .name = "unsafe-sysctl",
    .family = Family::Isolation,
    .title = "A setting of the kernel that containers do not have for themselves is changed.",
    .consequence =
        "The search engine wants a larger `vm.max_map_count`, so it stands under `sysctls`. The kernel has that "
        "setting once, for all: the engine refuses to start the container, or, where it is allowed, changes it "
        "for everything else on the machine.",
    .fine_when = "The nodes of the cluster allow this setting on purpose (`--allowed-unsafe-sysctls`).",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "of-host",
                  .summary = "The setting belongs to the host, and the engine refuses it.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Compose},
                 {.name = "not-allowed",
                  .summary = "The setting is not among those that the pod security standards allow.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning},
                              {Preset::PssBaseline, Severity::Error},
                              {Preset::PssRestricted, Severity::Error}},
                  .aliases = {{Language::Kubernetes, "pss:sysctls"},
                              {Language::Kubernetes, "trivy:KSV-0026"},
                              {Language::Kubernetes, "kube-linter:unsafe-sysctls"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://docs.docker.com/reference/cli/docker/container/run/#sysctl",
                   "https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/"},
    .examples = {{"a mapping", "compose.yaml",
                  "services:\n  search:\n    image: search:1.4.2\n    sysctls:\n      <|vm.max_map_count: 262144|>\n"
                  "      net.core.somaxconn: 1024\n",
                  "services:\n  search:\n    image: search:1.4.2\n    sysctls:\n      net.core.somaxconn: 1024\n"},
                 {"a list", "compose.yaml",
                  "services:\n  search:\n    image: search:1.4.2\n    sysctls:\n      - <|fs.file-max=100000|>\n"
                  "    restart: always\n",
                  "services:\n  search:\n    image: search:1.4.2\n    restart: always\n"},
                 {"a pod", "pod.yaml",
                  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: search\nspec:\n  securityContext:\n    sysctls:\n"
                  "      - name: net.ipv4.tcp_syncookies\n        value: \"1\"\n"
                  "      - <|name: net.core.somaxconn\n        value: \"1024\"|>\n  containers:\n    - name: search\n"
                  "      image: search:1.4.2\n",
                  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: search\nspec:\n  securityContext:\n    sysctls:\n"
                  "      - name: net.ipv4.tcp_syncookies\n        value: \"1\"\n  containers:\n    - name: search\n"
                  "      image: search:1.4.2\n"},
                 {"settings of its own", "compose.yaml",
                  "services:\n  search:\n    image: search:1.4.2\n    sysctls:\n      net.ipv4.ip_forward: 1\n"
                  "      kernel.shmmax: 1000000\n      ${NAME}: 1\n"}},
    .checks = {on(check_container)},
});

}  // namespace quaymaster::rules
