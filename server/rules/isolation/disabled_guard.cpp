#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/container/container.h"
#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/security.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/removal.h"

namespace quaymaster::rules {
extern const Rule disabled_guard;
namespace {

using SwitchedOff = container::Isolation::SwitchedOff;

struct Words {
  std::string_view variant;
  std::string_view message;  ///< follows the container's name
  std::string_view caveat;
};

/// In the order of `SwitchedOff::Guard`.
constexpr std::array<Words, 4> kWords{{
    {"seccomp", " may make every system call: its seccomp filter is off",
     "A program that makes rare system calls, such as a debugger or a browser with a sandbox, then fails: give it a "
     "profile of its own."},
    {"apparmor", " is not confined by AppArmor",
     "A program that mounts, or writes below /proc and /sys, then fails: give it a profile of its own."},
    {"selinux", " is not separated from the host by SELinux labels",
     "Files of the host need a label then: mount them with `:z` or `:Z`."},
    {"masked-paths", " sees the parts of /proc and /sys that are hidden from containers",
     "A program that makes containers itself, or changes the kernel's settings, then fails."},
}};

std::vector<Fix> fix_of(const container::Container& container, const SwitchedOff& guard, const Words& words,
                        Language language) {
  if (!container.place || container.place->shared || guard.shared) return {};
  const yaml::Document& document = *container.place->document;
  if (language != Language::Kubernetes) {
    const yaml::Value value = yaml::value_at(document, guard.range);
    return value ? removal(document, guard.range, false, "Switch it on again", words.caveat) : std::vector<Fix>{};
  }
  const yaml::Value value = yaml::value_at(document, guard.range);
  // The API server takes a local profile beside no other type than `Localhost`.
  if (value && yaml::Value(document, *value.node()->parent).get("localhostProfile")) return {};
  // Where there was no field yet, an annotation says it, in other words.
  const bool field = value.string() == "Unconfined";
  std::optional<Edit> edit = yaml::replace_scalar(value, field ? "RuntimeDefault" : "runtime/default");
  if (!edit) return {};
  return {{"Use the profile of the runtime", Applicability::Unsafe, {*std::move(edit)}, std::string(words.caveat)}};
}

void check_container(const container::Container& container, RuleContext& ctx) {
  for (const SwitchedOff& guard : container.isolation.switched_off) {
    // Of a pod it matters whose users it has, which is not for a container to say.
    if (guard.guard == SwitchedOff::Guard::MaskedPaths && ctx.language() == Language::Kubernetes) continue;
    const Words& words = kWords[static_cast<std::size_t>(guard.guard)];
    ctx.report({.variant = words.variant,
                .range = guard.range,
                .message = quoted(container.name, 24) + std::string(words.message),
                .fixes = fix_of(container, guard, words, ctx.language())});
  }
}

std::vector<Fix> mask_fix(const kubernetes::PodContainer& container, const Words& words) {
  const std::optional<kubernetes::Setting> mount = kubernetes::security_of(container).proc_mount;
  if (!mount) return {};
  return removal(*container.value.document(), mount->key_range, mount->shared || container.security_context.shared(),
                 "Hide them again", words.caveat);
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  const Words& words = kWords[static_cast<std::size_t>(SwitchedOff::Guard::MaskedPaths)];
  const bool own_users = kubernetes::has_own_users(workload);
  for (const kubernetes::PodContainer& container : workload.containers)
    for (const SwitchedOff& guard : container.container.isolation.switched_off)
      if (guard.guard == SwitchedOff::Guard::MaskedPaths)
        ctx.report({.variant = own_users ? "masked-paths-with-own-users" : words.variant,
                    .range = guard.range,
                    .message = quoted(container.container.name, 24) + std::string(words.message),
                    .fixes = mask_fix(container, words)});
}

constexpr StaticList<PresetEntry, kPresetCount> kPresets = {{Preset::Recommended, Severity::Warning},
                                                            {Preset::Strict, Severity::Warning},
                                                            {Preset::PssBaseline, Severity::Error},
                                                            {Preset::PssRestricted, Severity::Error}};

}  // namespace

constinit const Rule disabled_guard = checked({
    .name = "disabled-guard",
    .family = Family::Isolation,
    .title = "A guard between the container and the kernel is switched off.",
    .consequence =
        "A new hole in the kernel is published: it is in a system call that no web server needs, and the default "
        "filter "
        "refuses it to every container. Yours is the one where the filter is off, and the published program works.",
    .fine_when = "The program needs what the default forbids, such as a container engine in a container or a debugger, "
                 "and a profile of its own is not worth the work.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "seccomp",
                  .summary = "The filter of system calls is off.",
                  .severity = Severity::Warning,
                  .presets = kPresets,
                  .aliases = {{Language::Compose, "compose-lint:CL-0009"},
                              {Language::Compose, "kics:default-seccomp-profile-disabled"},
                              {Language::Kubernetes, "pss:seccompProfile_baseline"},
                              {Language::Kubernetes, "pss:seccompProfile_restricted"},
                              {Language::Kubernetes, "trivy:KSV-0030"},
                              {Language::Kubernetes, "trivy:KSV-0104"},
                              {Language::Kubernetes, "checkov:CKV_K8S_31"},
                              {Language::Kubernetes, "polaris:linuxHardening"},
                              {Language::Kubernetes, "kubesec:SeccompUnconfined"}},
                  .languages = Language::Compose | Language::Kubernetes},
                 {.name = "apparmor",
                  .summary = "The AppArmor profile is off.",
                  .severity = Severity::Warning,
                  .presets = kPresets,
                  .aliases = {{Language::Compose, "compose-lint:CL-0009"},
                              {Language::Kubernetes, "pss:appArmorProfile"},
                              {Language::Kubernetes, "trivy:KSV-0002"},
                              {Language::Kubernetes, "kubesec:ApparmorUnconfined"}},
                  .languages = Language::Compose | Language::Kubernetes},
                 {.name = "selinux",
                  .summary = "The separation by SELinux labels is off.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Compose, "compose-lint:CL-0009"}},
                  .languages = Language::Compose},
                 {.name = "masked-paths",
                  .summary = "What the runtime hides below /proc and /sys is visible.",
                  .severity = Severity::Warning,
                  .presets = kPresets,
                  .aliases = {{Language::Kubernetes, "pss:procMount"},
                              {Language::Kubernetes, "pss:procMount_restricted"},
                              {Language::Kubernetes, "kube-linter:unsafe-proc-mount"},
                              {Language::Kubernetes, "polaris:procMount"},
                              {Language::Kubernetes, "trivy:KSV-0027"}},
                  .languages = Language::Compose | Language::Kubernetes},
                 {.name = "masked-paths-with-own-users",
                  .summary =
                      "The same in a pod with users of its own (`hostUsers: false`), whose root is not the host's.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::PssRestricted, Severity::Error}},
                  .aliases = {{Language::Kubernetes, "pss:procMount_restricted"},
                              {Language::Kubernetes, "kube-linter:unsafe-proc-mount"},
                              {Language::Kubernetes, "polaris:procMount"},
                              {Language::Kubernetes, "trivy:KSV-0027"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://docs.docker.com/engine/security/seccomp/",
                   "https://docs.docker.com/engine/security/apparmor/",
                   "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline"},
    .examples =
        {{"two of three options", "compose.yaml",
          "services:\n  web:\n    image: web:1.4.2\n    security_opt:\n      - no-new-privileges:true\n"
          "      - <|seccomp:unconfined|>\n      - \"<|apparmor=unconfined|>\"  # for the debugger\n    restart: "
          "always\n",
          "services:\n  web:\n    image: web:1.4.2\n    security_opt:\n      - no-new-privileges:true\n"
          "    restart: always\n"},
         {"the only option takes the key along", "compose.yaml",
          "services:\n  web:\n    image: web:1.4.2\n    security_opt: [\"<|label:disable|>\"]\n    restart: always\n",
          "services:\n  web:\n    image: web:1.4.2\n    restart: always\n"},
         {"hidden paths", "compose.yaml",
          "services:\n  builder:\n    image: buildah:1.38.0\n    security_opt: [label=type:container_t, "
          "<|systempaths=unconfined|>]\n",
          "services:\n  builder:\n    image: buildah:1.38.0\n    security_opt: [label=type:container_t]\n"},
         {"an option that several services share is not edited", "compose.yaml",
          "x-base: &base\n  image: web:1.4.2\n  security_opt:\n    - <|seccomp=unconfined|>\nservices:\n  web:\n"
          "    <<: *base\n"},
         {"a pod with an annotation", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\n  annotations:\n"
          "    container.apparmor.security.beta.kubernetes.io/web: <|unconfined|>\n"
          "    container.apparmor.security.beta.kubernetes.io/log: localhost/shop\nspec:\n  containers:\n"
          "    - name: web\n      image: shop:1.4.2\n    - name: log\n      image: log:2.0.1\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\n  annotations:\n"
          "    container.apparmor.security.beta.kubernetes.io/web: runtime/default\n"
          "    container.apparmor.security.beta.kubernetes.io/log: localhost/shop\nspec:\n  containers:\n"
          "    - name: web\n      image: shop:1.4.2\n    - name: log\n      image: log:2.0.1\n"},
         {"a pod", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      securityContext:\n        runAsNonRoot: true\n"
          "        procMount: <|Unmasked|>\n        seccompProfile:\n          type: <|Unconfined|>\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      securityContext:\n        runAsNonRoot: true\n"
          "        seccompProfile:\n          type: RuntimeDefault\n"},
         {"a profile is named all the same", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      securityContext:\n        seccompProfile: {type: <|Unconfined|>, "
          "localhostProfile: shop.json}\n"},
         {"hidden paths in a pod with users of its own", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: build\nspec:\n  hostUsers: false\n  containers:\n"
          "    - name: build\n      image: build:1.4.2\n      securityContext: {procMount: <|Unmasked|>}\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: build\nspec:\n  hostUsers: false\n  containers:\n"
          "    - name: build\n      image: build:1.4.2\n"},
         {"what a pod says for all its containers is reported once", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  securityContext:\n    appArmorProfile:\n"
          "      type: <|Unconfined|>\n  containers:\n    - name: web\n      image: shop:1.4.2\n"
          "    - name: log\n      image: log:1.0.3\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  securityContext:\n    appArmorProfile:\n"
          "      type: RuntimeDefault\n  containers:\n    - name: web\n      image: shop:1.4.2\n"
          "    - name: log\n      image: log:1.0.3\n"},
         {"profiles of its own", "compose.yaml",
          "services:\n  web:\n    image: web:1.4.2\n    security_opt:\n      - seccomp:./profile.json\n"
          "      - apparmor:shop\n      - label:type:container_t\n      - ${OPTION}\n"}},
    .checks = {on(check_container), on(check_workload)},
});

}  // namespace quaymaster::rules
