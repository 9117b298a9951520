#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/security.h"
#include "rules/rule_context.h"
#include "rules/support/hardening.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule missing_hardening;
namespace {

struct Texts {
  std::string_view variant;
  std::string_view message;  ///< follows the container's name
  std::string_view fix;
  std::string_view caveat;
};

/// In the order of `Hardening`.
constexpr std::array<Texts, 8> kTexts{{
    {"privilege-escalation", " can gain rights that it was not started with", "Forbid privilege escalation",
     "A program that starts others through sudo or a setuid file then fails."},
    {"capabilities", " keeps capabilities of root that it may not need", "Drop all capabilities",
     "A program that binds a port below 1024, changes owners or users then fails until it gets that one capability "
     "back."},
    {"non-root", " may run as root: nothing demands another user", "Demand a user that is not root",
     "The container does not start if its image has no USER, or a USER by name without a runAsUser."},
    {"seccomp", " may make every system call: it has no seccomp profile", "Use the runtime's seccomp profile",
     "A program that makes rare system calls, such as a debugger or a profiler, then fails."},
    {"read-only-root", " can write to its own program files", "Make the root file system read-only",
     "A program that writes beside its volumes, to /tmp for example, then fails: mount something there."},
    {"memory-limit", " may take all memory of the host", "Limit its memory",
     "The number is only a beginning: see what it needs in `docker stats`. Beyond the limit the kernel ends it."},
    {"cpu-limit", " may take all processors of the host", "Limit its processor time",
     "The number is only a beginning: see what it needs in `docker stats`. Beyond the limit it is slowed down."},
    {"process-limit", " may start processes until the host can start no more", "Limit the number of its processes",
     "The number is only a beginning: threads count, too. Beyond the limit it cannot start another one."},
}};

const Texts& texts_of(Hardening hardening) { return kTexts[static_cast<std::size_t>(hardening)]; }

std::vector<Edit> edits_of(const kubernetes::PodContainer& container, const Omission& omission) {
  const std::optional<container::UserSetting>& user = container.container.user;
  // The kubelet starts no container that has to be another user than root, and is root by its number.
  const bool refused = (omission.hardening == Hardening::PrivilegeEscalation && !may_forbid_escalation(container)) ||
                       (omission.hardening == Hardening::NonRoot && user && user->root());
  return refused ? std::vector<Edit>{} : hardening_edits(container, {omission});
}

std::vector<Edit> edits_of(const compose::Service& service, const Omission& omission) {
  return hardening_edits(service, {omission});
}

template <class Described>
void report(const Described& described, const container::Container& container, const Omission& omission,
            std::vector<std::string_view> aliases, RuleContext& ctx) {
  const Texts& texts = texts_of(omission.hardening);
  std::vector<Fix> fixes;
  if (std::vector<Edit> edits = edits_of(described, omission); !edits.empty())
    fixes = {{std::string(texts.fix), is_limit(omission.hardening) ? Applicability::DisplayOnly : Applicability::Unsafe,
              std::move(edits), std::string(texts.caveat)}};
  ctx.report({.variant = texts.variant,
              .range = omission.range,
              .message = quoted(container.name) + std::string(texts.message),
              .fixes = std::move(fixes),
              .aliases = std::move(aliases)});
}

bool drops(const container::Isolation& isolation, std::string_view name) {
  return std::ranges::any_of(isolation.dropped, [name](const auto& capability) { return capability.name == name; });
}

std::vector<std::string_view> capability_aliases(const container::Container& container) {
  std::vector<std::string_view> aliases{"pss:capabilities_restricted", "trivy:KSV-0003", "trivy:KSV-0106",
                                        "checkov:CKV_K8S_37", "kubesec:CapDropAll"};
  const container::Isolation& isolation = container.isolation;
  // Those that Polaris wants to see dropped one by one where `ALL` is not.
  constexpr std::string_view kInsecure[] = {
      "NET_ADMIN", "CHOWN",   "DAC_OVERRIDE", "FSETID",           "FOWNER",     "MKNOD", "NET_RAW",    "SETGID",
      "SETUID",    "SETFCAP", "SETPCAP",      "NET_BIND_SERVICE", "SYS_CHROOT", "KILL",  "AUDIT_WRITE"};
  if (!std::ranges::all_of(kInsecure, [&](std::string_view name) { return drops(isolation, name); }))
    aliases.emplace_back("polaris:insecureCapabilities");
  if (isolation.dropped.empty()) aliases.emplace_back("trivy:KSV-0004");
  if (!drops(isolation, "NET_RAW")) {
    aliases.emplace_back("checkov:CKV_K8S_28");
    if (!isolation.dropped.empty() || !isolation.added.empty())
      aliases.emplace_back("kube-linter:drop-net-raw-capability");
  }
  return aliases;
}

/// The peers' checks that report this omission: some want it said that something is off, some that it is missing.
std::vector<std::string_view> aliases_of(const Omission& omission, const container::Container& container) {
  switch (omission.hardening) {
    case Hardening::PrivilegeEscalation: {
      std::vector<std::string_view> aliases{"pss:allowPrivilegeEscalation", "checkov:CKV_K8S_20",
                                            "polaris:privilegeEscalationAllowed", "trivy:KSV-0001", "kubescape:C-0016"};
      if (omission.written)
        aliases.insert(aliases.end(),
                       {"kube-linter:privilege-escalation-container", "kubesec:AllowPrivilegeEscalation"});
      return aliases;
    }
    case Hardening::Capabilities: return capability_aliases(container);
    case Hardening::NonRoot: {
      std::vector<std::string_view> aliases{"pss:runAsNonRoot", "trivy:KSV-0012"};
      const bool other_user = container.user && container.user->known && !container.user->root();
      if (!other_user)
        aliases.insert(aliases.end(), {"kube-linter:run-as-non-root", "polaris:runAsRootAllowed", "checkov:CKV_K8S_23",
                                       "kubescape:C-0013", "kubesec:RunAsNonRoot"});
      return aliases;
    }
    case Hardening::Seccomp: {
      std::vector<std::string_view> aliases{"pss:seccompProfile_restricted", "trivy:KSV-0030", "trivy:KSV-0104",
                                            "checkov:CKV_K8S_31"};
      if (!omission.written)
        aliases.insert(aliases.end(),
                       {"kube-score:container-seccomp-profile", "kubescape:C-0210", "kubesec:SeccompAny"});
      return aliases;
    }
    case Hardening::MemoryLimit:
    case Hardening::CpuLimit:
    case Hardening::ProcessLimit: break;
    case Hardening::ReadOnlyRoot:
      return {"kube-linter:no-read-only-root-fs",
              "kube-score:container-security-context-readonlyrootfilesystem",
              "polaris:notReadOnlyRootFilesystem",
              "trivy:KSV-0014",
              "checkov:CKV_K8S_22",
              "kubescape:C-0017",
              "kubesec:ReadOnlyRootFilesystem"};
  }
  return {};
}

/// Whether something else than seccomp stands between the container and the kernel, or it has given rights up.
bool has_another_guard(const kubernetes::Workload& workload, const kubernetes::PodContainer& container) {
  const kubernetes::SecuritySettings own = kubernetes::security_of(container);
  const kubernetes::SecuritySettings pod = kubernetes::pod_security_of(workload);
  const auto has_label = [](const kubernetes::SecuritySettings& settings) {
    return settings.value.get("seLinuxOptions").is_mapping();
  };
  const std::string annotation = "container.apparmor.security.beta.kubernetes.io/" + container.container.name;
  return has_label(own) || has_label(pod) || own.apparmor_type || pod.apparmor_type ||
         workload.pod_metadata.get("annotations").get(annotation) || !container.container.isolation.dropped.empty();
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  for (const kubernetes::PodContainer& pod_container : workload.containers)
    for (const Omission& omission : omissions(workload, pod_container)) {
      std::vector<std::string_view> aliases = aliases_of(omission, pod_container.container);
      if (omission.hardening == Hardening::Seccomp) {
        if (has_seccomp_annotation(workload, pod_container)) std::erase(aliases, "checkov:CKV_K8S_31");
        if (!has_another_guard(workload, pod_container))
          aliases.insert(aliases.end(), {"kubescape:C-0055", "polaris:linuxHardening"});
      }
      report(pod_container, pod_container.container, omission, std::move(aliases), ctx);
    }
}

/// The same for a service.
std::vector<std::string_view> service_aliases(Hardening hardening, const compose::Service& service) {
  switch (hardening) {
    case Hardening::PrivilegeEscalation:
      return {"compose-lint:CL-0003",
              service.entry("security_opt") ? "kics:no-new-privileges-not-set" : "kics:security-opt-not-set"};
    case Hardening::Capabilities:
      if (service.container.isolation.dropped.empty())
        return {"compose-lint:CL-0006", "kics:container-capabilities-unrestricted"};
      return {"compose-lint:CL-0006"};
    case Hardening::ReadOnlyRoot: return {"compose-lint:CL-0007"};
    case Hardening::MemoryLimit: return {"compose-lint:CL-0026", "kics:memory-not-limited"};
    case Hardening::CpuLimit: return {"compose-lint:CL-0026", "kics:cpus-not-limited"};
    case Hardening::ProcessLimit: return {"kics:pids-limit-not-set"};
    case Hardening::NonRoot:
    case Hardening::Seccomp: break;
  }
  return {};
}

void check_service(const compose::Service& service, RuleContext& ctx) {
  for (const Omission& omission : omissions(service))
    report(service, service.container, omission, service_aliases(omission.hardening, service), ctx);
}

constexpr StaticList<PresetEntry, kPresetCount> kRestricted = {{Preset::Strict, Severity::Information},
                                                               {Preset::PssRestricted, Severity::Error}};

}  // namespace

constinit const Rule missing_hardening = checked({
    .name = "missing-hardening",
    .family = Family::Isolation,
    .title = "One of the settings that take rights away is missing.",
    .consequence = "Somebody runs a command in the container through a hole in the program. Each setting that is "
                   "missing leaves one "
                   "more way from there: a setuid file to become root, a capability to listen to the neighbours, a "
                   "rare system call "
                   "with a bug, a program file to plant the next visit in.",
    .fine_when = "The program needs this right; then say so with the setting's other value, and why in a comment.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "privilege-escalation",
                  .summary = "Nothing forbids that a process gains more rights than its parent.",
                  .severity = Severity::Information,
                  .presets = kRestricted,
                  .aliases = {{Language::Compose, "compose-lint:CL-0003"},
                              {Language::Compose, "kics:no-new-privileges-not-set"},
                              {Language::Compose, "kics:security-opt-not-set"},
                              {Language::Kubernetes, "pss:allowPrivilegeEscalation"},
                              {Language::Kubernetes, "checkov:CKV_K8S_20"},
                              {Language::Kubernetes, "polaris:privilegeEscalationAllowed"},
                              {Language::Kubernetes, "trivy:KSV-0001"},
                              {Language::Kubernetes, "kubescape:C-0016"},
                              {Language::Kubernetes, "kube-linter:privilege-escalation-container"},
                              {Language::Kubernetes, "kubesec:AllowPrivilegeEscalation"}},
                  .languages = Language::Compose | Language::Kubernetes},
                 {.name = "capabilities",
                  .summary = "The runtime's default capabilities are not dropped.",
                  .severity = Severity::Information,
                  .presets = kRestricted,
                  .aliases = {{Language::Compose, "compose-lint:CL-0006"},
                              {Language::Compose, "kics:container-capabilities-unrestricted"},
                              {Language::Kubernetes, "pss:capabilities_restricted"},
                              {Language::Kubernetes, "trivy:KSV-0003"},
                              {Language::Kubernetes, "trivy:KSV-0004"},
                              {Language::Kubernetes, "trivy:KSV-0106"},
                              {Language::Kubernetes, "checkov:CKV_K8S_37"},
                              {Language::Kubernetes, "checkov:CKV_K8S_28"},
                              {Language::Kubernetes, "polaris:insecureCapabilities"},
                              {Language::Kubernetes, "kube-linter:drop-net-raw-capability"},
                              {Language::Kubernetes, "kubesec:CapDropAll"}},
                  .languages = Language::Compose | Language::Kubernetes},
                 {.name = "non-root",
                  .summary = "Nothing demands that the container runs as a user other than root.",
                  .severity = Severity::Information,
                  .presets = kRestricted,
                  .aliases = {{Language::Kubernetes, "pss:runAsNonRoot"},
                              {Language::Kubernetes, "kube-linter:run-as-non-root"},
                              {Language::Kubernetes, "polaris:runAsRootAllowed"},
                              {Language::Kubernetes, "trivy:KSV-0012"},
                              {Language::Kubernetes, "checkov:CKV_K8S_23"},
                              {Language::Kubernetes, "kubescape:C-0013"},
                              {Language::Kubernetes, "kubesec:RunAsNonRoot"}},
                  .languages = Language::Kubernetes},
                 {.name = "seccomp",
                  .summary = "No seccomp profile limits the system calls.",
                  .severity = Severity::Information,
                  .presets = kRestricted,
                  .aliases = {{Language::Kubernetes, "pss:seccompProfile_restricted"},
                              {Language::Kubernetes, "trivy:KSV-0030"},
                              {Language::Kubernetes, "trivy:KSV-0104"},
                              {Language::Kubernetes, "checkov:CKV_K8S_31"},
                              {Language::Kubernetes, "kube-score:container-seccomp-profile"},
                              {Language::Kubernetes, "kubescape:C-0210"},
                              {Language::Kubernetes, "kubescape:C-0055"},
                              {Language::Kubernetes, "polaris:linuxHardening"},
                              {Language::Kubernetes, "kubesec:SeccompAny"}},
                  .languages = Language::Kubernetes},
                 {.name = "read-only-root",
                  .summary = "The container can write to the files of its image.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Compose, "compose-lint:CL-0007"},
                              {Language::Kubernetes, "kube-linter:no-read-only-root-fs"},
                              {Language::Kubernetes, "kube-score:container-security-context-readonlyrootfilesystem"},
                              {Language::Kubernetes, "polaris:notReadOnlyRootFilesystem"},
                              {Language::Kubernetes, "trivy:KSV-0014"},
                              {Language::Kubernetes, "checkov:CKV_K8S_22"},
                              {Language::Kubernetes, "kubescape:C-0017"},
                              {Language::Kubernetes, "kubesec:ReadOnlyRootFilesystem"}},
                  .languages = Language::Compose | Language::Kubernetes},
                 {.name = "memory-limit",
                  .summary = "Nothing bounds the memory that a service takes.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Compose, "compose-lint:CL-0026"},
                              {Language::Compose, "kics:memory-not-limited"}},
                  .languages = Language::Compose},
                 {.name = "cpu-limit",
                  .summary = "Nothing bounds the processor time that a service takes.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}},
                  .aliases = {{Language::Compose, "compose-lint:CL-0026"},
                              {Language::Compose, "kics:cpus-not-limited"}},
                  .languages = Language::Compose},
                 {.name = "process-limit",
                  .summary = "Nothing bounds the number of processes of a service.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}},
                  .aliases = {{Language::Compose, "kics:pids-limit-not-set"}},
                  .languages = Language::Compose}},
    .references = {"https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
                   "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
                   "https://docs.docker.com/reference/compose-file/services/#security_opt"},
    .examples =
        {{"only the root file system is open", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  securityContext:\n    runAsNonRoot: true\n"
          "    seccompProfile: {type: RuntimeDefault}\n  containers:\n    - name: <|web|>\n      image: shop:1.4.2\n"
          "      securityContext:\n        allowPrivilegeEscalation: false\n        capabilities: {drop: [ALL]}\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  securityContext:\n    runAsNonRoot: true\n"
          "    seccompProfile: {type: RuntimeDefault}\n  containers:\n    - name: web\n      image: shop:1.4.2\n"
          "      securityContext:\n        allowPrivilegeEscalation: false\n        capabilities: {drop: [ALL]}\n"
          "        readOnlyRootFilesystem: true\n"},
         {"switched off in so many words", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      securityContext:\n        allowPrivilegeEscalation: <|true|>\n"
          "        readOnlyRootFilesystem: <|false|>\n        runAsNonRoot: <|false|>\n        seccompProfile:\n"
          "          type: <|Runtime|>\n        capabilities:\n          drop:\n            - ALL\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      securityContext:\n        allowPrivilegeEscalation: false\n"
          "        readOnlyRootFilesystem: true\n        runAsNonRoot: true\n        seccompProfile:\n"
          "          type: RuntimeDefault\n        capabilities:\n          drop:\n            - ALL\n"},
         {"capabilities that are added, and none dropped", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: <|web|>\n"
          "      image: shop:1.4.2\n      securityContext:\n        allowPrivilegeEscalation: false\n"
          "        readOnlyRootFilesystem: true\n        runAsNonRoot: true\n        seccompProfile:\n"
          "          type: Localhost\n        capabilities:\n          add:\n            - NET_BIND_SERVICE\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      securityContext:\n        allowPrivilegeEscalation: false\n"
          "        readOnlyRootFilesystem: true\n        runAsNonRoot: true\n        seccompProfile:\n"
          "          type: Localhost\n        capabilities:\n          drop:\n            - ALL\n"
          "          add:\n            - NET_BIND_SERVICE\n"},
         {"what is privileged cannot forbid it", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  securityContext: {runAsNonRoot: true}\n"
          "  containers:\n    - name: <|web|>\n      image: shop:1.4.2\n      securityContext:\n"
          "        capabilities: {drop: [ALL], add: [SYS_ADMIN]}\n        readOnlyRootFilesystem: true\n"
          "        seccompProfile: {type: RuntimeDefault}\n"},
         {"root by its number, of the container and of the pod", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  securityContext:\n    runAsUser: 0\n"
          "    seccompProfile: {type: RuntimeDefault}\n  containers:\n    - name: <|web|>\n"
          "      image: shop:1.4.2\n      securityContext: &rest {allowPrivilegeEscalation: false, "
          "readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}\n    - name: log\n      image: log:1.4.2\n"
          "      securityContext:\n        runAsUser: 0\n        runAsNonRoot: <|false|>\n        <<: *rest\n"},
         {"a service", "compose.yaml",
          "services:\n  <|web|>:\n    image: shop:1.4.2\n    read_only: true\n    pids_limit: 100\n    mem_limit: 1g\n"
          "    cpus: 0.5\n    cap_drop:\n      - ALL\n",
          "services:\n  web:\n    image: shop:1.4.2\n    read_only: true\n    pids_limit: 100\n    mem_limit: 1g\n"
          "    cpus: 0.5\n    security_opt:\n      - no-new-privileges:true\n    cap_drop:\n      - ALL\n"},
         {"a service that can write everywhere", "compose.yaml",
          "services:\n  <|web|>:\n    image: shop:1.4.2\n    cap_drop: [ALL]\n"
          "    security_opt: [\"no-new-privileges:true\"]\n    deploy:\n      resources:\n"
          "        limits: {memory: 512M, cpus: \"1.0\", pids: 100}\n",
          "services:\n  web:\n    image: shop:1.4.2\n    cap_drop: [ALL]\n"
          "    security_opt: [\"no-new-privileges:true\"]\n    read_only: true\n    tmpfs:\n      - /tmp\n"
          "    deploy:\n      resources:\n        limits: {memory: 512M, cpus: \"1.0\", pids: 100}\n"},
         {"a service without limits", "compose.yaml",
          "services:\n  <|web|>:\n    image: shop:1.4.2\n    read_only: true\n    cap_drop: [ALL]\n"
          "    security_opt: [\"no-new-privileges:true\"]\n    mem_limit: <|0|>\n    pids_limit: <|-1|>\n"},
         {"Windows has none of these", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  os: {name: windows}\n  containers:\n"
          "    - name: web\n      image: shop:1.4.2\n      securityContext: {runAsNonRoot: true}\n"},
         {"a hardened service", "compose.yaml",
          "services:\n  web:\n    image: shop:1.4.2\n    read_only: true\n    cap_drop: [ALL]\n"
          "    security_opt: [\"no-new-privileges:true\"]\n    mem_limit: 1g\n    cpus: 2\n    pids_limit: 100\n"}},
    .checks = {on(check_workload), on(check_service)},
});

}  // namespace quaymaster::rules
