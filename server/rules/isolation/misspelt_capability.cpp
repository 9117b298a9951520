#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "text/one_of.h"

namespace quaymaster::rules {
extern const Rule misspelt_capability;
namespace {

using Capability = container::Isolation::Capability;

constexpr std::string_view kNames[] = {"ALL",
                                       "AUDIT_CONTROL",
                                       "AUDIT_READ",
                                       "AUDIT_WRITE",
                                       "BLOCK_SUSPEND",
                                       "BPF",
                                       "CHOWN",
                                       "DAC_OVERRIDE",
                                       "DAC_READ_SEARCH",
                                       "CHECKPOINT_RESTORE",
                                       "FOWNER",
                                       "FSETID",
                                       "IPC_LOCK",
                                       "IPC_OWNER",
                                       "KILL",
                                       "LEASE",
                                       "LINUX_IMMUTABLE",
                                       "MAC_ADMIN",
                                       "MAC_OVERRIDE",
                                       "MKNOD",
                                       "NET_ADMIN",
                                       "NET_BIND_SERVICE",
                                       "NET_BROADCAST",
                                       "NET_RAW",
                                       "PERFMON",
                                       "SETFCAP",
                                       "SETGID",
                                       "SETPCAP",
                                       "SETUID",
                                       "SYS_ADMIN",
                                       "SYS_BOOT",
                                       "SYS_CHROOT",
                                       "SYS_MODULE",
                                       "SYS_NICE",
                                       "SYS_PACCT",
                                       "SYS_PTRACE",
                                       "SYS_RAWIO",
                                       "SYS_RESOURCE",
                                       "SYS_TIME",
                                       "SYS_TTY_CONFIG",
                                       "SYSLOG",
                                       "WAKE_ALARM"};

/// Whether a name stands for something that a template or a program puts in its place: `__NAME__`, `{{ name }}`.
bool is_placeholder(std::string_view written) {
  constexpr std::string_view kOfNames = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
  return written.starts_with('_') || written.find_first_not_of(kOfNames) != std::string_view::npos;
}

std::vector<Fix> spelling_fix(const kubernetes::PodContainer& container, const Capability& capability,
                              Applicability applicability) {
  if (capability.shared || container.value.shared()) return {};
  std::optional<Edit> edit =
      yaml::replace_scalar(yaml::value_at(*container.value.document(), capability.range), capability.name);
  if (!edit) return {};
  return {{"Write " + capability.name, applicability, {*std::move(edit)}}};
}

std::vector<std::string_view> aliases_of(const Capability& capability, bool added) {
  if (added) return {"pss:capabilities_baseline", "pss:capabilities_restricted"};
  if (capability.name == "ALL") return {"pss:capabilities_restricted"};
  return {};
}

void check_capability(const kubernetes::PodContainer& container, const Capability& capability, bool added,
                      RuleContext& ctx) {
  const container::Isolation& isolation = container.container.isolation;
  const std::string_view written = slice(container.value.document()->text(), capability.range);
  if (written.empty() || is_placeholder(written)) return;
  const bool exists = one_of(kNames, capability.name);
  if (written == capability.name && exists) return;
  const std::string subject = quoted(written, 24);
  if (!exists)
    return ctx.report({.variant = "unknown",
                       .range = capability.range,
                       .message = subject + " is no capability of Linux",
                       .aliases = aliases_of(capability, added)});
  const bool prefix = written.size() != capability.name.size();
  const bool only_one =
      std::ranges::count(added ? isolation.added : isolation.dropped, capability.name, &Capability::name) == 1;
  // The runtime made nothing of the name so far: spelt right, it gives or takes the right.
  const Applicability trust = added || prefix ? Applicability::Unsafe : Applicability::Safe;
  ctx.report({.variant = added                      ? "added"
                         : prefix                   ? "prefix"
                         : capability.name == "ALL" ? "all"
                                                    : "case",
              .range = capability.range,
              .message = subject +
                         (prefix ? " is not known to Kubernetes, which writes `"
                                 : " is not what the standards look for, which is `") +
                         capability.name + "`",
              .fixes = only_one ? spelling_fix(container, capability, trust) : std::vector<Fix>{},
              .aliases = aliases_of(capability, added)});
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  for (const kubernetes::PodContainer& container : workload.containers) {
    const std::vector<Capability>& dropped = container.container.isolation.dropped;
    for (const Capability& capability : container.container.isolation.added)
      check_capability(container, capability, true, ctx);
    const bool all_dropped = std::ranges::any_of(dropped, [&](const Capability& each) {
      return slice(container.value.document()->text(), each.range) == "ALL";
    });
    for (const Capability& capability : dropped)
      if (!all_dropped) check_capability(container, capability, false, ctx);
  }
}

constexpr StaticList<PresetEntry, kPresetCount> kAdded = {{Preset::Recommended, Severity::Warning},
                                                          {Preset::Strict, Severity::Warning},
                                                          {Preset::PssBaseline, Severity::Error},
                                                          {Preset::PssRestricted, Severity::Error}};
constexpr StaticList<PresetEntry, kPresetCount> kOthers = {{Preset::Recommended, Severity::Warning},
                                                           {Preset::Strict, Severity::Warning}};

}  // namespace

constinit const Rule misspelt_capability = checked({
    .name = "misspelt-capability",
    .family = Family::Isolation,
    .title = "A capability is not written as Kubernetes knows it.",
    .consequence =
        "`drop: [CAP_NET_RAW]` looks right, and drops nothing: the runtime puts its own `CAP_` in front and knows no "
        "`CAP_CAP_NET_RAW`. A taken-over container forges packets to its neighbours, which everybody thought was "
        "impossible.",
    .fine_when = "Your runtime takes the name as it is written, and no admission controller looks at it.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "prefix",
                  .summary = "A capability to drop has `CAP_` in front, and stays.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning},
                              {Preset::Strict, Severity::Warning},
                              {Preset::PssRestricted, Severity::Error}},
                  .aliases = {{Language::Kubernetes, "pss:capabilities_restricted"}},
                  .languages = Language::Kubernetes},
                 {.name = "all",
                  .summary = "`all` is dropped, which the restricted standard does not take for `ALL`.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Recommended, Severity::Information},
                              {Preset::Strict, Severity::Information},
                              {Preset::PssRestricted, Severity::Error}},
                  .aliases = {{Language::Kubernetes, "pss:capabilities_restricted"}},
                  .languages = Language::Kubernetes},
                 {.name = "case",
                  .summary = "A capability to drop is not in upper case.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Kubernetes},
                 {.name = "added",
                  .summary = "A capability to add is spelt in a way that the standards refuse.",
                  .severity = Severity::Warning,
                  .presets = kAdded,
                  .aliases = {{Language::Kubernetes, "pss:capabilities_baseline"},
                              {Language::Kubernetes, "pss:capabilities_restricted"}},
                  .languages = Language::Kubernetes},
                 {.name = "unknown",
                  .summary = "The name is no capability.",
                  .severity = Severity::Warning,
                  .presets = kOthers,
                  .aliases = {{Language::Kubernetes, "pss:capabilities_baseline"},
                              {Language::Kubernetes, "pss:capabilities_restricted"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"
                   "#set-capabilities-for-a-container",
                   "https://man7.org/linux/man-pages/man7/capabilities.7.html"},
    .examples =
        {{"dropped", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      securityContext:\n        capabilities:\n          drop:\n"
          "            - <|CAP_NET_RAW|>  # no forged packets\n            - \"<|mknod|>\"\n            - <|NET_ROW|>\n"
          "    - name: log\n      image: log:1.4.2\n      securityContext:\n        capabilities: {drop: [<|all|>]}\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      securityContext:\n        capabilities:\n          drop:\n"
          "            - NET_RAW  # no forged packets\n            - \"MKNOD\"\n            - NET_ROW\n"
          "    - name: log\n      image: log:1.4.2\n      securityContext:\n        capabilities: {drop: [ALL]}\n"},
         {"added", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      securityContext:\n"
          "        capabilities: {add: [<|CAP_CHOWN|>, <|net_bind_service|>], drop: [ALL]}\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      securityContext:\n"
          "        capabilities: {add: [CHOWN, NET_BIND_SERVICE], drop: [ALL]}\n"},
         {"the right name is there as well", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      securityContext:\n        capabilities: {drop: [NET_RAW, "
          "<|CAP_NET_RAW|>]}\n"},
         {"names that somebody fills in", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      securityContext:\n        capabilities: {add: [__CAPABILITY__, "
          "\"%name%\"], drop: [<|no_name|>]}\n"},
         {"as Kubernetes knows them", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      securityContext:\n        capabilities:\n"
          "          add: [CHECKPOINT_RESTORE, \"${CAPABILITY}\"]\n          drop: [ALL, cap_net_raw]\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
