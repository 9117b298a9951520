#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/service.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/removal.h"

namespace quaymaster::rules {
extern const Rule ingress_snippet;
namespace {

/// Whether a directive of nginx stands in `text`: the word with a blank, an underscore or a brace around it.
bool has_directive(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    constexpr std::string_view kAround = " \t\r\n;{}_";
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || kAround.find(text[at - 1]) != std::string_view::npos;
    if (begins && (end == text.size() || kAround.find(text[end]) != std::string_view::npos)) return true;
  }
  return false;
}

std::vector<std::string_view> aliases_of(std::string_view snippet) {
  std::vector<std::string_view> aliases{"checkov:CKV_K8S_153", "kubescape:C-0059", "trivy:KCV-0093"};
  if (has_directive(snippet, "lua")) aliases.emplace_back("checkov:CKV_K8S_152");
  if (has_directive(snippet, "alias")) aliases.emplace_back("checkov:CKV_K8S_154");
  return aliases;
}

void check_object(const kubernetes::Object& object, RuleContext& ctx) {
  if (!kubernetes::is_ingress(object)) return;
  for (const kubernetes::Annotation& annotation : kubernetes::annotations_of(object)) {
    if (!annotation.key.starts_with("nginx.ingress.kubernetes.io/") || !annotation.key.ends_with("-snippet")) continue;
    const std::string name = annotation.key.substr(annotation.key.find('/') + 1);
    ctx.report(
        {.range = annotation.value.key_range,
         .message = "the " + quoted(name, 26) + " of " + quoted(object.name, 20) + " is code in the proxy of everybody",
         .fixes = removal(*object.value.document(), annotation.value.key_range, annotation.value.shared,
                          "Remove the snippet", "What it did has to be done otherwise, if anybody needs it."),
         .aliases = aliases_of(annotation.value.text)});
  }
}

}  // namespace

constinit const Rule ingress_snippet = checked({
    .name = "ingress-snippet",
    .family = Family::Isolation,
    .title = "An Ingress puts its own lines into the configuration of the shared nginx.",
    .consequence =
        "Somebody may write Ingresses in one namespace. A snippet with a location and an `alias` to "
        "`/var/run/secrets` serves the token of the controller, which reads the Secrets of all namespaces: this is "
        "CVE-2021-25742, for which controllers refuse snippets by default since 1.9.",
    .fine_when = "The cluster has one team, which also runs the controller and has allowed snippets on purpose.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = {},
                  .summary = {},
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Kubernetes, "checkov:CKV_K8S_152"},
                              {Language::Kubernetes, "checkov:CKV_K8S_153"},
                              {Language::Kubernetes, "checkov:CKV_K8S_154"},
                              {Language::Kubernetes, "kubescape:C-0059"},
                              {Language::Kubernetes, "trivy:KCV-0093"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://github.com/kubernetes/kubernetes/issues/126811",
                   "https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations-risk/"},
    .examples =
        {{"a snippet", "ingress.yaml",
          "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\n  annotations:\n"
          "    nginx.ingress.kubernetes.io/rewrite-target: /  # all\n"
          "    <|nginx.ingress.kubernetes.io/configuration-snippet|>: |\n      more_set_headers \"X-Team: shop\";\n"
          "spec:\n  rules: []\n",
          "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\n  annotations:\n"
          "    nginx.ingress.kubernetes.io/rewrite-target: /  # all\nspec:\n  rules: []\n"},
         {"in flow style", "ingress.yaml",
          "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web, annotations: {a: b, "
          "<|nginx.ingress.kubernetes.io/server-snippet|>: \"return 404;\"}}\nspec: {rules: []}\n",
          "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web, annotations: {a: b}}\n"
          "spec: {rules: []}\n"},
         {"annotations that several share", "ingress.yaml",
          "apiVersion: v1\nkind: List\nx-a: &a\n  <|nginx.ingress.kubernetes.io/server-snippet|>: \"return 404;\"\n"
          "items:\n  - apiVersion: networking.k8s.io/v1\n    kind: Ingress\n    metadata: {name: web, annotations: "
          "*a}\n"},
         {"annotations that only choose", "ingress.yaml",
          "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\n  annotations:\n"
          "    nginx.ingress.kubernetes.io/rewrite-target: /\n    shop.eu/server-snippet: none\nspec:\n  rules: []\n"}},
    .checks = {on(check_object)},
});

}  // namespace quaymaster::rules
