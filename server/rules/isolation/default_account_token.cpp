#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/object.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule default_account_token;
namespace {

std::vector<Fix> keep_it_out(const kubernetes::Object& object) {
  const yaml::Value written = object.value.get("automountServiceAccountToken");
  std::optional<Edit> edit =
      written ? yaml::replace_with_plain(written, "false")
              : yaml::insert(object.value.place(), {"automountServiceAccountToken"}, yaml::NewValue::plain("false"));
  if (!edit) return {};
  return {{"Do not mount the token",
           Applicability::Unsafe,
           {*std::move(edit)},
           "Pods that use the account to ask the API server need one of their own, which mounts its token."}};
}

void check_object(const kubernetes::Object& object, RuleContext& ctx) {
  if (object.kind != "ServiceAccount" || object.api_version != "v1" || object.name != "default") return;
  const yaml::Value written = object.value.get("automountServiceAccountToken");
  const std::optional<bool> mounts = written.boolean_1_1();
  if ((written && !written.is_null() && !mounts) || (mounts && !*mounts)) return;
  ctx.report({.range = mounts ? written.range() : object.name_range,
              .message = "every pod that names no account gets the token of `default`",
              .fixes = keep_it_out(object)});
}

}  // namespace

constinit const Rule default_account_token = checked({
    .name = "default-account-token",
    .family = Family::Isolation,
    .title = "The account `default` hands its token to every pod.",
    .consequence =
        "For one program the account `default` was given a role. Since then each pod of the namespace has a token "
        "with that role in `/var/run/secrets`, the blog with its old plugins too.",
    .fine_when = "The account has no role at all, and nobody will ever give it one.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = {},
                  .summary = {},
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Kubernetes, "checkov:CKV_K8S_41"},
                              {Language::Kubernetes, "kubescape:C-0189"},
                              {Language::Kubernetes, "kubescape:C-0225"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/"
                   "#opt-out-of-api-credential-automounting"},
    .examples =
        {{"nothing is said", "account.yaml",
          "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: <|default|>  # of the shop\n  namespace: shop\n",
          "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: default  # of the shop\n  namespace: shop\n"
          "automountServiceAccountToken: false\n"},
         {"in flow style", "account.yaml",
          "apiVersion: v1\nkind: List\nitems:\n  - {apiVersion: v1, kind: ServiceAccount, metadata: {name: default}, "
          "automountServiceAccountToken: <|true|>}\n",
          "apiVersion: v1\nkind: List\nitems:\n  - {apiVersion: v1, kind: ServiceAccount, metadata: {name: default}, "
          "automountServiceAccountToken: false}\n"},
         {"through an alias", "account.yaml",
          "apiVersion: v1\nkind: List\nx-yes: &yes <|true|>\nitems:\n"
          "  - apiVersion: v1\n    kind: ServiceAccount\n    metadata: {name: default}\n"
          "    automountServiceAccountToken: *yes\n"},
         {"kept out, and an account of its own", "account.yaml",
          "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: default\nautomountServiceAccountToken: no\n---\n"
          "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: web\n"}},
    .checks = {on(check_object)},
});

}  // namespace quaymaster::rules
