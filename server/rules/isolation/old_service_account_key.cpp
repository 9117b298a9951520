#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/object.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/removal.h"

namespace quaymaster::rules {
extern const Rule old_service_account_key;
namespace {

using kubernetes::Setting;

constexpr std::string_view kNewKey = "serviceAccountName";

std::vector<Fix> rename(const yaml::Value& pod_spec, const Setting& old) {
  if (old.shared || pod_spec.shared()) return {};
  return {{"Write serviceAccountName", Applicability::Safe, {Edit::replacement(old.key_range, std::string(kNewKey))}}};
}

std::vector<Fix> drop(const yaml::Value& pod_spec, const Setting& old) {
  if (old.shared || pod_spec.shared()) return {};
  std::optional<Edit> edit = yaml::remove_at(*pod_spec.document(), old.key_range);
  if (!edit) return {};
  return {{"Remove serviceAccount", trust_in_removal(*pod_spec.document(), *edit), {*std::move(edit)}}};
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  const yaml::Value& spec = workload.pod_spec;
  const std::optional<Setting> old = kubernetes::setting_of(spec, "serviceAccount");
  if (!old || old->text.empty()) return;
  const std::optional<Setting> now = kubernetes::setting_of(spec, kNewKey);
  if (!now || now->text.empty())
    return ctx.report({.variant = "old",
                       .range = old->key_range,
                       .message = "`serviceAccount` is the old name of `serviceAccountName`",
                       .fixes = spec.get(kNewKey) ? std::vector<Fix>{} : rename(spec, *old)});
  if (now->text == old->text)
    return ctx.report({.variant = "both",
                       .range = old->key_range,
                       .message = "`serviceAccount` says again what `serviceAccountName` says",
                       .fixes = drop(spec, *old)});
  ctx.report(
      {.variant = "conflict",
       .range = old->value_range,
       .message = "two accounts: " + quoted(old->text, 20) + " here, and " + quoted(now->text, 20) + ", which counts",
       .related = {{now->value_range, "the account that counts"}}});
}

}  // namespace

constinit const Rule old_service_account_key = checked({
    .name = "old-service-account-key",
    .family = Family::Isolation,
    .title = "The account of a pod is given under its old key.",
    .consequence =
        "Somebody gives the pod an account with fewer rights and writes `serviceAccountName`. The old key below it "
        "still names the mighty one; a reader sees that name, and nobody can say without the documentation which of "
        "the two holds.",
    .fine_when = "The object is written by a program for clusters older than Kubernetes 1.1.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "old",
                  .summary = "Only the old key is there.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Recommended, Severity::Information}, {Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Kubernetes, "kube-linter:deprecated-service-account-field"}},
                  .languages = Language::Kubernetes},
                 {.name = "both",
                  .summary = "Both keys are there and name the same account.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}},
                  .aliases = {{Language::Kubernetes, "kube-linter:deprecated-service-account-field"}},
                  .languages = Language::Kubernetes},
                 {.name = "conflict",
                  .summary = "The two keys name different accounts.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Kubernetes, "kube-linter:deprecated-service-account-field"},
                              {Language::Kubernetes, "kubescape:C-0294"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#PodSpec"},
    .examples =
        {{"the old key", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  <|serviceAccount|>: shop  # may read\n"
          "  containers:\n    - name: web\n      image: shop:1.4.2\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  serviceAccountName: shop  # may read\n"
          "  containers:\n    - name: web\n      image: shop:1.4.2\n"},
         {"both, in one line", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\n"
          "spec: {<|serviceAccount|>: shop, serviceAccountName: shop, containers: [{name: web, image: \"a:1\"}]}\n",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\n"
          "spec: {serviceAccountName: shop, containers: [{name: web, image: \"a:1\"}]}\n"},
         {"two accounts", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  serviceAccountName: shop\n"
          "  serviceAccount: <|admin|>\n  containers:\n    - name: web\n      image: shop:1.4.2\n"},
         {"the new key is empty", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  serviceAccountName: \"\"\n"
          "  <|serviceAccount|>: shop\n  containers:\n    - name: web\n      image: shop:1.4.2\n"},
         {"the new key", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  serviceAccountName: shop\n"
          "  serviceAccount: \"\"\n  containers:\n    - name: web\n      image: shop:1.4.2\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
