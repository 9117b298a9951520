#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/api_versions.h"
#include "model/kubernetes/fragment.h"
#include "model/kubernetes/kubernetes.h"
#include "model/schema/kubernetes_objects.h"
#include "model/schema/violations.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/ingress_rewrite.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule deprecated_api_version;
namespace {

using kubernetes::ApiDeprecation;
using kubernetes::Object;

constexpr std::size_t kLongestMessage = 90;

std::uint32_t release_of(const Project& project) {
  return project.kubernetes ? project.kubernetes->minor : kubernetes::kNewestRelease;
}

bool is_controller(std::string_view kind) {
  return kind == "Deployment" || kind == "DaemonSet" || kind == "StatefulSet" || kind == "ReplicaSet";
}

/// Whether the object says the same in another version, as far as the schema knows.
bool fits(const Object& object, std::string_view version) {
  const schema::Node about = schema::kubernetes(version, object.kind);
  // The version itself is the one that is replaced.
  return about.present() &&
         std::ranges::all_of(schema::violations(object.value, about), [&](const schema::Violation& violation) {
           return violation.range == object.api_version_range;
         });
}

/// Whether what is not written means something else in the newer version.
bool has_other_defaults(const Object& object) {
  if (object.kind == "PodDisruptionBudget")
    return object.value.get({"spec", "selector"}).node() == nullptr ||
           object.value.get({"spec", "selector"}).entries().empty();
  if (object.kind == "DaemonSet" || object.kind == "StatefulSet")
    return !object.value.get({"spec", "updateStrategy"}).present();
  return false;
}

std::optional<Edit> new_version(const Object& object, std::string_view version) {
  return yaml::replace_scalar(object.value.get("apiVersion"), version);
}

/// The selector that the older version made of the template's labels, written out.
std::optional<Edit> new_selector(const Object& object) {
  const yaml::Value labels = object.value.get({"spec", "template", "metadata", "labels"});
  std::vector<yaml::NewPair> pairs;
  for (const yaml::Entry& entry : labels.entries()) {
    if (!entry.value.is_scalar()) return std::nullopt;
    pairs.push_back({std::string(entry.key), yaml::NewValue::string(std::string(*entry.value.string()))});
  }
  if (pairs.empty()) return std::nullopt;
  return yaml::insert(object.value.place(), {"spec", "selector", "matchLabels"},
                      yaml::NewValue::mapping(std::move(pairs)));
}

std::optional<Fix> rewrite(const Object& object, std::string_view version) {
  std::optional<Edit> edit = new_version(object, version);
  if (!edit) return std::nullopt;
  const std::string title = "Write " + quoted(version);
  if (fits(object, version)) {
    const bool safe = !kubernetes::is_fragment(object) && !has_other_defaults(object);
    return Fix{title,
               safe ? Applicability::Safe : Applicability::Unsafe,
               {*std::move(edit)},
               safe ? "" : "What is not written has another default there."};
  }
  if (std::optional<std::vector<Edit>> edits = ingress_rewrite(object); edits && version == "networking.k8s.io/v1") {
    edits->push_back(*std::move(edit));
    return Fix{title + " and its form", Applicability::Unsafe, *std::move(edits), "It needs Kubernetes 1.19."};
  }
  if (!is_controller(object.kind) || object.value.get({"spec", "selector"}).present()) return std::nullopt;
  std::optional<Edit> selector = new_selector(object);
  if (!selector) return std::nullopt;
  return Fix{title + " and the selector that it demands",
             Applicability::Unsafe,
             {*std::move(edit), *std::move(selector)},
             "The selector of an object that exists cannot be changed: take the labels that it was made of."};
}

std::string message_of(const Object& object, const ApiDeprecation& deprecation, bool removed,
                       std::string_view version) {
  const std::string release = "Kubernetes 1." + std::to_string(removed ? deprecation.removed : deprecation.deprecated);
  const std::string fate = (removed ? "removed in " : "deprecated since ") + release;
  std::string advice;
  if (!version.empty()) advice = ": use " + quoted(version, 48);
  if (!deprecation.successor_kind.empty()) advice = ": use " + quoted(deprecation.successor_kind);
  const std::string whole = quoted(object.kind, 40) + " of this version " + (removed ? "was " : "is ") + fate + advice;
  return whole.size() <= kLongestMessage ? whole : fate + advice;
}

/// Checks of others that know this version.
std::vector<std::string_view> aliases_of(const Object& object, bool removed) {
  std::vector<std::string_view> aliases = {"trivy:KSV-0107"};
  if (object.api_version == "extensions/v1beta1") aliases.emplace_back("kube-linter:no-extensions-v1beta");
  if (removed) aliases.emplace_back("kube-score:stable-version");
  return aliases;
}

void check_object(const Object& object, RuleContext& ctx) {
  const ApiDeprecation* deprecation = kubernetes::deprecation_of(object.api_version, object.kind);
  const std::uint32_t release = release_of(ctx.project());
  if (deprecation == nullptr || deprecation->deprecated > release) return;
  const bool removed = deprecation->removed > 0 && deprecation->removed <= release;
  const std::string_view version = kubernetes::successor_of(*deprecation, release);
  Report report{.variant = removed ? "removed" : "deprecated",
                .range = object.api_version_range,
                .message = message_of(object, *deprecation, removed, version),
                .tag = removed ? DiagnosticTag::None : DiagnosticTag::Deprecated,
                .aliases = aliases_of(object, removed)};
  if (!version.empty() && deprecation->successor_kind.empty())
    if (std::optional<Fix> fix = rewrite(object, version)) report.fixes.push_back(*std::move(fix));
  ctx.report(std::move(report));
}

}  // namespace

constinit const Rule deprecated_api_version = checked({
    .name = "deprecated-api-version",
    .family = Family::BillOfMaterials,
    .title = "The object is written for a version of the API that is gone, or going.",
    .consequence = "The cluster is upgraded on Monday. On Tuesday `kubectl apply` says `no matches for kind "
                   "\"Ingress\" in version "
                   "\"extensions/v1beta1\"`, and the hotfix that is waiting cannot be rolled out: what ran for years "
                   "can no longer "
                   "be made anew.",
    .fine_when = "The manifest is for an older cluster: say so with `kubernetes.version` in the configuration.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "removed",
                  .summary = "The release that is used no longer has that version of the API.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .aliases = {{Language::Kubernetes, "kube-linter:no-extensions-v1beta"},
                              {Language::Kubernetes, "kube-score:stable-version"},
                              {Language::Kubernetes, "trivy:KSV-0107"}},
                  .languages = Language::Kubernetes},
                 {.name = "deprecated",
                  .summary = "A later release will no longer have that version of the API.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Kubernetes, "kube-linter:no-extensions-v1beta"},
                              {Language::Kubernetes, "trivy:KSV-0107"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/reference/using-api/deprecation-guide/",
                   "https://kubernetes.io/docs/reference/using-api/deprecation-policy/"},
    .examples =
        {{"a version that says the same", "budget.yaml",
          "apiVersion: <|policy/v1beta1|> # old\nkind: PodDisruptionBudget\nmetadata:\n  name: web\nspec:\n"
          "  minAvailable: 1\n  selector:\n    matchLabels:\n      app: web\n",
          "apiVersion: policy/v1 # old\nkind: PodDisruptionBudget\nmetadata:\n  name: web\nspec:\n"
          "  minAvailable: 1\n  selector:\n    matchLabels:\n      app: web\n"},
         {"through several versions, in flow style", "schema.yaml",
          "{\"apiVersion\": \"<|flowcontrol.apiserver.k8s.io/v1beta1|>\", \"kind\": \"FlowSchema\", metadata: {name: "
          "web},\n"
          " spec: {priorityLevelConfiguration: {name: low}}}\n",
          "{\"apiVersion\": \"flowcontrol.apiserver.k8s.io/v1\", \"kind\": \"FlowSchema\", metadata: {name: web},\n"
          " spec: {priorityLevelConfiguration: {name: low}}}\n"},
         {"without the selector that is demanded now", "deployment.yaml",
          "apiVersion: <|extensions/v1beta1|>\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 2\n"
          "  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n        - name: "
          "web\n"
          "          image: nginx:1.27.2\n",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 2\n"
          "  selector:\n    matchLabels:\n      app: web\n"
          "  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n        - name: "
          "web\n"
          "          image: nginx:1.27.2\n"},
         {"an Ingress in its new form", "ingress.yaml",
          "apiVersion: <|networking.k8s.io/v1beta1|>\nkind: Ingress\nmetadata:\n  name: web\nspec:\n  backend:\n"
          "    serviceName: web\n    servicePort: 80\n  rules:\n    - http:\n        paths:\n          - path: /shop # "
          "ours\n"
          "            backend:\n              servicePort: http\n              serviceName: shop # the shop\n"
          "          - {path: /, pathType: Prefix, backend: {serviceName: web, servicePort: 80}}\n",
          "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\nspec:\n  defaultBackend:\n"
          "    service:\n      name: web\n      port:\n        number: 80\n  rules:\n    - http:\n        paths:\n"
          "          - path: /shop # ours\n            pathType: ImplementationSpecific\n            backend:\n"
          "              service:\n                port:\n                  name: http\n"
          "                name: shop # the shop\n"
          "          - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}\n"},
         {"comments stay with what they are about", "ingress.yaml",
          "apiVersion: <|networking.k8s.io/v1beta1|>\nkind: Ingress\nmetadata: {name: web}\nspec:\n  backend:\n"
          "    # of the shop\n    serviceName: web # the shop\n    # without TLS\n    servicePort: 80 # plain\n"
          "  rules:\n    - http: {paths: [{pathType: Prefix, backend: {\"servicePort\":\"http\", "
          "\"serviceName\":\"web\"}}]}\n",
          "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web}\nspec:\n  defaultBackend:\n"
          "    # of the shop\n    service:\n      name: web # the shop\n    # without TLS\n      port:\n"
          "        number: 80 # plain\n"
          "  rules:\n    - http: {paths: [{pathType: Prefix, backend: {\"service\": {\"port\": {\"name\":\"http\"}, "
          "\"name\":\"web\"}}}]}\n"},
         {"another form: no edit", "ingress.yaml",
          "apiVersion: <|networking.k8s.io/v1beta1|>\nkind: Ingress\nmetadata:\n  name: web\nspec:\n  backend:\n"
          "    serviceName: ${SERVICE}\n    servicePort: 80\n"},
         {"without a successor", "policy.yaml",
          "apiVersion: <|policy/v1beta1|>\nkind: PodSecurityPolicy\nmetadata:\n  name: web\nspec: {}\n"},
         {"another kind", "endpoints.yaml", "apiVersion: <|v1|>\nkind: Endpoints\nmetadata:\n  name: web\n"},
         {"what there is, and what is not Kubernetes' own", "web.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n---\napiVersion: example.com/v1beta1\n"
          "kind: Ingress\nmetadata:\n  name: web\n---\napiVersion: extensions/v1beta1\nkind: Anything\nmetadata:\n"
          "  name: web\n"}},
    .checks = {on(check_object)},
});

}  // namespace quaymaster::rules
