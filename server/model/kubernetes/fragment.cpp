#include "model/kubernetes/fragment.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <string_view>

namespace quaymaster::kubernetes {
namespace {

using Path = std::initializer_list<std::string_view>;

/// Where the pods of an object are described; absent when it runs none.
yaml::Value pod_template_of(const Object& object) {
  constexpr std::array<std::string_view, 7> kControllers = {
      "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "DeploymentConfig"};
  if (object.kind == "Pod") return object.value;
  if (object.kind == "CronJob") return object.value.get({"spec", "jobTemplate", "spec", "template"});
  if (std::ranges::find(kControllers, object.kind) == kControllers.end()) return {};
  return object.value.get({"spec", "template"});
}

bool runs_pods(const Object& object) { return object.kind == "CronJob" || pod_template_of(object).present(); }

bool all_have_images(const yaml::Value& containers) {
  const std::vector<yaml::Element> items = containers.items();
  return !items.empty() && std::ranges::all_of(items, [](const yaml::Element& item) {
    return item.value.get("image").present() && item.value.get("name").present();
  });
}

/// A whole description of pods has containers with images, and, but for a lone Pod's and a Job's, labels.
bool describes_pods(const Object& object) {
  const yaml::Value pod_template = pod_template_of(object);
  const bool needs_labels = object.kind != "Pod" && object.kind != "Job" && object.kind != "CronJob";
  return all_have_images(pod_template.get({"spec", "containers"})) &&
         (!needs_labels || pod_template.get({"metadata", "labels"}).present());
}

bool lacks(const Object& object, Path path) { return !object.value.get(path).present(); }

}  // namespace

bool is_fragment(const Object& object) {
  if (object.patch) return true;
  if (lacks(object, {"metadata", "name"}) && lacks(object, {"metadata", "generateName"})) return true;
  // Kustomize makes selectors of the labels that it is told to set.
  if (object.api_version.starts_with("apps/v1") && lacks(object, {"spec", "selector"})) return true;
  if (object.kind == "CronJob" && lacks(object, {"spec", "schedule"})) return true;
  if (runs_pods(object)) return !describes_pods(object);
  if (object.kind == "HorizontalPodAutoscaler") return lacks(object, {"spec", "scaleTargetRef"});
  if (object.kind == "CustomResourceDefinition") return lacks(object, {"spec", "names"});
  if (object.kind.ends_with("WebhookConfiguration"))
    return !std::ranges::any_of(object.value.get("webhooks").items(), [](const yaml::Element& item) {
      return item.value.get("clientConfig").present() && item.value.get("rules").present();
    });
  return object.kind == "Service" && lacks(object, {"spec", "ports"});
}

bool is_patch_path(std::string_view path) {
  const std::string_view folder = path.substr(0, std::min(path.rfind('/'), path.size()));
  if (folder.size() < path.size() && folder.substr(folder.rfind('/') + 1) == "patches") return true;
  const std::string_view name = path.substr(path.rfind('/') + 1);
  constexpr std::string_view kWord = "patch";
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  for (std::size_t at = name.find(kWord); at != std::string_view::npos; at = name.find(kWord, at + 1)) {
    const std::size_t end = at + kWord.size();
    if ((at == 0 || !is_letter(name[at - 1])) && (end == name.size() || !is_letter(name[end]))) return true;
  }
  return false;
}

}  // namespace quaymaster::kubernetes
