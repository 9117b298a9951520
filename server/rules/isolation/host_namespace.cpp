#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "model/kubernetes/kubernetes.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/removal.h"

namespace quaymaster::rules {
extern const Rule host_namespace;
namespace {

struct Namespace {
  std::string_view variant;
  std::string_view service_key;
  std::string_view pod_key;
  std::string_view shares;  ///< follows the name of the container
  std::string_view caveat;  ///< of taking it away
};

constexpr std::array<Namespace, 6> kNamespaces{{
    {"network", "network_mode", "hostNetwork", " uses the host's network: each port that it opens is one of the host",
     "Publish the ports that are needed from outside, and use service names in place of localhost."},
    {"pid", "pid", "hostPID", " sees every process of the host, and root in it can end or read them",
     "What watches the processes of the host no longer sees them."},
    {"ipc", "ipc", "hostIPC", " shares memory with every process of the host that does",
     "What talks to the host through shared memory stops working; `shm_size` gives more memory without sharing it."},
    {"uts", "uts", "", " has the host's name, which it can change if it has SYS_ADMIN",
     "The container sees a host name of its own."},
    {"users", "userns_mode", "", " has the users of the host: its root is the host's root",
     "Files of the host that belong to root are then not its own."},
    {"cgroup", "cgroup", "", " sees the control groups of everything on the host",
     "What measures or limits other containers no longer sees them."},
}};

void report(const compose::Service& service, const yaml::Entry& entry, std::string_view variant,
            std::string_view message, std::string_view caveat, RuleContext& ctx) {
  const bool shared = service.shared || entry.shared || entry.value.shared();
  ctx.report({.variant = variant,
              .range = entry.value.content_range(),
              .message = quoted(service.name, 16) + std::string(message),
              .fixes = removal(*service.value.document(), entry.key_range, shared, "Remove " + std::string(entry.key),
                               caveat)});
}

void check_service(const compose::Service& service, RuleContext& ctx) {
  for (const Namespace& each : kNamespaces) {
    const std::optional<yaml::Entry> entry = service.entry(each.service_key);
    if (entry && entry->value.string() == "host") report(service, *entry, each.variant, each.shares, each.caveat, ctx);
  }
  const std::optional<yaml::Entry> parent = service.entry("cgroup_parent");
  if (parent && parent->value.is_scalar() && parent->value.string() != "")
    report(service, *parent, "cgroup-parent", " shares the limits of a control group that this file does not set",
           "The limits of that group no longer hold for it: give the service limits of its own.", ctx);
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  const std::array<const std::optional<container::Flag>*, 3> flags{&workload.host_network, &workload.host_pid,
                                                                   &workload.host_ipc};
  for (std::size_t i = 0; i < flags.size(); ++i) {
    const std::optional<container::Flag>& flag = *flags[i];
    if (!flag || !flag->value) continue;
    const Namespace& each = kNamespaces[i];
    ctx.report(
        {.variant = each.variant,
         .range = flag->key_range,
         .message = quoted(workload.object.name, 16) + std::string(each.shares),
         .fixes = removal(*workload.pod_spec.document(), flag->key_range, flag->shared || workload.pod_spec.shared(),
                          "Remove " + std::string(each.pod_key), each.caveat)});
  }
}

constexpr StaticList<PresetEntry, kPresetCount> kPodPresets = {{Preset::Recommended, Severity::Warning},
                                                               {Preset::Strict, Severity::Warning},
                                                               {Preset::PssBaseline, Severity::Error},
                                                               {Preset::PssRestricted, Severity::Error}};

}  // namespace

constinit const Rule host_namespace = checked({
    .name = "host-namespace",
    .family = Family::Isolation,
    .title = "The container shares a namespace with the host.",
    .consequence =
        "With `network_mode: host` a debug port that was meant for the container alone is open on every address of the "
        "server, firewall rules for published ports do not apply, and the second copy fails with \"address already in "
        "use\". With the host's processes in view, root in the container reads the secrets in `/proc/1/environ`.",
    .fine_when =
        "The container looks after the host itself: a node exporter, a network plug-in, a DHCP or mDNS server that "
        "needs broadcasts.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "network",
                  .summary = "The container uses the network of the host.",
                  .severity = Severity::Warning,
                  .presets = kPodPresets,
                  .aliases = {{Language::Compose, "compose-lint:CL-0008"},
                              {Language::Compose, "kics:shared-host-network-namespace"},
                              {Language::Kubernetes, "pss:hostNamespaces"},
                              {Language::Kubernetes, "kube-linter:host-network"},
                              {Language::Kubernetes, "polaris:hostNetworkSet"},
                              {Language::Kubernetes, "trivy:KSV-0009"},
                              {Language::Kubernetes, "checkov:CKV_K8S_19"},
                              {Language::Kubernetes, "kubescape:C-0041"},
                              {Language::Kubernetes, "kubesec:HostNetwork"}},
                  .languages = Language::Compose | Language::Kubernetes},
                 {.name = "pid",
                  .summary = "The container sees the processes of the host.",
                  .severity = Severity::Warning,
                  .presets = kPodPresets,
                  .aliases = {{Language::Compose, "compose-lint:CL-0010"},
                              {Language::Kubernetes, "pss:hostNamespaces"},
                              {Language::Kubernetes, "kube-linter:host-pid"},
                              {Language::Kubernetes, "polaris:hostPIDSet"},
                              {Language::Kubernetes, "trivy:KSV-0010"},
                              {Language::Kubernetes, "checkov:CKV_K8S_17"},
                              {Language::Kubernetes, "kubescape:C-0275"},
                              {Language::Kubernetes, "kubescape:C-0038"},
                              {Language::Kubernetes, "kubesec:HostPID"}},
                  .languages = Language::Compose | Language::Kubernetes},
                 {.name = "ipc",
                  .summary = "The container shares memory and semaphores with the host.",
                  .severity = Severity::Warning,
                  .presets = kPodPresets,
                  .aliases = {{Language::Compose, "compose-lint:CL-0010"},
                              {Language::Compose, "kics:shared-host-ipc-namespace"},
                              {Language::Kubernetes, "pss:hostNamespaces"},
                              {Language::Kubernetes, "kube-linter:host-ipc"},
                              {Language::Kubernetes, "polaris:hostIPCSet"},
                              {Language::Kubernetes, "trivy:KSV-0008"},
                              {Language::Kubernetes, "checkov:CKV_K8S_18"},
                              {Language::Kubernetes, "kubescape:C-0276"},
                              {Language::Kubernetes, "kubescape:C-0038"},
                              {Language::Kubernetes, "kubesec:HostIPC"}},
                  .languages = Language::Compose | Language::Kubernetes},
                 {.name = "uts",
                  .summary = "The container shares the name of the host.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Compose},
                 {.name = "users",
                  .summary = "The engine's mapping of users is switched off for the container.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Compose, "kics:shared-host-user-namespace"}},
                  .languages = Language::Compose},
                 {.name = "cgroup",
                  .summary = "The container sees the control groups of the host.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Compose},
                 {.name = "cgroup-parent",
                  .summary = "The container is put into a control group of the host's.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Compose, "kics:cgroup-not-default"}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/engine/network/drivers/host/",
                   "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline"},
    .examples =
        {{"the host's network", "compose.yaml",
          "services:\n  web:\n    image: web:1.4.2\n    network_mode: <|host|>\n    restart: always\n",
          "services:\n  web:\n    image: web:1.4.2\n    restart: always\n"},
         {"everything of the host", "compose.yaml",
          "services:\n  probe:\n    image: probe:1.4.2\n    pid: \"<|host|>\"\n    ipc: <|host|>\n    uts: <|host|>\n",
          "services:\n  probe:\n    image: probe:1.4.2\n"},
         {"users and control groups of the host", "compose.yaml",
          "services:\n  probe:\n    image: probe:1.4.2\n    userns_mode: <|host|>\n    cgroup: <|host|>\n"
          "    cgroup_parent: <|agents.slice|>\n",
          "services:\n  probe:\n    image: probe:1.4.2\n"},
         {"a pod", "daemonset.yaml",
          "apiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: agent\nspec:\n  selector:\n"
          "    matchLabels: {app: agent}\n  template:\n    metadata:\n      labels: {app: agent}\n    spec:\n"
          "      <|hostNetwork|>: true\n      <|hostPID|>: true\n      hostIPC: false\n      containers:\n"
          "        - name: agent\n          image: agent:2.1.0\n",
          "apiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: agent\nspec:\n  selector:\n"
          "    matchLabels: {app: agent}\n  template:\n    metadata:\n      labels: {app: agent}\n    spec:\n"
          "      hostIPC: false\n      containers:\n"
          "        - name: agent\n          image: agent:2.1.0\n"},
         {"a setting that several services share is not edited", "compose.yaml",
          "x-base: &base\n  image: web:1.4.2\n  network_mode: <|host|>\nservices:\n  web:\n    <<: *base\n"},
         {"namespaces of other containers", "compose.yaml",
          "services:\n  web:\n    image: web:1.4.2\n    network_mode: \"service:vpn\"\n    ipc: shareable\n"
          "  vpn:\n    image: vpn:1.0.3\n"}},
    .checks = {on(check_service), on(check_workload)},
});

}  // namespace quaymaster::rules
