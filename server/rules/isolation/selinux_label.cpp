#include <optional>
#include <string>
#include <string_view>

#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/security.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/removal.h"
#include "text/one_of.h"

namespace quaymaster::rules {
extern const Rule selinux_label;
namespace {

using kubernetes::SecuritySettings;
using kubernetes::Setting;

constexpr std::string_view kCaveat = "Files that only that label may read or write are then out of its reach.";

void report(const SecuritySettings& settings, const Setting& setting, std::string_view key, std::string_view variant,
            std::string_view rest, RuleContext& ctx) {
  ctx.report({.variant = variant,
              .range = setting.value_range,
              .message = quoted(settings.name, 24) + std::string(rest),
              .fixes = removal(*settings.value.document(), setting.key_range, setting.shared || settings.value.shared(),
                               "Remove " + std::string(key), kCaveat)});
}

bool is_known(const std::optional<Setting>& setting) {
  return setting && !setting->text.empty() && setting->text.find_first_of("${") == std::string::npos;
}

void check_settings(const SecuritySettings& settings, RuleContext& ctx) {
  constexpr std::string_view kContainerTypes[] = {"container_t", "container_init_t", "container_kvm_t",
                                                  "container_engine_t"};
  if (is_known(settings.selinux_type) && !one_of(kContainerTypes, settings.selinux_type->text))
    report(settings, *settings.selinux_type, "type", "type", " has an SELinux type that is not made for containers",
           ctx);
  if (is_known(settings.selinux_user))
    report(settings, *settings.selinux_user, "user", "user-or-role", " chooses an SELinux user for itself", ctx);
  if (is_known(settings.selinux_role))
    report(settings, *settings.selinux_role, "role", "user-or-role", " chooses an SELinux role for itself", ctx);
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  for (const SecuritySettings& settings : kubernetes::all_security_of(workload)) check_settings(settings, ctx);
}

constexpr StaticList<PresetEntry, kPresetCount> kPresets = {{Preset::Strict, Severity::Warning},
                                                            {Preset::PssBaseline, Severity::Error},
                                                            {Preset::PssRestricted, Severity::Error}};
constexpr StaticList<Alias, 24> kAliases = {{Language::Kubernetes, "pss:seLinuxOptions"},
                                            {Language::Kubernetes, "trivy:KSV-0025"}};

}  // namespace

constinit const Rule selinux_label = checked({
    .name = "selinux-label",
    .family = Family::Isolation,
    .title = "A pod gives itself an SELinux label that is not one of a container.",
    .consequence =
        "A log collector could not read a folder of the node, so somebody set its type to `spc_t`. SELinux now lets "
        "every process in it do what root of the node may do, and the hole in its web page reads the keys of the "
        "kubelet.",
    .fine_when = "It looks after the node itself and is allowed to by a namespace of its own.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "type",
                  .summary = "The type is none of those that container runtimes have for containers.",
                  .severity = Severity::Warning,
                  .presets = kPresets,
                  .aliases = kAliases,
                  .languages = Language::Kubernetes},
                 {.name = "user-or-role",
                  .summary = "An SELinux user or role is set.",
                  .severity = Severity::Warning,
                  .presets = kPresets,
                  .aliases = kAliases,
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
                   "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"
                   "#assign-selinux-labels-to-a-container"},
    .examples =
        {{"of a container", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: log\nspec:\n  containers:\n    - name: log\n"
          "      image: log:1.4.2\n      securityContext:\n        runAsNonRoot: true\n        seLinuxOptions:\n"
          "          type: <|spc_t|>  # reads /var/log\n          level: s0:c1,c2\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: log\nspec:\n  containers:\n    - name: log\n"
          "      image: log:1.4.2\n      securityContext:\n        runAsNonRoot: true\n        seLinuxOptions:\n"
          "          level: s0:c1,c2\n"},
         {"of the pod", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: log\nspec:\n"
          "  securityContext: {runAsUser: 1000, seLinuxOptions: {user: <|system_u|>, role: <|system_r|>, level: s0}}\n"
          "  containers:\n    - name: log\n      image: log:1.4.2\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: log\nspec:\n"
          "  securityContext: {runAsUser: 1000, seLinuxOptions: {level: s0}}\n"
          "  containers:\n    - name: log\n      image: log:1.4.2\n"},
         {"types of containers", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: log\nspec:\n  securityContext:\n"
          "    seLinuxOptions: {type: container_kvm_t, user: \"\"}\n  containers:\n    - name: log\n"
          "      image: log:1.4.2\n      securityContext:\n        seLinuxOptions: {type: container_engine_t}\n"
          "    - name: web\n      image: web:1.4.2\n      securityContext:\n"
          "        seLinuxOptions: {type: \"${TYPE}\"}\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
