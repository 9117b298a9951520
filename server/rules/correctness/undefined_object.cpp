#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/placeholder.h"
#include "model/kubernetes/references.h"
#include "rules/in_workspace.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/similar_name.h"

namespace quaymaster::rules {
extern const Rule undefined_object;
namespace {

using kubernetes::Reference;
using kubernetes::Word;
using Way = Reference::Way;
using Members = std::vector<const Member*>;

/// What an autoscaler can scale of what is built in.
constexpr std::array<std::string_view, 5> kScaled{"Deployment", "StatefulSet", "ReplicaSet", "ReplicationController",
                                                  "DeploymentConfig"};

std::vector<std::string_view> aliases_for(const Reference& reference, const kubernetes::Object& object) {
  switch (reference.way) {
    case Way::Variable: return {"kube-linter:env-value-from"};
    case Way::Account: return {"kube-linter:non-existent-service-account", "kubescape:C-0307"};
    case Way::Backend:
      return {"kube-linter:dangling-ingress", "kube-score:ingress-targets-service", "kubescape:C-0298"};
    case Way::Route: return {"kubescape:C-0302"};
    case Way::ScaleTarget:
      if (object.kind != "HorizontalPodAutoscaler") return {};
      return {"kube-linter:dangling-horizontalpodautoscaler", "kube-score:horizontalpodautoscaler-has-target",
              "kubescape:C-0300"};
    case Way::Variables:
    case Way::Volume:
    case Way::PullSecret:
    case Way::Claim:
    case Way::Certificate:
    case Way::Governing: return {};
  }
  return {};
}

/// Secrets for TLS and for pulling are hardly ever kept in a repository; the Service of a StatefulSet has a rule of its
/// own.
bool is_looked_for(const Reference& reference) {
  switch (reference.way) {
    case Way::Certificate:
    case Way::PullSecret:
    case Way::Governing: return false;
    case Way::Account: return reference.name.text != "default";
    case Way::ScaleTarget: return std::ranges::find(kScaled, reference.kind) != kScaled.end();
    default: return !reference.optional;
  }
}

/// Where the name of a reference leads.
kubernetes::Brief origin_of(const Reference& reference, const Member& member) {
  kubernetes::Brief from;
  from.namespace_name = reference.namespace_name ? reference.namespace_name : member.brief->namespace_name;
  return from;
}

/// A Secret may well come from a safe, and any other thing from elsewhere.
std::string_view variant_for(const Reference& reference, const ObjectSet& set) {
  if (reference.kind == "Secret") return "secret";
  return set.whole() ? "missing" : "elsewhere";
}

void report_missing(const Reference& reference, const Member& member, const ObjectSet& set, RuleContext& ctx) {
  const std::vector<std::string_view> names = set.names(reference.kind, origin_of(reference, member));
  const std::string_view nearest = similar_name(reference.name.text, names);
  ctx.report({.variant = nearest.empty() ? variant_for(reference, set) : "misspelt",
              .range = reference.name.range.shifted(member.begin),
              .message = "there is no " + reference.kind + " " + quoted(reference.name.text, 26) +
                         (nearest.empty() ? " here" : did_you_mean(nearest)),
              .fixes = replaced_word(reference.name.value, nearest, member.begin),
              .aliases = aliases_for(reference, *member.object)});
}

void check_keys(const Reference& reference, const Member& member, const Members& targets, RuleContext& ctx) {
  std::vector<std::string_view> keys;
  for (const Member* target : targets) {
    if (!target->brief->keys_known) return;
    keys.insert(keys.end(), target->brief->keys.begin(), target->brief->keys.end());
  }
  for (const Word& key : reference.keys) {
    if (std::ranges::find(keys, key.text) != keys.end()) continue;
    const std::string_view nearest = similar_name(key.text, keys);
    ctx.report({.variant = "key",
                .range = key.range.shifted(member.begin),
                .message = reference.kind + " " + quoted(reference.name.text, 20) + " has no key " +
                           quoted(key.text, 20) + did_you_mean(nearest),
                .fixes = replaced_word(key.value, nearest, member.begin),
                .aliases = aliases_for(reference, *member.object)});
  }
}

bool has_port(const kubernetes::Brief& service, const Word& port) {
  return service.ports.empty() || std::ranges::any_of(service.ports, [&](const kubernetes::BriefPort& open) {
           return open.name == port.text || (open.number != 0 && std::to_string(open.number) == port.text);
         });
}

void check_port(const Reference& reference, const Member& member, const Members& services, RuleContext& ctx) {
  const Word& port = reference.port;
  if (port.text.empty() || kubernetes::has_placeholder(port.text)) return;
  if (std::ranges::any_of(services, [&](const Member* service) { return has_port(*service->brief, port); })) return;
  std::vector<std::string_view> names;
  for (const Member* service : services)
    for (const kubernetes::BriefPort& open : service->brief->ports) names.push_back(open.name);
  const std::string_view nearest = similar_name(port.text, names);
  ctx.report({.variant = "port",
              .range = port.range.shifted(member.begin),
              .message = "Service " + quoted(reference.name.text, 24) + " has no port " + quoted(port.text, 16) +
                         did_you_mean(nearest),
              .fixes = replaced_word(port.value, nearest, member.begin),
              .aliases = aliases_for(reference, *member.object)});
}

/// "apps" for "apps/v1"; extensions was its name before.
std::string_view group_of(std::string_view api_version) {
  const std::size_t slash = api_version.find('/');
  const std::string_view group = slash == std::string_view::npos ? std::string_view() : api_version.substr(0, slash);
  return group == "extensions" ? "apps" : group;
}

bool is_of_other_group(const Reference& reference, const kubernetes::Brief& target) {
  return reference.way == Way::ScaleTarget && !reference.api_version.empty() && !target.api_version.empty() &&
         group_of(reference.api_version) != group_of(target.api_version);
}

void check_reference(const Reference& reference, const Member& member, const ObjectSet& set, RuleContext& ctx) {
  if (!is_looked_for(reference)) return;
  Members targets = set.find(reference.kind, reference.name.text, origin_of(reference, member));
  std::erase_if(targets, [&](const Member* target) { return is_of_other_group(reference, *target->brief); });
  if (targets.empty()) return report_missing(reference, member, set, ctx);
  check_keys(reference, member, targets, ctx);
  if (reference.kind == "Service") check_port(reference, member, targets, ctx);
}

void check(const KubernetesInWorkspace& in, RuleContext& ctx) {
  for (const Member* member : in.objects.here())
    for (const Reference& reference : kubernetes::references_of(*member->object))
      check_reference(reference, *member, in.objects, ctx);
}

constexpr StaticList<Alias, 24> kAliases{{Language::Kubernetes, "kube-linter:env-value-from"},
                                         {Language::Kubernetes, "kube-linter:non-existent-service-account"},
                                         {Language::Kubernetes, "kube-linter:dangling-ingress"},
                                         {Language::Kubernetes, "kube-linter:dangling-horizontalpodautoscaler"},
                                         {Language::Kubernetes, "kube-score:ingress-targets-service"},
                                         {Language::Kubernetes, "kube-score:horizontalpodautoscaler-has-target"},
                                         {Language::Kubernetes, "kubescape:C-0298"},
                                         {Language::Kubernetes, "kubescape:C-0300"},
                                         {Language::Kubernetes, "kubescape:C-0302"},
                                         {Language::Kubernetes, "kubescape:C-0307"}};

}  // namespace

constinit const Rule undefined_object = checked({
    .name = "undefined-object",
    .family = Family::Correctness,
    .title = "An object is named that there is not, or that has not what is asked of it.",
    .consequence =
        "The key in the ConfigMap was renamed, the Deployment still asks for the old one. The new pods stay in "
        "`CreateContainerConfigError`, and the rollout hangs until somebody reads the events.",
    .fine_when =
        "The object is made by an operator, a controller or a chart, or it is kept somewhere else, as secrets mostly "
        "are.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "misspelt",
                  .summary = "Something of nearly that name is there.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = kAliases,
                  .languages = Language::Kubernetes},
                 {.name = "key",
                  .summary = "The ConfigMap or Secret is there, and has no such key.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Kubernetes, "kube-linter:env-value-from"}},
                  .languages = Language::Kubernetes},
                 {.name = "port",
                  .summary = "The Service is there, and has no such port.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = kAliases,
                  .languages = Language::Kubernetes},
                 {.name = "missing",
                  .summary = "Nothing that the kustomization lists has that name.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}},
                  .aliases = kAliases,
                  .languages = Language::Kubernetes},
                 {.name = "elsewhere",
                  .summary = "Nothing has that name here; it may be elsewhere.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = kAliases,
                  .languages = Language::Kubernetes},
                 {.name = "secret",
                  .summary = "No Secret has that name here, where it should not be anyway.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-linter:env-value-from"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/configuration/configmap/",
                   "https://kubernetes.io/docs/concepts/services-networking/ingress/#the-ingress-resource",
                   "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/",
                   "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/"},
    .examples =
        {{"a key that was renamed", "web.yaml",
          "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata: {log-level: info}\n---\napiVersion: v1\n"
          "kind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - name: web\n      image: shop/web:1.4.2\n"
          "      env:\n        - name: LOG_LEVEL\n          valueFrom:\n            configMapKeyRef:\n"
          "              name: web\n              key: <|loglevel|> # info\n",
          "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata: {log-level: info}\n---\napiVersion: v1\n"
          "kind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - name: web\n      image: shop/web:1.4.2\n"
          "      env:\n        - name: LOG_LEVEL\n          valueFrom:\n            configMapKeyRef:\n"
          "              name: web\n              key: log-level # info\n"},
         {"a Service and a port that an Ingress names", "ingress.yaml",
          "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: shop}\nspec:\n  tls: [{secretName: "
          "shop-tls}]\n  rules:\n    - http:\n        paths:\n          - {path: /, pathType: Prefix, backend: "
          "{service: "
          "{name: websit, port: {number: <|8080|>}}}}\n          - {path: /pay, pathType: Prefix, backend: {service: "
          "{name: <|payment|>, port: {number: 80}}}}\n          - {path: /x, pathType: Prefix, backend: {resource: "
          "{kind: "
          "StorageBucket, name: x}}}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: websit}\nspec: {ports: "
          "[{name: "
          "http, port: 80}]}\n"},
         {.title = "a Service that stands in another file",
          .path = "ingress.yaml",
          .before =
              "apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: {name: shop}\nspec:\n  rules:\n    - http:\n"
              "        paths:\n          - backend: {serviceName: <|chekout|>, servicePort: http}\n",
          .after =
              "apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: {name: shop}\nspec:\n  rules:\n    - http:\n"
              "        paths:\n          - backend: {serviceName: checkout, servicePort: http}\n",
          .beside = {{"service.yaml",
                      "apiVersion: v1\nkind: Service\nmetadata: {name: checkout}\nspec: {ports: [{name: "
                      "http, port: 80}]}\n"}}},
         {"names that are no slips: one that the API refuses, and siblings", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - name: web\n"
          "      image: a\n      envFrom: [{configMapRef: {name: <|front-end|>}}, {configMapRef: {name: "
          "<|builder-a|>}}]\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: front_end}\n---\napiVersion: "
          "v1\nkind: ConfigMap\nmetadata: {name: builder-b}\n"},
         {"an autoscaler", "hpa.yaml",
          "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec:\n  scaleTargetRef: "
          "{apiVersion: apps/v1, kind: Deployment, name: <|web|>}\n  maxReplicas: 5\n---\napiVersion: autoscaling/v2\n"
          "kind: HorizontalPodAutoscaler\nmetadata: {name: other}\nspec:\n  scaleTargetRef: {apiVersion: "
          "example.com/v1, "
          "kind: Game, name: chess}\n  maxReplicas: 5\n"},
         {.title = "none of all that is applied",
          .path = "web.yaml",
          .before = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  serviceAccountName: <|runner|>\n  "
                    "containers: "
                    "[{name: web, image: a, envFrom: [{configMapRef: {name: made}}]}]\n  volumes: [{name: a, "
                    "persistentVolumeClaim: {claimName: <|data|>}}]\n",
          .beside = {{"kustomization.yaml",
                      "resources: [web.yaml]\nconfigMapGenerator: [{name: made, literals: [A=1]}]\n"}}},
         {"a Secret and a route", "web.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - name: web\n      image: a\n"
          "      envFrom: [{secretRef: {name: <|keys|>}}, {secretRef: {name: more, optional: true}}]\n---\napiVersion: "
          "gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: web}\nspec:\n  rules: [{backendRefs: "
          "[{name: "
          "<|web|>, port: 80}, {kind: Bucket, name: x}]}]\n"},
         {"all is there", "web.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  serviceAccountName: default\n  imagePullSecrets: "
          "[{name: registry}]\n  containers:\n    - name: web\n      image: a\n      env:\n        - name: A\n"
          "          valueFrom: {configMapKeyRef: {name: web, key: a}}\n        - name: B\n          valueFrom: "
          "{configMapKeyRef: {name: \"${CONFIG}\", key: b}}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: "
          "web, "
          "namespace: default}\ndata: {a: \"1\"}\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
