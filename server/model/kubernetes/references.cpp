#include "model/kubernetes/references.h"

#include <array>
#include <string_view>
#include <utility>

#include "model/kubernetes/placeholder.h"
#include "model/kubernetes/workload.h"

namespace quaymaster::kubernetes {
namespace {

using Way = Reference::Way;

class References {
 public:
  explicit References(const Object& object) : object_(object) {}

  std::vector<Reference> find() && {
    const yaml::Value spec = object_.value.get("spec");
    if (const yaml::Value pod = pod_template_of(object_).get("spec"); pod.is_mapping()) add_pod(pod);
    if (object_.kind == "StatefulSet") add(Way::Governing, "Service", spec.get("serviceName"));
    if (object_.kind == "Ingress") add_ingress(spec);
    if (object_.api_version.starts_with("gateway.networking.k8s.io/")) add_routes(spec);
    if (object_.kind == "HorizontalPodAutoscaler" || object_.kind == "ScaledObject") add_target(spec);
    return std::move(found_);
  }

 private:
  /// Nothing when the name is not written or not known; valid until the next call.
  Reference* add(Way way, std::string_view kind, const yaml::Value& name) {
    Word word = word_of(name);
    if (word.text.empty() || has_placeholder(word.text)) return nullptr;
    Reference& added = found_.emplace_back();
    added.way = way;
    added.kind = kind;
    added.name = std::move(word);
    return &added;
  }

  static void add_key(Reference& reference, const yaml::Value& key) {
    Word word = word_of(key);
    if (!word.text.empty() && !has_placeholder(word.text)) reference.keys.push_back(std::move(word));
  }

  /// A ConfigMap or Secret, with the keys that a volume takes of it.
  void add_data(Way way, std::string_view kind, const yaml::Value& source, std::string_view name_key = "name") {
    Reference* added = add(way, kind, source.get(name_key));
    if (!added) return;
    added->optional = source.get("optional").boolean_1_1().value_or(false);
    if (way == Way::Variable) add_key(*added, source.get("key"));
    for (const yaml::Element& item : source.get("items").items()) add_key(*added, item.value.get("key"));
  }

  void add_container(const yaml::Value& container) {
    for (const yaml::Element& variable : container.get("env").items()) {
      add_data(Way::Variable, "ConfigMap", variable.value.get({"valueFrom", "configMapKeyRef"}));
      add_data(Way::Variable, "Secret", variable.value.get({"valueFrom", "secretKeyRef"}));
    }
    for (const yaml::Element& source : container.get("envFrom").items()) {
      add_data(Way::Variables, "ConfigMap", source.value.get("configMapRef"));
      add_data(Way::Variables, "Secret", source.value.get("secretRef"));
    }
  }

  void add_volume(const yaml::Value& volume) {
    add_data(Way::Volume, "ConfigMap", volume.get("configMap"));
    add_data(Way::Volume, "Secret", volume.get("secret"), "secretName");
    for (const yaml::Element& source : volume.get({"projected", "sources"}).items()) {
      add_data(Way::Volume, "ConfigMap", source.value.get("configMap"));
      add_data(Way::Volume, "Secret", source.value.get("secret"));
    }
    add(Way::Claim, "PersistentVolumeClaim", volume.get({"persistentVolumeClaim", "claimName"}));
  }

  void add_pod(const yaml::Value& pod) {
    const yaml::Value account = pod.get("serviceAccountName");
    add(Way::Account, "ServiceAccount", account.is_scalar() ? account : pod.get("serviceAccount"));
    for (const yaml::Element& item : pod.get("imagePullSecrets").items())
      add(Way::PullSecret, "Secret", item.value.get("name"));
    for (const std::string_view list : {"initContainers", "containers", "ephemeralContainers"})
      for (const yaml::Element& item : pod.get(list).items()) add_container(item.value);
    for (const yaml::Element& item : pod.get("volumes").items()) add_volume(item.value);
  }

  void add_backend(const yaml::Value& backend) {
    const yaml::Value service = backend.get("service");
    Reference* added =
        add(Way::Backend, "Service", service.is_mapping() ? service.get("name") : backend.get("serviceName"));
    if (!added) return;
    const yaml::Value port = service.get("port");
    const yaml::Value number = service.is_mapping() ? port.get("number") : backend.get("servicePort");
    added->port = word_of(number.is_scalar() ? number : port.get("name"));
  }

  void add_ingress(const yaml::Value& spec) {
    for (const yaml::Element& tls : spec.get("tls").items())
      add(Way::Certificate, "Secret", tls.value.get("secretName"));
    add_backend(spec.get("defaultBackend"));
    add_backend(spec.get("backend"));
    for (const yaml::Element& rule : spec.get("rules").items())
      for (const yaml::Element& path : rule.value.get({"http", "paths"}).items())
        add_backend(path.value.get("backend"));
  }

  void add_routes(const yaml::Value& spec) {
    for (const yaml::Element& rule : spec.get("rules").items())
      for (const yaml::Element& item : rule.value.get("backendRefs").items()) {
        if (item.value.get("kind").string().value_or("Service") != "Service") continue;
        if (!item.value.get("group").string().value_or("").empty()) continue;
        Reference* added = add(Way::Route, "Service", item.value.get("name"));
        if (!added) continue;
        added->port = word_of(item.value.get("port"));
        if (const auto name = item.value.get("namespace").string()) added->namespace_name = *name;
      }
  }

  void add_target(const yaml::Value& spec) {
    const yaml::Value target = spec.get("scaleTargetRef");
    const std::string_view missing = object_.kind == "ScaledObject" ? "Deployment" : "";
    Reference* added = add(Way::ScaleTarget, target.get("kind").string().value_or(missing), target.get("name"));
    if (added) added->api_version = target.get("apiVersion").string().value_or("");
  }

  const Object& object_;
  std::vector<Reference> found_;
};

}  // namespace

Word word_of(const yaml::Value& value) {
  const std::optional<std::string_view> text = value.string();
  if (!text) return {};
  const TextRange range = value.content_range();
  const bool literal = !value.shared() && slice(value.document()->text(), range) == *text;
  return {std::string(*text), range, literal, value};
}

std::vector<Reference> references_of(const Object& object) { return References(object).find(); }

}  // namespace quaymaster::kubernetes
