#include <string>
#include <string_view>

#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/network_policy.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule open_network_policy;
namespace {

using kubernetes::OpenedWay;

std::string message_of(const kubernetes::Object& object, const OpenedWay& way) {
  const std::string name = quoted(object.name, 24);
  const std::string who = way.to == OpenedWay::To::AnyPod ? "every pod of the cluster" : "everybody";
  return name + (way.ingress ? " lets in " : " lets out to ") + who;
}

void check_object(const kubernetes::Object& object, RuleContext& ctx) {
  for (const OpenedWay& way : kubernetes::opened_ways(object)) {
    if (way.to == OpenedWay::To::Named || way.with_ports) continue;
    ctx.report({.variant = way.ingress ? "ingress" : "egress", .range = way.range, .message = message_of(object, way)});
  }
}

consteval Variant of(std::string_view name, std::string_view summary, Severity severity) {
  return {.name = name,
          .summary = summary,
          .severity = severity,
          .presets = {{Preset::Strict, severity}},
          .aliases = {{Language::Kubernetes, "trivy:KSV-0038"}},
          .languages = Language::Kubernetes};
}

}  // namespace

constinit const Rule open_network_policy = checked({
    .name = "open-network-policy",
    .family = Family::Isolation,
    .title = "A NetworkPolicy lets everybody through on every port.",
    .consequence =
        "Policies add up: one that lets in everybody takes the force from all the others. The database has a careful "
        "policy of its own, and is reached from the hacked blog all the same.",
    .fine_when = "It opens the way to pods that are there for everybody, such as the Ingress controller.",
    .variants = {of("ingress", "Everybody may come in.", Severity::Warning),
                 of("egress", "Everything outside may be reached.", Severity::Information)},
    .references = {"https://kubernetes.io/docs/concepts/services-networking/network-policies/"},
    .examples =
        {{"everybody", "policy.yaml",
          "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: web\nspec:\n  podSelector: {}\n"
          "  <|ingress|>:\n    - {}\n"},
         {"all addresses, all pods", "policy.yaml",
          "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: web\nspec:\n  podSelector: {}\n"
          "  ingress:\n    - from:\n        - ipBlock:\n            cidr: <|0.0.0.0/0|>\n  egress:\n    - to:\n"
          "        - namespaceSelector: <|{}|>\n"},
         {"some, on some ports, or nobody", "policy.yaml",
          "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: web\nspec:\n  podSelector: {}\n"
          "  ingress:\n    - ports:\n        - port: 443\n    - from:\n        - podSelector: {}\n"
          "        - ipBlock: {cidr: 0.0.0.0/0, except: [169.254.169.254/32]}\n"
          "        - namespaceSelector: {matchLabels: {team: shop}}\n  egress: []\n"}},
    .checks = {on(check_object)},
});

}  // namespace quaymaster::rules
