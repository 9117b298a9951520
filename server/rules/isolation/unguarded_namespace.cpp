#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/object.h"
#include "model/yaml/value.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule unguarded_namespace;
namespace {

constexpr std::string_view kLabel = "pod-security.kubernetes.io/enforce";

/// Whether a webhook is asked about pods, which are in namespaces.
bool judges_pods(const kubernetes::Object& object) {
  if (object.kind != "MutatingWebhookConfiguration" && object.kind != "ValidatingWebhookConfiguration") return false;
  for (const yaml::Element& webhook : object.value.get("webhooks").items())
    for (const yaml::Element& rule : webhook.value.get("rules").items())
      if (rule.value.get("scope").string() != "Cluster") return true;
  return false;
}

bool has_webhooks(const kubernetes::File& file) {
  return std::ranges::any_of(file.parts, [](const kubernetes::File::Part& part) {
    return std::ranges::any_of(part.manifest->objects, judges_pods);
  });
}

void check_namespace(const kubernetes::Object& object, std::uint32_t begin, RuleContext& ctx) {
  const std::optional<kubernetes::Setting> level =
      kubernetes::setting_of(object.value.get({"metadata", "labels"}), kLabel);
  const TextRange range = (level ? level->value_range : object.name_range).shifted(begin);
  const std::string name = "the namespace " + quoted(object.name, 24);
  if (!level || level->text == "privileged")
    ctx.report({.variant = level ? "privileged" : "no-level",
                .range = range,
                .message = name + " admits pods that take over the host"});
  else if (level->text == "baseline")
    ctx.report({.variant = "baseline", .range = range, .message = name + " admits pods that run as root"});
}

void check_file(const kubernetes::File& file, RuleContext& ctx) {
  if (has_webhooks(file)) return;
  for (const kubernetes::File::Part& part : file.parts)
    for (const kubernetes::Object& object : part.manifest->objects)
      if (object.kind == "Namespace" && object.api_version == "v1") check_namespace(object, part.begin, ctx);
}

consteval Variant of(std::string_view name, std::string_view summary) {
  return {.name = name,
          .summary = summary,
          .severity = Severity::Information,
          .aliases = {{Language::Kubernetes, "kubescape:C-0193"},
                      {Language::Kubernetes, "kubescape:C-0194"},
                      {Language::Kubernetes, "kubescape:C-0195"},
                      {Language::Kubernetes, "kubescape:C-0196"},
                      {Language::Kubernetes, "kubescape:C-0197"},
                      {Language::Kubernetes, "kubescape:C-0198"},
                      {Language::Kubernetes, "kubescape:C-0199"},
                      {Language::Kubernetes, "kubescape:C-0200"},
                      {Language::Kubernetes, "kubescape:C-0201"},
                      {Language::Kubernetes, "kubescape:C-0202"},
                      {Language::Kubernetes, "kubescape:C-0203"},
                      {Language::Kubernetes, "kubescape:C-0204"}},
          .languages = Language::Kubernetes};
}

}  // namespace

constinit const Rule unguarded_namespace = checked({
    .name = "unguarded-namespace",
    .family = Family::Isolation,
    .title = "A namespace enforces none of the Pod Security Standards.",
    .consequence = "Somebody copies a pod from a blog to look at a problem of a node: privileged, with the disk of the "
                   "host mounted. It starts, stays, and is the shortest way from the shop to the node.",
    .fine_when = "Another admission controller, such as Kyverno or Gatekeeper, decides what runs there.",
    .variants = {of("no-level", "The label `pod-security.kubernetes.io/enforce` is missing."),
                 of("privileged", "The label says `privileged`, which allows everything."),
                 {.name = "baseline",
                  .summary = "The label says `baseline`, which keeps known ways to the host shut and no more.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kubescape:C-0197"},
                              {Language::Kubernetes, "kubescape:C-0198"},
                              {Language::Kubernetes, "kubescape:C-0200"},
                              {Language::Kubernetes, "kubescape:C-0201"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/security/pod-security-admission/",
                   "https://kubernetes.io/docs/tasks/configure-pod-container/enforce-standards-namespace-labels/"},
    .examples =
        {{"no level", "namespace.yaml", "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: <|shop|>\n"},
         {"everything is allowed", "namespace.yaml",
          "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n"
          "    pod-security.kubernetes.io/enforce: <|privileged|>\n"},
         {"the lower level", "namespace.yaml",
          "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n"
          "    pod-security.kubernetes.io/enforce: <|baseline|>\n"},
         {"a webhook that judges pods", "namespace.yaml",
          "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: blog\n---\n"
          "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata:\n"
          "  name: policy\nwebhooks:\n  - name: pods.policy.eu\n    rules:\n      - {resources: [pods], operations: "
          "[CREATE]}\n"},
         {"the highest level", "namespace.yaml",
          "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n"
          "    pod-security.kubernetes.io/enforce: restricted\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
