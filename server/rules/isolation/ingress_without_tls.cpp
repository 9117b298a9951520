#include <optional>
#include <string>
#include <string_view>

#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/service.h"
#include "model/yaml/value.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule ingress_without_tls;
namespace {

void check_object(const kubernetes::Object& object, RuleContext& ctx) {
  if (!kubernetes::is_ingress(object)) return;
  const std::optional<yaml::Entry> spec = object.value.entry("spec");
  if (!spec || !spec->value.is_mapping()) return;
  const yaml::Value tls = spec->value.get("tls");
  if (tls && !tls.is_null() && !(tls.is_sequence() && tls.items().empty())) return;
  ctx.report({.range = object.name_range,
              .message = "the Ingress " + quoted(object.name, 26) + " has no `tls`: all of it goes unencrypted"});
}

}  // namespace

constinit const Rule ingress_without_tls = checked({
    .name = "ingress-without-tls",
    .family = Family::Isolation,
    .title = "An Ingress serves its hosts without TLS.",
    .consequence = "A customer logs in from the network of a hotel. Password and session cross it in plain text, and "
                   "somebody two rooms further goes shopping.",
    .fine_when = "A load balancer in front, or a default certificate of the controller, ends TLS for all hosts.",
    .variants = {{.name = {},
                  .summary = {},
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Kubernetes, "polaris:tlsSettingsMissing"},
                              {Language::Kubernetes, "kubescape:C-0263"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/services-networking/ingress/#tls"},
    .examples =
        {{"without", "ingress.yaml",
          "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: <|web|>\nspec:\n  rules:\n"
          "    - host: shop.eu\n"},
         {"an empty list", "ingress.yaml",
          "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: <|web|>}\nspec: {tls: [], rules: []}\n"},
         {"with TLS, and a custom resource", "ingress.yaml",
          "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\nspec:\n  tls:\n"
          "    - hosts: [shop.eu]\n      secretName: shop-tls\n---\napiVersion: shop.eu/v1\nkind: Ingress\nmetadata:\n"
          "  name: web\nspec:\n  rules: []\n"}},
    .checks = {on(check_object)},
});

}  // namespace quaymaster::rules
