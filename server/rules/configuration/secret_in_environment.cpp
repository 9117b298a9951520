#include <string>
#include <string_view>
#include <utility>

#include "model/kubernetes/kubernetes.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule secret_in_environment;
namespace {

Fix mounted() {
  Fix fix{"Mount it as a file", Applicability::DisplayOnly, {}};
  fix.caveat =
      "A volume with `secret: {secretName: …}` and a `volumeMounts` item with `readOnly: true`; the program reads the "
      "file, and reads a new value when the Secret changes. Many images take the path in a variable that ends in "
      "`_FILE`.";
  return fix;
}

void check_variables(const yaml::Value& container, RuleContext& ctx) {
  for (const yaml::Element& item : container.get("env").items()) {
    const yaml::Value reference = item.value.get({"valueFrom", "secretKeyRef"});
    if (!reference.is_mapping()) continue;
    const yaml::Value name = item.value.get("name");
    ctx.report({.variant = "variable",
                .range = name ? name.content_range() : item.value.range(),
                .message = quoted(name.string().value_or("a variable"), 32) +
                           " hands a secret on to each child and each crash report",
                .fixes = {mounted()}});
  }
}

void check_sources(const yaml::Value& container, RuleContext& ctx) {
  for (const yaml::Element& item : container.get("envFrom").items()) {
    const yaml::Value reference = item.value.get("secretRef");
    if (!reference.is_mapping()) continue;
    const yaml::Value name = reference.get("name");
    ctx.report({.variant = "whole-secret",
                .range = name ? name.content_range() : reference.range(),
                .message = "all of " + quoted(name.string().value_or("a Secret"), 28) +
                           " becomes variables, which each child gets",
                .fixes = {mounted()}});
  }
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  for (const kubernetes::PodContainer& container : workload.containers) {
    check_variables(container.value, ctx);
    check_sources(container.value, ctx);
  }
}

}  // namespace

constinit const Rule secret_in_environment = checked({
    .name = "secret-in-environment",
    .family = Family::Configuration,
    .title = "A Secret is handed to a container in its environment.",
    .consequence =
        "The program crashes, and the reporter of crashes sends the environment along, as it always does; the password "
        "of the database is now in a third party's archive. When the Secret is changed, all running pods keep the old "
        "value until somebody restarts them.",
    .fine_when = "The program reads its secrets from variables only, and nothing in it prints or sends them.",
    .variants = {{.name = "variable",
                  .summary = "A variable gets its value from a key of a Secret.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-linter:read-secret-from-env-var"},
                              {Language::Kubernetes, "checkov:CKV_K8S_35"},
                              {Language::Kubernetes, "kubescape:C-0207"}},
                  .languages = Language::Kubernetes},
                 {.name = "whole-secret",
                  .summary = "All keys of a Secret become variables.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "checkov:CKV_K8S_35"},
                              {Language::Kubernetes, "kubescape:C-0207"},
                              {Language::Kubernetes, "kubescape:C-0012"},
                              {Language::Kubernetes, "kubescape:C-0259"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/security/secrets-good-practices/",
                   "https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets"},
    .examples =
        {{"one key", "pod.yaml",
          "apiVersion: v1\n"
          "kind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: shop/web:1.4.2\n"
          "      env:\n        - name: <|DB_PASSWORD|>\n          valueFrom:\n"
          "            secretKeyRef: {name: web, key: password}\n"},
         {"all of it", "pod.yaml",
          "apiVersion: v1\n"
          "kind: Pod\nmetadata:\n  name: web\nspec:\n  initContainers:\n    - name: migrate\n      image: "
          "shop/web:1.4.2\n"
          "      envFrom:\n        - secretRef: {name: <|web|>}\n  containers:\n    - name: web\n"
          "      image: shop/web:1.4.2\n"},
         {"a file, and what is no secret", "pod.yaml",
          "apiVersion: v1\n"
          "kind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: shop/web:1.4.2\n"
          "      env:\n        - name: LEVEL\n          valueFrom: {configMapKeyRef: {name: web, key: level}}\n"
          "      envFrom:\n        - configMapRef: {name: web}\n      volumeMounts:\n"
          "        - {name: secret, mountPath: /run/secrets, readOnly: true}\n  volumes:\n    - name: secret\n"
          "      secret: {secretName: web}\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
