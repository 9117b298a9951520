// The pod security standards, control by control: what the presets `pss-baseline` and `pss-restricted` report, and what
// a namespace that enforces the standard refuses, is exactly what the admission controller of Kubernetes 1.37 refuses.
#include <algorithm>
#include <string>
#include <string_view>

#include "rules/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

std::string file_of(std::string_view level, std::string_view annotations, std::string_view spec) {
  return "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n"
         "    pod-security.kubernetes.io/enforce: " +
         std::string(level) +
         "\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\n  annotations: {" +
         std::string(annotations) + "}\nspec: {" + std::string(spec) + "}\n";
}

bool finds(std::string_view text, std::string_view item) {
  return !analyze("shop.yaml", text, {std::string(item)}).diagnostics.empty();
}

/// Both ways to ask have to give the verdict.
void check(std::string_view level, std::string_view annotations, std::string_view spec, bool refused) {
  const std::string text = file_of(level, annotations, spec);
  INFO(text);
  CHECK(finds(text, "pss-" + std::string(level)) == refused);
  CHECK(finds(text, "violated-pod-security") == refused);
}

constexpr std::string_view kPlain = "containers: [{name: a, image: \"a:1\"}]";

std::string container(std::string_view more, std::string_view list = "containers") {
  const std::string one = std::string(list) + ": [{name: b, image: \"b:1\", " + std::string(more) + "}]";
  return list == "containers" ? one : one + ", " + std::string(kPlain);
}

std::string context(std::string_view settings, std::string_view list = "containers") {
  return container("securityContext: {" + std::string(settings) + "}", list);
}

std::string pod(std::string_view settings) { return std::string(settings) + ", " + std::string(kPlain); }

void refused_by_baseline(const std::string& spec, std::string_view annotations = "") {
  check("baseline", annotations, spec, true);
  check("restricted", annotations, spec, true);
}

void allowed_by_baseline(const std::string& spec, std::string_view annotations = "") {
  check("baseline", annotations, spec, false);
}

TEST_CASE("baseline: privileged containers, Windows host processes, host namespaces") {
  for (const std::string_view list : {"containers", "initContainers", "ephemeralContainers"}) {
    refused_by_baseline(context("privileged: true", list));
    refused_by_baseline(context("windowsOptions: {hostProcess: true}", list));
    allowed_by_baseline(context("privileged: false, windowsOptions: {hostProcess: false}", list));
  }
  refused_by_baseline(pod("securityContext: {windowsOptions: {hostProcess: true}}"));
  for (const std::string key : {"hostNetwork", "hostPID", "hostIPC"}) {
    refused_by_baseline(pod(key + ": true"));
    allowed_by_baseline(pod(key + ": false"));
  }
}

TEST_CASE("baseline: capabilities") {
  allowed_by_baseline(
      context("capabilities: {add: [AUDIT_WRITE, CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, MKNOD, "
              "NET_BIND_SERVICE, SETFCAP, SETGID, SETPCAP, SETUID, SYS_CHROOT]}"));
  allowed_by_baseline(context("capabilities: {drop: [all]}"));
  for (const std::string name : {"NET_RAW", "SYS_ADMIN", "ALL", "chown", "CAP_CHOWN", "NOT_ONE"})
    refused_by_baseline(context("capabilities: {add: [" + name + "]}", "initContainers"));
}

TEST_CASE("baseline: paths and ports of the host") {
  refused_by_baseline(pod("volumes: [{name: a, hostPath: {path: /srv}}]"));
  allowed_by_baseline(pod("volumes: [{name: a, nfs: {server: a, path: /}}]"));
  refused_by_baseline(container("ports: [{containerPort: 80, hostPort: 80}]"));
  allowed_by_baseline(container("ports: [{containerPort: 80}, {containerPort: 81, hostPort: 0}]"));
}

TEST_CASE("baseline: hosts of probes and hooks") {
  for (const std::string probe : {"livenessProbe", "readinessProbe", "startupProbe"}) {
    refused_by_baseline(container(probe + ": {httpGet: {host: 127.0.0.1, port: 80}}"));
    refused_by_baseline(container(probe + ": {tcpSocket: {host: a.example, port: 80}}"));
    allowed_by_baseline(container(probe + ": {httpGet: {host: \"\", port: 80}}"));
  }
  refused_by_baseline(container("lifecycle: {preStop: {httpGet: {host: a.example, port: 80}}}"));
  refused_by_baseline(container("lifecycle: {postStart: {tcpSocket: {host: a.example, port: 80}}}"));
  allowed_by_baseline(container("lifecycle: {preStop: {httpGet: {port: 80}}}"));
}

TEST_CASE("baseline: AppArmor, seccomp, SELinux") {
  refused_by_baseline(std::string(kPlain), "container.apparmor.security.beta.kubernetes.io/a: unconfined");
  allowed_by_baseline(std::string(kPlain), "container.apparmor.security.beta.kubernetes.io/a: localhost/shop");
  for (const std::string key : {"appArmorProfile", "seccompProfile"}) {
    refused_by_baseline(context(key + ": {type: Unconfined}"));
    refused_by_baseline(pod("securityContext: {" + key + ": {type: Unconfined}}"));
    // What the pod says counts although no container has it from there.
    refused_by_baseline("securityContext: {" + key + ": {type: Unconfined}}, " +
                        context(key + ": {type: RuntimeDefault}"));
    allowed_by_baseline(context(key + ": {type: Localhost, localhostProfile: a}"));
  }
  refused_by_baseline(pod("securityContext: {seLinuxOptions: {type: spc_t}}"));
  refused_by_baseline(context("seLinuxOptions: {user: system_u}"));
  refused_by_baseline(context("seLinuxOptions: {role: system_r}", "initContainers"));
  for (const std::string type : {"container_t", "container_init_t", "container_kvm_t", "container_engine_t", "\"\""})
    allowed_by_baseline(context("seLinuxOptions: {level: s0, type: " + type + "}"));
}

TEST_CASE("baseline: the mount of /proc, and settings of the kernel") {
  refused_by_baseline(context("procMount: Unmasked"));
  allowed_by_baseline(context("procMount: Default"));
  allowed_by_baseline("hostUsers: false, " + context("procMount: Unmasked"));
  refused_by_baseline(pod("securityContext: {sysctls: [{name: net.core.somaxconn, value: \"1\"}]}"));
  for (const std::string name : {"kernel.shm_rmid_forced", "net.ipv4.tcp_syncookies", "net.ipv4.tcp_rmem",
                                 "net.ipv4.tcp_slow_start_after_idle", "net.ipv4.tcp_notsent_lowat"})
    allowed_by_baseline(pod("securityContext: {sysctls: [{name: " + name + ", value: \"1\"}]}"));
}

constexpr std::string_view kContext = "allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}";
constexpr std::string_view kPod = "runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}";

/// A pod that the restricted standard lets in, with `pod` and `own` added to its contexts and `spec` to the pod.
void restricted(std::string_view pod_settings, std::string_view own, std::string_view spec, bool refused,
                std::string_view pod_base = kPod, std::string_view own_base = kContext) {
  check("restricted", "",
        "securityContext: {" + std::string(pod_base) + std::string(pod_settings) + "}, " + std::string(spec) +
            "initContainers: [{name: i, image: \"i:1\", securityContext: {" + std::string(kContext) +
            "}}], containers: [{name: a, image: \"a:1\", securityContext: {" + std::string(own_base) +
            std::string(own) + "}}]",
        refused);
}

TEST_CASE("restricted: what has to be said") {
  restricted("", "", "", false);
  restricted("", "", "", true, kPod, "capabilities: {drop: [ALL]}");
  restricted("", "", "", true, kPod, "allowPrivilegeEscalation: true, capabilities: {drop: [ALL]}");
  restricted("", "", "", true, kPod, "allowPrivilegeEscalation: false");
  restricted("", "", "", true, kPod, "allowPrivilegeEscalation: false, capabilities: {drop: [all]}");
  restricted("", "", "", true, kPod, "allowPrivilegeEscalation: false, capabilities: {drop: [CAP_ALL]}");
  restricted("", "", "", true, kPod, "allowPrivilegeEscalation: false, capabilities: {drop: [NET_RAW]}");
  restricted("", "", "", true, "runAsNonRoot: true");
  restricted("", "", "", true, "seccompProfile: {type: RuntimeDefault}");
  restricted("", ", seccompProfile: {type: Unconfined}", "", true);
  restricted("", ", seccompProfile: {type: Localhost, localhostProfile: a}", "", false);
}

TEST_CASE("restricted: what may be added") {
  restricted("", "", "", false, kPod,
             "allowPrivilegeEscalation: false, capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}");
  restricted("", "", "", true, kPod, "allowPrivilegeEscalation: false, capabilities: {drop: [ALL], add: [CHOWN]}");
  restricted("", "", "volumes: [{name: a, emptyDir: {}}, {name: b}, {name: c, image: {reference: \"a:1\"}}], ", false);
  for (const std::string source : {"nfs: {server: a, path: /}", "gitRepo: {repository: a}", "hostPath: {path: /a}",
                                   "rbd: {monitors: [a], image: a}", "azureFile: {secretName: a, shareName: a}"})
    restricted("", "", "volumes: [{name: a, " + source + "}], ", true);
}

TEST_CASE("restricted: root") {
  restricted(", runAsUser: 1000", "", "", false);
  restricted(", runAsUser: 0", "", "", true);
  restricted("", ", runAsUser: 0", "", true);
  restricted(", runAsUser: 0", ", runAsUser: 1000", "", true);
  restricted("", ", runAsNonRoot: false", "", true);
  restricted("", ", runAsNonRoot: true", "", true, "runAsNonRoot: false, seccompProfile: {type: RuntimeDefault}");
}

TEST_CASE("restricted: pods with users of their own, and Windows") {
  restricted("", ", runAsUser: 0", "hostUsers: false, ", false, "seccompProfile: {type: RuntimeDefault}");
  restricted("", ", runAsNonRoot: false", "hostUsers: false, ", false);
  restricted("", ", procMount: Unmasked", "hostUsers: false, ", true);
  check("restricted", "", "os: {name: windows}, " + context("runAsNonRoot: true"), false);
  check("restricted", "", "os: {name: windows}, " + context("runAsNonRoot: false"), true);
  CHECK(finds(file_of("restricted", "", "nodeSelector: {kubernetes.io/os: windows}, " + context("runAsNonRoot: true")),
              "pss-restricted"));
}

}  // namespace
}  // namespace quaymaster::tests
