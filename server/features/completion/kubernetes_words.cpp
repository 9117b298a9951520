#include "features/completion/kubernetes_words.h"

#include <algorithm>
#include <array>

#include "model/kubernetes/api_versions.h"
#include "model/schema/kubernetes_objects.h"

namespace quaymaster {
namespace {

using schema::KubernetesObject;

schema::Node node_at(const ObjectType& type, std::span<const std::string_view> path) {
  std::vector<std::string_view> keys(path.begin(), path.end());
  std::ranges::replace(keys, std::string_view("-"), std::string_view("[]"));
  return schema::descend(schema::kubernetes(type.api_version, type.kind), keys);
}

bool is_current(const KubernetesObject& object) {
  const kubernetes::ApiDeprecation* deprecation = kubernetes::deprecation_of(object.api_version, object.kind);
  return deprecation == nullptr || deprecation->removed == 0 || deprecation->removed > kubernetes::kNewestRelease;
}

void add_new(std::vector<std::string_view>& words, std::string_view word) {
  if (std::ranges::find(words, word) == words.end()) words.push_back(word);
}

/// The versions of the kind that is written, or else all.
std::vector<std::string_view> versions(std::string_view kind) {
  std::vector<std::string_view> words;
  for (const bool any_kind : {false, true}) {
    for (const KubernetesObject& object : schema::kubernetes_objects())
      if (is_current(object) && (any_kind || object.kind == kind)) add_new(words, object.api_version);
    if (!words.empty()) break;
  }
  return words;
}

/// The kinds of the version that is written, or else all.
std::vector<std::string_view> kinds(std::string_view api_version) {
  std::vector<std::string_view> words;
  for (const bool any_version : {false, true}) {
    for (const KubernetesObject& object : schema::kubernetes_objects())
      if (is_current(object) && (any_version || object.api_version == api_version)) add_new(words, object.kind);
    if (!words.empty()) break;
  }
  return words;
}

/// Takes what stands before the first `separator` off the front.
std::string_view take(std::string_view& rest, char separator) {
  const std::size_t end = std::min(rest.find(separator), rest.size());
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

}  // namespace

std::vector<SchemaKey> kubernetes_keys(const ObjectType& type, std::span<const std::string_view> path) {
  const schema::Node node = node_at(type, path);
  if (!node.present() && path.empty())
    return {{"apiVersion", "string", SchemaKey::Shape::Scalar},
            {"kind", "string", SchemaKey::Shape::Scalar},
            {"metadata", "mapping", SchemaKey::Shape::Mapping}};
  std::vector<SchemaKey> keys = schema_keys(node);
  // What the server writes.
  if (path.empty()) std::erase_if(keys, [](const SchemaKey& key) { return key.name == "status"; });
  const std::vector<std::string_view> required = node.required();
  std::ranges::stable_partition(
      keys, [&](const SchemaKey& key) { return std::ranges::find(required, key.name) != required.end(); });
  return keys;
}

std::vector<std::string_view> kubernetes_values(const ObjectType& type, std::span<const std::string_view> path) {
  if (path.size() == 1 && path[0] == "apiVersion") return versions(type.kind);
  if (path.size() == 1 && path[0] == "kind") return kinds(type.api_version);
  const schema::Node node = node_at(type, path);
  std::vector<std::string_view> words = node.choices();
  if (node.kinds().has(schema::Kind::Boolean)) words.insert(words.end(), {"true", "false"});
  return words;
}

std::string kubernetes_about(const ObjectType& type, std::span<const std::string_view> path) {
  std::string about = "kubernetes:" + std::string(type.api_version) + " " + std::string(type.kind);
  char separator = ' ';
  for (const std::string_view key : path) {
    about += separator;
    about += key;
    separator = '/';
  }
  return about;
}

std::string kubernetes_documentation(std::string_view about) {
  ObjectType type;
  type.api_version = take(about, ' ');
  type.kind = take(about, ' ');
  if (about.empty()) {
    const std::vector<KubernetesObject> objects = schema::kubernetes_objects();
    const auto found = std::ranges::find_if(objects, [&](const KubernetesObject& object) {
      return object.api_version == type.api_version && object.kind == type.kind;
    });
    return found == objects.end() ? std::string() : std::string(found->description);
  }
  std::vector<std::string_view> keys;
  while (!about.empty()) keys.push_back(take(about, '/'));
  const std::string_view name = keys.back();
  keys.pop_back();
  const auto property = node_at(type, keys).property(name);
  return property ? std::string(property->description) : std::string();
}

}  // namespace quaymaster
