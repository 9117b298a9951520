#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "model/container/container.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/removal.h"
#include "text/one_of.h"

namespace quaymaster::rules {
extern const Rule added_capability;
namespace {

struct Capability {
  std::string_view name;
  std::string_view variant;
  std::string_view grants;  ///< what its holder can do
};

constexpr std::array kCapabilities{
    Capability{"ALL", "host-takeover", "everything that root of the host can do"},
    Capability{"SYS_ADMIN", "host-takeover", "mounting, and with it the host"},
    Capability{"SYS_MODULE", "host-takeover", "loading code into the kernel of the host"},
    Capability{"SYS_RAWIO", "host-takeover", "raw access to memory and devices"},
    Capability{"NET_ADMIN", "network-or-kernel", "changing routes, firewall and interfaces"},
    Capability{"BPF", "network-or-kernel", "running its own code in the kernel"},
    Capability{"SYS_BOOT", "network-or-kernel", "rebooting the host"},
    Capability{"PERFMON", "host-state", "watching every process of the host"},
    Capability{"SYS_TIME", "host-state", "setting the clock of the host"},
    Capability{"SYS_NICE", "host-resources", "taking the processors from everybody else"},
    Capability{"IPC_LOCK", "host-resources", "locking memory of the host without a bound"},
    Capability{"LEASE", "host-resources", "holding up the host at files that it mounts"},
    Capability{"SYSLOG", "kernel-log", "reading the kernel log of the host"},
    Capability{"SYS_PTRACE", "other-processes", "reading the memory of other processes in it"},
    Capability{"DAC_READ_SEARCH", "other-processes", "reading every file, whoever owns it"},
};

/// What Docker and containerd give to every container.
constexpr std::array<std::string_view, 14> kDefault{
    "AUDIT_WRITE", "CHOWN",   "DAC_OVERRIDE", "FOWNER", "FSETID",  "KILL",       "MKNOD",
    "NET_RAW",     "SETFCAP", "SETGID",       "SETUID", "SETPCAP", "SYS_CHROOT", "NET_BIND_SERVICE"};

bool is_default(std::string_view name) { return std::ranges::find(kDefault, name) != kDefault.end(); }

/// What kubescape takes for insecure.
constexpr std::string_view kInsecure[] = {"SETPCAP",    "NET_ADMIN",    "NET_RAW",  "SYS_MODULE", "SYS_RAWIO",
                                          "SYS_PTRACE", "SYS_ADMIN",    "SYS_BOOT", "PERFMON",    "ALL",
                                          "BPF",        "MAC_OVERRIDE", "MAC_ADMIN"};

/// The checks of Kubernetes linters that report this name.
std::vector<std::string_view> kubernetes_aliases(std::string_view name) {
  std::vector<std::string_view> aliases{"checkov:CKV_K8S_25", "trivy:KSV-0022"};
  if (name != "NET_BIND_SERVICE") aliases.insert(aliases.end(), {"pss:capabilities_restricted", "trivy:KSV-0106"});
  if (!is_default(name) || name == "NET_RAW") aliases.insert(aliases.end(), {"pss:capabilities_baseline"});
  if (name == "SYS_ADMIN")
    aliases.insert(aliases.end(), {"trivy:KSV-0005", "checkov:CKV_K8S_39", "kubesec:CapSysAdmin"});
  if (one_of(kInsecure, name)) aliases.emplace_back("kubescape:C-0046");
  if (name == "NET_RAW") aliases.emplace_back("trivy:KSV-0119");
  if (name == "SYS_MODULE") aliases.emplace_back("trivy:KSV-0120");
  if (name == "ALL" || name == "SYS_ADMIN" || name == "NET_ADMIN")
    aliases.emplace_back("polaris:dangerousCapabilities");
  return aliases;
}

Report report_of(std::string_view name, std::string_view container, Language language) {
  const std::string subject = quoted(container, 16) + " gets `" + std::string(name.substr(0, 18)) + "`";
  const auto* known = std::ranges::find(kCapabilities, name, &Capability::name);
  if (known != kCapabilities.end())
    return {.variant = known->variant, .message = subject + ": " + std::string(known->grants)};
  // What a Compose service has anyway, or takes back after `cap_drop: [ALL]`, is not worth a word.
  if (!is_default(name)) return {.variant = "other", .message = subject + ", which containers do not have by default"};
  if (language != Language::Kubernetes) return {};
  if (name == "NET_BIND_SERVICE") return {.variant = "port", .message = subject + " back, to open ports below 1024"};
  if (name == "NET_RAW") return {.variant = "other", .message = subject + ": forging packets to its neighbours"};
  return {.variant = "default", .message = subject + " back, which the restricted standard does not allow"};
}

void check_container(const container::Container& container, RuleContext& ctx) {
  if (!container.place) return;
  for (const container::Isolation::Capability& capability : container.isolation.added) {
    // A name from a variable that nobody gives a value is not known.
    if (capability.name.empty() || capability.name.find('$') != std::string::npos) continue;
    Report report = report_of(capability.name, container.name, ctx.language());
    if (report.variant.empty()) continue;
    if (capability.name == "ALL" && !container.isolation.dropped.empty())
      report.message =
          quoted(container.name, 16) + " gets `ALL`, and drops some: what is left is most of root of the host";
    report.range = capability.range;
    if (report.variant != "port")
      report.fixes =
          removal(*container.place->document, capability.range, container.place->shared || capability.shared,
                  "Remove " + capability.name,
                  "What the program needed it for fails then: try it, and look for \"Operation not permitted\".");
    if (ctx.language() == Language::Kubernetes) report.aliases = kubernetes_aliases(capability.name);
    ctx.report(std::move(report));
  }
}

consteval StaticList<PresetEntry, kPresetCount> reaches_out(Severity severity) {
  return {{Preset::Strict, severity}, {Preset::PssBaseline, Severity::Error}, {Preset::PssRestricted, Severity::Error}};
}

/// The aliases of all that go beyond the baseline; `report` says which of them hold for a name.
consteval StaticList<Alias, 24> beyond_baseline(std::string_view compose_lint) {
  return {{Language::Compose, compose_lint},
          {Language::Compose, "kics:container-capabilities-unrestricted"},
          {Language::Kubernetes, "pss:capabilities_baseline"},
          {Language::Kubernetes, "pss:capabilities_restricted"},
          {Language::Kubernetes, "trivy:KSV-0005"},
          {Language::Kubernetes, "trivy:KSV-0106"},
          {Language::Kubernetes, "trivy:KSV-0119"},
          {Language::Kubernetes, "trivy:KSV-0120"},
          {Language::Kubernetes, "checkov:CKV_K8S_25"},
          {Language::Kubernetes, "trivy:KSV-0022"},
          {Language::Kubernetes, "kubescape:C-0046"},
          {Language::Kubernetes, "checkov:CKV_K8S_39"},
          {Language::Kubernetes, "kubesec:CapSysAdmin"},
          {Language::Kubernetes, "polaris:dangerousCapabilities"}};
}

}  // namespace

constinit const Rule added_capability = checked({
    .name = "added-capability",
    .family = Family::Isolation,
    .title = "The container gets a capability of root that containers do not have by default.",
    .consequence = "Somebody finds a hole in the program. With SYS_ADMIN they mount the disk of the host and read it; "
                   "with NET_ADMIN "
                   "they send the traffic of the containers beside it through their own; with SYS_MODULE they load a "
                   "kernel module, "
                   "and the machine is theirs.",
    .fine_when = "The program is about this very thing: a VPN needs NET_ADMIN, a time server SYS_TIME, a debugger "
                 "SYS_PTRACE. Say so in a comment, and drop all others.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "host-takeover",
                  .summary = "With ALL, SYS_ADMIN, SYS_MODULE or SYS_RAWIO, root in the container is root of the host.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error},
                              {Preset::Strict, Severity::Error},
                              {Preset::PssBaseline, Severity::Error},
                              {Preset::PssRestricted, Severity::Error}},
                  .aliases = beyond_baseline("compose-lint:CL-0024"),
                  .languages = Language::Compose | Language::Kubernetes},
                 {.name = "network-or-kernel",
                  .summary = "NET_ADMIN, BPF and SYS_BOOT reach beyond the container.",
                  .severity = Severity::Warning,
                  .presets = reaches_out(Severity::Warning),
                  .aliases = beyond_baseline("compose-lint:CL-0011"),
                  .languages = Language::Compose | Language::Kubernetes},
                 {.name = "host-state",
                  .summary = "PERFMON watches, and SYS_TIME changes, what belongs to the whole host.",
                  .severity = Severity::Warning,
                  .presets = reaches_out(Severity::Warning),
                  .aliases = beyond_baseline("compose-lint:CL-0028"),
                  .languages = Language::Compose | Language::Kubernetes},
                 {.name = "host-resources",
                  .summary = "SYS_NICE, IPC_LOCK and LEASE can starve what else runs on the host.",
                  .severity = Severity::Information,
                  .presets = reaches_out(Severity::Information),
                  .aliases = beyond_baseline("compose-lint:CL-0029"),
                  .languages = Language::Compose | Language::Kubernetes},
                 {.name = "kernel-log",
                  .summary = "SYSLOG reads the kernel log of the host.",
                  .severity = Severity::Information,
                  .presets = reaches_out(Severity::Information),
                  .aliases = beyond_baseline("compose-lint:CL-0030"),
                  .languages = Language::Compose | Language::Kubernetes},
                 {.name = "other-processes",
                  .summary = "SYS_PTRACE and DAC_READ_SEARCH take down the walls within the container.",
                  .severity = Severity::Information,
                  .presets = reaches_out(Severity::Information),
                  .aliases = beyond_baseline("compose-lint:CL-0027"),
                  .languages = Language::Compose | Language::Kubernetes},
                 {.name = "other",
                  .summary = "Another capability that containers do not have by default.",
                  .severity = Severity::Information,
                  .presets = reaches_out(Severity::Information),
                  .aliases = {{Language::Compose, "kics:container-capabilities-unrestricted"},
                              {Language::Kubernetes, "pss:capabilities_baseline"},
                              {Language::Kubernetes, "pss:capabilities_restricted"},
                              {Language::Kubernetes, "trivy:KSV-0106"},
                              {Language::Kubernetes, "trivy:KSV-0119"},
                              {Language::Kubernetes, "checkov:CKV_K8S_25"},
                              {Language::Kubernetes, "trivy:KSV-0022"},
                              {Language::Kubernetes, "kubescape:C-0046"}},
                  .languages = Language::Compose | Language::Kubernetes},
                 {.name = "default",
                  .summary = "A capability of the runtime's default set that the restricted standard does not allow.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::PssRestricted, Severity::Error}},
                  .aliases = {{Language::Kubernetes, "pss:capabilities_restricted"},
                              {Language::Kubernetes, "trivy:KSV-0106"},
                              {Language::Kubernetes, "checkov:CKV_K8S_25"},
                              {Language::Kubernetes, "trivy:KSV-0022"},
                              {Language::Kubernetes, "kubescape:C-0046"}},
                  .languages = Language::Kubernetes},
                 {.name = "port",
                  .summary = "NET_BIND_SERVICE, the one capability that every standard allows.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "checkov:CKV_K8S_25"}, {Language::Kubernetes, "trivy:KSV-0022"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://man7.org/linux/man-pages/man7/capabilities.7.html",
                   "https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities",
                   "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline"},
    .examples =
        {{"the host in one word", "compose.yaml",
          "services:\n  backup:\n    image: backup:1.4.2\n    cap_add:\n      - CHOWN\n      - <|SYS_ADMIN|>  # for "
          "fuse\n"
          "    restart: always\n",
          "services:\n  backup:\n    image: backup:1.4.2\n    cap_add:\n      - CHOWN\n    restart: always\n"},
         {"the last one takes the key along", "compose.yaml",
          "services:\n  backup:\n    image: backup:1.4.2\n    cap_add:\n      - \"<|all|>\"\n    restart: always\n",
          "services:\n  backup:\n    image: backup:1.4.2\n    restart: always\n"},
         {"a flow sequence", "compose.yaml",
          "services:\n  agent:\n    image: agent:1.4.2\n    cap_add: [<|NET_ADMIN|>, KILL, <|CAP_PERFMON|>, "
          "<|SYS_TIME|>]\n",
          "services:\n  agent:\n    image: agent:1.4.2\n    cap_add: [KILL]\n"},
         {"what costs the host, tells of it, or opens other processes", "compose.yaml",
          "services:\n  agent:\n    image: agent:1.4.2\n    cap_add:\n      - <|SYS_NICE|>\n      - <|SYSLOG|>\n"
          "      - <|SYS_PTRACE|>\n      - <|WAKE_ALARM|>\n",
          "services:\n  agent:\n    image: agent:1.4.2\n"},
         {"a list that several services share is not edited", "compose.yaml",
          "x-base: &base\n  image: agent:1.4.2\n  cap_add: [<|SYS_MODULE|>]\nservices:\n  agent:\n    <<: *base\n"},
         {"a pod", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: agent\nspec:\n  containers:\n    - name: agent\n"
          "      image: agent:2.1.0\n      securityContext:\n        capabilities:\n          drop: [ALL]\n"
          "          add: [<|NET_BIND_SERVICE|>, <|CHOWN|>, <|NET_RAW|>, <|SYS_ADMIN|>]\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: agent\nspec:\n  containers:\n    - name: agent\n"
          "      image: agent:2.1.0\n      securityContext:\n        capabilities:\n          drop: [ALL]\n"
          "          add: [NET_BIND_SERVICE]\n"},
         {"what containers have anyway, and what nobody knows", "compose.yaml",
          "services:\n  web:\n    image: web:1.4.2\n    cap_drop: [ALL]\n    cap_add: [CHOWN, SETUID, SETGID, "
          "NET_BIND_SERVICE, \"${EXTRA}\"]\n"}},
    .checks = {on(check_container)},
});

}  // namespace quaymaster::rules
