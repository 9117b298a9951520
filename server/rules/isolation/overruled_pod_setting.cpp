#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/security.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/removal.h"

namespace quaymaster::rules {
extern const Rule overruled_pod_setting;
namespace {

using kubernetes::SecuritySettings;

/// A setting that the pod has and no container takes over: taking it away changes nothing but the verdict.
std::vector<Fix> removal_of(const SecuritySettings& pod, TextRange key_range, std::string_view key, bool shared) {
  if (shared || pod.value.shared()) return {};
  std::optional<Edit> edit = yaml::remove_at(*pod.value.document(), key_range);
  if (!edit) return {};
  return {{"Remove " + std::string(key), trust_in_removal(*pod.value.document(), *edit), {*std::move(edit)}}};
}

void report(const SecuritySettings& pod, std::string_view key, std::string_view value, std::string_view variant,
            RuleContext& ctx) {
  const std::optional<yaml::Entry> entry = pod.value.entry(key);
  if (!entry) return;
  ctx.report({.variant = variant,
              .range = entry->key_range,
              .message = "the pod says " + quoted(std::string(key) + ": " + std::string(value), 30) +
                         ", but none of its containers does",
              .fixes = removal_of(pod, entry->key_range, key, entry->shared || entry->value.shared())});
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  if (workload.containers.empty()) return;
  const SecuritySettings pod = kubernetes::pod_security_of(workload);
  const auto all = [&](auto says) {
    return std::ranges::all_of(workload.containers, [&](const kubernetes::PodContainer& container) {
      return says(kubernetes::security_of(container));
    });
  };
  const auto unconfined = [](const std::optional<kubernetes::Setting>& type) {
    return type && type->text == "Unconfined";
  };
  if (unconfined(pod.seccomp_type) && all([](const SecuritySettings& own) { return own.seccomp_type.has_value(); }))
    report(pod, "seccompProfile", "Unconfined", "seccomp", ctx);
  if (unconfined(pod.apparmor_type) && all([](const SecuritySettings& own) { return own.apparmor_type.has_value(); }))
    report(pod, "appArmorProfile", "Unconfined", "apparmor", ctx);
  const bool may_be_root = pod.run_as_non_root && !pod.run_as_non_root->value && !kubernetes::has_own_users(workload);
  if (may_be_root && all([](const SecuritySettings& own) { return own.run_as_non_root.has_value(); }))
    report(pod, "runAsNonRoot", "false", "non-root", ctx);
}

constexpr StaticList<PresetEntry, kPresetCount> kBaseline = {
    {Preset::Strict, Severity::Hint}, {Preset::PssBaseline, Severity::Error}, {Preset::PssRestricted, Severity::Error}};

}  // namespace

constinit const Rule overruled_pod_setting = checked({
    .name = "overruled-pod-setting",
    .family = Family::Isolation,
    .title = "The pod switches off a guard that each of its containers switches on.",
    .consequence = "Every container has its own seccomp profile, yet the namespace refuses the pod: the standards look "
                   "at what the "
                   "pod says as well. And the next container that somebody adds inherits it.",
    .fine_when = "A container without the guard is about to be added, and the namespace allows it.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "seccomp",
                  .summary = "The pod has no seccomp filter, but all of its containers have one.",
                  .severity = Severity::Information,
                  .presets = kBaseline,
                  .aliases = {{Language::Kubernetes, "pss:seccompProfile_baseline"},
                              {Language::Kubernetes, "pss:seccompProfile_restricted"}},
                  .languages = Language::Kubernetes},
                 {.name = "apparmor",
                  .summary = "The pod has no AppArmor profile, but all of its containers have one.",
                  .severity = Severity::Information,
                  .presets = kBaseline,
                  .aliases = {{Language::Kubernetes, "pss:appArmorProfile"}},
                  .languages = Language::Kubernetes},
                 {.name = "non-root",
                  .summary = "The pod may run as root, but each of its containers says whether it may.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Hint}, {Preset::PssRestricted, Severity::Error}},
                  .aliases = {{Language::Kubernetes, "pss:runAsNonRoot"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/security/pod-security-standards/",
                   "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"},
    .examples =
        {{"each container has a profile", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  securityContext:\n    fsGroup: 1000\n"
          "    <|seccompProfile|>:\n      type: Unconfined\n  containers:\n    - name: web\n      image: shop:1.4.2\n"
          "      securityContext:\n        seccompProfile: {type: RuntimeDefault}\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  securityContext:\n    fsGroup: 1000\n"
          "  containers:\n    - name: web\n      image: shop:1.4.2\n"
          "      securityContext:\n        seccompProfile: {type: RuntimeDefault}\n"},
         {"root, and AppArmor", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n"
          "  securityContext: {fsGroup: 1000, <|runAsNonRoot|>: false, <|appArmorProfile|>: {type: Unconfined}}\n"
          "  containers:\n    - name: web\n      image: shop:1.4.2\n      securityContext:\n"
          "        runAsNonRoot: true\n        appArmorProfile: {type: RuntimeDefault}\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n"
          "  securityContext: {fsGroup: 1000}\n"
          "  containers:\n    - name: web\n      image: shop:1.4.2\n      securityContext:\n"
          "        runAsNonRoot: true\n        appArmorProfile: {type: RuntimeDefault}\n"},
         {"one container takes it over", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  securityContext:\n"
          "    seccompProfile: {type: Unconfined}\n    runAsNonRoot: false\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      securityContext:\n        seccompProfile: {type: RuntimeDefault}\n"
          "        runAsNonRoot: true\n    - name: log\n      image: log:1.4.2\n"},
         {"users of its own", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  hostUsers: false\n"
          "  securityContext: {runAsNonRoot: false}\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      securityContext: {runAsNonRoot: true}\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
