#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/object.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/build_step.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule service_account_token;
namespace {

using kubernetes::Object;
using kubernetes::Workload;

constexpr std::string_view kKey = "automountServiceAccountToken";

std::string_view account_of(const Workload& workload) {
  return workload.service_account && !workload.service_account->text.empty() ? workload.service_account->text
                                                                             : std::string_view("default");
}

/// Whether the account of the pod is in the file, and says that nobody gets its token.
bool is_kept_by_account(const kubernetes::File& file, const Workload& workload) {
  return std::ranges::any_of(file.parts, [&](const kubernetes::File::Part& part) {
    return std::ranges::any_of(part.manifest->objects, [&](const Object& object) {
      if (object.kind != "ServiceAccount" || object.name != account_of(workload)) return false;
      const std::optional<container::Flag> flag = kubernetes::flag_of(object.value, kKey);
      return object.namespace_name == workload.object.namespace_name && flag && !flag->value;
    });
  });
}

std::vector<Fix> without_token(const yaml::Value& mapping, const std::optional<container::Flag>& flag) {
  if (mapping.shared() || (flag && flag->shared)) return {};
  std::optional<Edit> edit = flag ? yaml::replace_with_plain(mapping.get(kKey), "false")
                                  : yaml::insert(mapping.place(), {kKey}, yaml::NewValue::plain("false"));
  if (!edit) return {};
  return {{"Mount no token",
           Applicability::Unsafe,
           {*std::move(edit)},
           "A program that talks to the API of the cluster then fails with \"unable to load in-cluster "
           "configuration\"."}};
}

void check_workload(const kubernetes::File& file, const Workload& workload, std::uint32_t begin, RuleContext& ctx) {
  const std::optional<container::Flag>& flag = workload.automount_service_account_token;
  if (!workload.pod_spec.is_mapping() || (flag && !flag->value)) return;
  const std::string name = quoted(workload.object.name, 24);
  if (flag) {
    return report_in_segment(begin,
                             {.variant = "asked-for",
                              .range = flag->key_range,
                              .message = name + " asks for a token of the API in each of its containers",
                              .fixes = without_token(workload.pod_spec, flag)},
                             ctx);
  }
  if (workload.partial || workload.pod_spec.get(kKey) || is_kept_by_account(file, workload)) return;
  const bool is_default = account_of(workload) == "default";
  report_in_segment(begin,
                    {.variant = is_default ? "default-account" : "own-account",
                     .range = workload.object.name_range,
                     .message = name + " gets a token of the API that nothing here says it needs",
                     .fixes = without_token(workload.pod_spec, flag)},
                    ctx);
}

void check_account(const Object& object, std::uint32_t begin, RuleContext& ctx) {
  if (object.kind != "ServiceAccount" || object.name != "default") return;
  const std::optional<container::Flag> flag = kubernetes::flag_of(object.value, kKey);
  if (flag && !flag->value) return;
  report_in_segment(begin,
                    {.variant = "of-default",
                     .range = flag ? flag->key_range : object.name_range,
                     .message = "account `default` gives its token to every pod that names no account",
                     .fixes = without_token(object.value, flag)},
                    ctx);
}

void check_file(const kubernetes::File& file, RuleContext& ctx) {
  for (const kubernetes::File::Part& part : file.parts) {
    for (const Object& object : part.manifest->objects) check_account(object, part.begin, ctx);
    for (const Workload& workload : part.manifest->workloads) check_workload(file, workload, part.begin, ctx);
  }
}

consteval StaticList<Alias, 24> peers(std::string_view more = {}) {
  if (more.empty())
    return {{Language::Kubernetes, "polaris:automountServiceAccountToken"},
            {Language::Kubernetes, "checkov:CKV_K8S_38"},
            {Language::Kubernetes, "kubescape:C-0034"},
            {Language::Kubernetes, "kubesec:AutomountServiceAccountToken"}};
  return {{Language::Kubernetes, "polaris:automountServiceAccountToken"},
          {Language::Kubernetes, "checkov:CKV_K8S_38"},
          {Language::Kubernetes, "kubescape:C-0034"},
          {Language::Kubernetes, "kubesec:AutomountServiceAccountToken"},
          {Language::Kubernetes, more}};
}

}  // namespace

constinit const Rule service_account_token = checked({
    .name = "service-account-token",
    .family = Family::Isolation,
    .title = "The containers of a pod get a token for the API of the cluster.",
    .consequence =
        "The shop has nothing to do with Kubernetes. Somebody runs a command in it, reads "
        "`/var/run/secrets/kubernetes.io/serviceaccount/token`, and asks the API what that account may do: in a "
        "namespace where somebody once bound `default` to `edit`, everything.",
    .fine_when = "The program talks to the API: an operator, a controller, something that finds its peers.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "default-account",
                  .summary = "A pod without an account of its own gets the token of `default`.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}},
                  .aliases = peers("kube-linter:default-service-account"),
                  .languages = Language::Kubernetes},
                 {.name = "own-account",
                  .summary = "A pod with an account of its own gets the token, and does not say that it needs it.",
                  .severity = Severity::Hint,
                  .aliases = peers(),
                  .languages = Language::Kubernetes},
                 {.name = "asked-for",
                  .summary = "A pod asks for the token.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "polaris:automountServiceAccountToken"},
                              {Language::Kubernetes, "checkov:CKV_K8S_38"},
                              {Language::Kubernetes, "trivy:KSV-0036"},
                              {Language::Kubernetes, "kubescape:C-0034"},
                              {Language::Kubernetes, "kubescape:C-0190"},
                              {Language::Kubernetes, "kubescape:C-0261"},
                              {Language::Kubernetes, "kubesec:AutomountServiceAccountToken"}},
                  .languages = Language::Kubernetes},
                 {.name = "of-default",
                  .summary = "The account `default` gives its token to all pods of the namespace.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Kubernetes, "checkov:CKV_K8S_41"},
                              {Language::Kubernetes, "kubescape:C-0189"},
                              {Language::Kubernetes, "kubescape:C-0225"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/"
                   "#opt-out-of-api-credential-automounting"},
    .examples =
        {{"nothing is said", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: <|shop|>\nspec:\n  containers:  # one\n    - name: web\n"
          "      image: shop:1.4.2\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  automountServiceAccountToken: false\n"
          "  containers:  # one\n    - name: web\n      image: shop:1.4.2\n"},
         {"an account of its own", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: <|shop|>}\n"
          "spec: {serviceAccountName: shop, containers: [{name: web, image: \"shop:1.4.2\"}]}\n",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\n"
          "spec: {serviceAccountName: shop, containers: [{name: web, image: \"shop:1.4.2\"}], "
          "automountServiceAccountToken: false}\n"},
         {"asked for", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  <|automountServiceAccountToken|>: true\n"
          "  containers:\n    - name: web\n      image: shop:1.4.2\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  automountServiceAccountToken: false\n"
          "  containers:\n    - name: web\n      image: shop:1.4.2\n"},
         {"the account of all others", "account.yaml",
          "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: <|default|>\n  namespace: shop\n",
          "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: default\n  namespace: shop\n"
          "automountServiceAccountToken: false\n"},
         {"the pod says no, and the account for another", "shop.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  automountServiceAccountToken: false\n"
          "  containers:\n    - name: web\n      image: shop:1.4.2\n---\napiVersion: v1\nkind: Pod\nmetadata:\n"
          "  name: log\n  namespace: log\nspec:\n  serviceAccountName: log\n  containers:\n    - name: log\n"
          "      image: log:1.4.2\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: log\n"
          "  namespace: log\nautomountServiceAccountToken: false\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
