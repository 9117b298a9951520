#include "model/kubernetes/object.h"

#include <string>
#include <utility>

namespace quaymaster::kubernetes {
namespace {

struct Text {
  std::string text;
  TextRange range;
};

std::optional<Text> text_of(const yaml::Value& value) {
  const std::optional<std::string_view> text = value.string();
  if (!text) return std::nullopt;
  return Text{std::string(*text), value.content_range()};
}

/// What an item of a `DeploymentList` leaves out.
struct ListedType {
  std::string api_version;
  std::string kind;
};

void add_object(std::vector<Object>& objects, const yaml::Value& value, const ListedType& listed) {
  Object object;
  object.value = value;
  object.api_version = listed.api_version;
  object.kind = listed.kind;
  const TextRange start{value.range().begin, value.range().begin};
  object.api_version_range = object.kind_range = start;
  if (std::optional<Text> text = text_of(value.get("apiVersion"))) {
    object.api_version = std::move(text->text);
    object.api_version_range = text->range;
  }
  if (std::optional<Text> text = text_of(value.get("kind"))) {
    object.kind = std::move(text->text);
    object.kind_range = text->range;
  }
  object.name_range = object.kind_range.empty() ? object.api_version_range : object.kind_range;
  object.namespace_range = object.name_range;
  const yaml::Value metadata = value.get("metadata");
  if (const std::optional<Text> text = text_of(metadata.get("generateName"))) object.name_range = text->range;
  if (std::optional<Text> text = text_of(metadata.get("name"))) {
    object.name = std::move(text->text);
    object.name_range = text->range;
  }
  if (std::optional<Text> text = text_of(metadata.get("namespace"))) {
    object.namespace_name = std::move(text->text);
    object.namespace_range = text->range;
  }
  objects.push_back(std::move(object));
}

void add_objects(std::vector<Object>& objects, const yaml::Value& value, const ListedType& listed) {
  const std::string_view kind = value.get("kind").string().value_or("");
  const yaml::Value items = value.get("items");
  if (kind.ends_with("List") && items.is_sequence()) {
    ListedType inner;
    if (kind != "List")
      inner = {std::string(value.get("apiVersion").string().value_or("")),
               std::string(kind.substr(0, kind.size() - 4))};
    for (const yaml::Element& item : items.items()) add_objects(objects, item.value, inner);
    return;
  }
  if (!kind.empty() || value.get("apiVersion").is_scalar() || !listed.kind.empty()) add_object(objects, value, listed);
}

}  // namespace

std::vector<Object> objects_of(const yaml::Value& root) {
  std::vector<Object> objects;
  if (root.is_mapping()) add_objects(objects, root, {});
  return objects;
}

std::optional<container::Flag> flag_of(const yaml::Value& mapping, std::string_view key) {
  const std::optional<yaml::Entry> entry = mapping.entry(key);
  const std::optional<bool> value = entry ? entry->value.boolean_1_1() : std::nullopt;
  if (!value) return std::nullopt;
  return container::Flag{*value, entry->key_range, entry->value.range(), entry->shared || entry->value.shared()};
}

std::optional<Setting> setting_of(const yaml::Value& mapping, std::string_view key) {
  const std::optional<yaml::Entry> entry = mapping.entry(key);
  const std::optional<std::string_view> text = entry ? entry->value.string() : std::nullopt;
  if (!text) return std::nullopt;
  return Setting{std::string(*text), entry->key_range, entry->value.content_range(),
                 entry->shared || entry->value.shared()};
}

std::optional<Number> number_of(const yaml::Value& mapping, std::string_view key) {
  const std::optional<yaml::Entry> entry = mapping.entry(key);
  const std::optional<std::int64_t> value = entry ? entry->value.integer() : std::nullopt;
  if (!value) return std::nullopt;
  return Number{*value, entry->key_range, entry->value.range(), entry->shared || entry->value.shared()};
}

yaml::Value mapping_of(const yaml::Value& mapping, std::string_view key) {
  const yaml::Value value = mapping.get(key);
  return value.is_mapping() ? value : yaml::Value();
}

}  // namespace quaymaster::kubernetes
