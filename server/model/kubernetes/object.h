#pragma once
#include <string_view>
#include <vector>

#include "model/container/container.h"
#include "model/kubernetes/kubernetes.h"
#include "model/yaml/value.h"

namespace quaymaster::kubernetes {

/// The objects of a document: its root, or the items of the lists in it.
[[nodiscard]] std::vector<Object> objects_of(const yaml::Value& root);

/// The Boolean `key` of a mapping.
[[nodiscard]] std::optional<container::Flag> flag_of(const yaml::Value& mapping, std::string_view key);
/// The text `key` of a mapping.
[[nodiscard]] std::optional<Setting> setting_of(const yaml::Value& mapping, std::string_view key);
[[nodiscard]] std::optional<Number> number_of(const yaml::Value& mapping, std::string_view key);
/// A mapping that says something: absent when it is null.
[[nodiscard]] yaml::Value mapping_of(const yaml::Value& mapping, std::string_view key);

}  // namespace quaymaster::kubernetes
