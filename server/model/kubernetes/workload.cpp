#include "model/kubernetes/workload.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "model/kubernetes/brief.h"
#include "model/kubernetes/object.h"
#include "model/kubernetes/pod_container.h"

namespace quaymaster::kubernetes {
namespace {

/// Where a kind keeps what it makes pods from: the mapping with `metadata` and `spec` of a pod.
enum class Template { Itself, AtTemplate, AtSpecTemplate, AtJobTemplate };

struct BuiltIn {
  std::string_view kind;
  std::string_view group;  // without version
  Template place;
};

constexpr std::array kBuiltIn{
    BuiltIn{"Pod", "", Template::Itself},
    BuiltIn{"PodTemplate", "", Template::AtTemplate},
    BuiltIn{"ReplicationController", "", Template::AtSpecTemplate},
    BuiltIn{"Deployment", "apps", Template::AtSpecTemplate},
    BuiltIn{"ReplicaSet", "apps", Template::AtSpecTemplate},
    BuiltIn{"StatefulSet", "apps", Template::AtSpecTemplate},
    BuiltIn{"DaemonSet", "apps", Template::AtSpecTemplate},
    BuiltIn{"Deployment", "extensions", Template::AtSpecTemplate},
    BuiltIn{"ReplicaSet", "extensions", Template::AtSpecTemplate},
    BuiltIn{"DaemonSet", "extensions", Template::AtSpecTemplate},
    BuiltIn{"Job", "batch", Template::AtSpecTemplate},
    BuiltIn{"CronJob", "batch", Template::AtJobTemplate},
    BuiltIn{"DeploymentConfig", "apps.openshift.io", Template::AtSpecTemplate},
};

std::string_view group_of(std::string_view api_version) {
  const std::size_t slash = api_version.find('/');
  return slash == std::string_view::npos ? std::string_view() : api_version.substr(0, slash);
}

yaml::Value template_of(const yaml::Value& object, Template place) {
  switch (place) {
    case Template::Itself: return object;
    case Template::AtTemplate: return object.get("template");
    case Template::AtSpecTemplate: return object.get({"spec", "template"});
    case Template::AtJobTemplate: return object.get({"spec", "jobTemplate", "spec", "template"});
  }
  return {};
}

/// Containers as a pod has them: with a name and an image. Some custom resources have a list of the same name with
/// parts to be merged into other containers.
bool has_containers(const yaml::Value& pod_spec) {
  return std::ranges::any_of(pod_spec.get("containers").items(), [](const yaml::Element& item) {
    return item.value.get("image").is_scalar() && item.value.get("name").is_scalar();
  });
}

/// A Knative service may leave out the name of its only container.
bool has_single_image(const yaml::Value& pod_spec) {
  const std::vector<yaml::Element> items = pod_spec.get("containers").items();
  return items.size() == 1 && items.front().value.get("image").is_scalar();
}

struct Found {
  yaml::Value pod_template;
  bool custom = false;
};

std::optional<Found> find_template(const Object& object) {
  for (const BuiltIn& known : kBuiltIn)
    if (known.kind == object.kind && (known.group == group_of(object.api_version) || object.api_version.empty()))
      return Found{template_of(object.value, known.place)};
  for (const Template place : {Template::AtSpecTemplate, Template::AtJobTemplate, Template::Itself}) {
    const yaml::Value pod_template = template_of(object.value, place);
    const yaml::Value pod_spec = pod_template.get("spec");
    if (has_containers(pod_spec) || (place == Template::AtSpecTemplate && has_single_image(pod_spec)))
      return Found{pod_template, true};
  }
  return std::nullopt;
}

void read_pod(Workload& workload) {
  const yaml::Value& spec = workload.pod_spec;
  workload.pod_security_context = mapping_of(spec, "securityContext");
  workload.host_network = flag_of(spec, "hostNetwork");
  workload.host_pid = flag_of(spec, "hostPID");
  workload.host_ipc = flag_of(spec, "hostIPC");
  workload.host_users = flag_of(spec, "hostUsers");
  workload.share_process_namespace = flag_of(spec, "shareProcessNamespace");
  workload.automount_service_account_token = flag_of(spec, "automountServiceAccountToken");
  workload.service_account = setting_of(spec, "serviceAccountName");
  if (!workload.service_account) workload.service_account = setting_of(spec, "serviceAccount");
  workload.node_name = setting_of(spec, "nodeName");
  workload.restart_policy = setting_of(spec, "restartPolicy");
  workload.priority_class = setting_of(spec, "priorityClassName");
  workload.runtime_class = setting_of(spec, "runtimeClassName");
  workload.windows = spec.get({"os", "name"}).string() == "windows" ||
                     spec.get({"nodeSelector", "kubernetes.io/os"}).string() == "windows";
}

void read_containers(Workload& workload, shell::ScriptParser& scripts) {
  constexpr std::array kLists{std::pair{"initContainers", ContainerList::Init},
                              std::pair{"containers", ContainerList::Main},
                              std::pair{"ephemeralContainers", ContainerList::Ephemeral}};
  for (const auto& [key, list] : kLists)
    for (const yaml::Element& item : workload.pod_spec.get(key).items())
      if (item.value.is_mapping()) workload.containers.push_back(read_container(item, list, workload, scripts));
  std::ranges::stable_sort(workload.containers, {},
                           [](const PodContainer& container) { return container.value.range().begin; });
}

/// Objects that are written to be merged into others (Kustomize) lack what a whole one must have.
void find_partial(Workload& workload) {
  const yaml::Value& object = workload.object.value;
  const bool needs_selector = workload.object.api_version == "apps/v1";
  const auto has_image = [](const PodContainer& container) { return container.value.get("image").present(); };
  const bool needs_schedule = workload.object.kind == "CronJob" && !workload.custom;
  workload.partial = workload.object.patch || (needs_schedule && !object.get({"spec", "schedule"}).present()) ||
                     (needs_selector && !object.get({"spec", "selector"}).present()) ||
                     std::ranges::none_of(workload.containers, has_image);
  for (PodContainer& container : workload.containers)
    container.container.template_only = workload.partial || !has_image(container);
}

}  // namespace

const Volume* Workload::volume(std::string_view name) const {
  const auto found = std::ranges::find(volumes, name, &Volume::name);
  return found == volumes.end() ? nullptr : &*found;
}

yaml::Value pod_template_of(const Object& object) {
  const std::optional<Found> found = find_template(object);
  return found ? found->pod_template : yaml::Value();
}

std::optional<Workload> read_workload(const Object& object, shell::ScriptParser& scripts) {
  const std::optional<Found> found = find_template(object);
  if (!found) return std::nullopt;
  Workload workload;
  workload.object = object;
  workload.custom = found->custom;
  workload.pod_spec = found->pod_template.get("spec");
  if (!workload.pod_spec.is_mapping()) return std::nullopt;
  workload.pod_metadata = found->pod_template.get("metadata");
  workload.replicas = number_of(object.value.get("spec"), "replicas");
  workload.volumes = volumes_of(workload.pod_spec, object.value.get({"spec", "volumeClaimTemplates"}));
  read_pod(workload);
  read_containers(workload, scripts);
  find_partial(workload);
  return workload;
}

Manifest model(std::shared_ptr<const yaml::Document> document, shell::ScriptParser& scripts, bool patches) {
  Manifest manifest;
  manifest.objects = objects_of(document->root());
  for (Object& object : manifest.objects) object.patch = patches;
  for (const Object& object : manifest.objects) {
    if (std::optional<Workload> workload = read_workload(object, scripts))
      manifest.workloads.push_back(*std::move(workload));
    for (ConfigScript& script : config_scripts(object, scripts)) manifest.scripts.push_back(std::move(script));
  }
  manifest.briefs = std::make_shared<const std::vector<Brief>>(briefs_of(manifest.objects));
  manifest.document = std::move(document);
  return manifest;
}

}  // namespace quaymaster::kubernetes
