#include "model/kubernetes/written_labels.h"

#include <initializer_list>
#include <string_view>

#include "model/schema/kubernetes_objects.h"

namespace quaymaster::kubernetes {
namespace {

void add(std::vector<yaml::Value>& found, const yaml::Value& mapping) {
  if (mapping.is_mapping()) found.push_back(mapping);
}

/// What stands at `key` in the metadata of the object and of all that it makes.
std::vector<yaml::Value> in_metadata(const Object& object, std::string_view key) {
  std::vector<yaml::Value> found;
  add(found, object.value.get({"metadata", key}));
  if (!schema::kubernetes(object.api_version, object.kind).present()) return found;
  add(found, object.value.get({"spec", "template", "metadata", key}));
  const yaml::Value job = object.value.get({"spec", "jobTemplate"});
  add(found, job.get({"metadata", key}));
  add(found, job.get({"spec", "template", "metadata", key}));
  return found;
}

}  // namespace

std::vector<yaml::Value> label_mappings_of(const Object& object) {
  std::vector<yaml::Value> found = in_metadata(object, "labels");
  if (!schema::kubernetes(object.api_version, object.kind).present()) return found;
  const yaml::Value selector = object.value.get({"spec", "selector"});
  const bool plain = object.api_version == "v1" && (object.kind == "Service" || object.kind == "ReplicationController");
  add(found, plain ? selector : selector.get("matchLabels"));
  return found;
}

std::vector<yaml::Value> annotation_mappings_of(const Object& object) { return in_metadata(object, "annotations"); }

}  // namespace quaymaster::kubernetes
