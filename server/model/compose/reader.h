#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "model/compose/compose.h"
#include "model/compose/interpolation.h"
#include "model/yaml/value.h"

/// What the parts of a Compose file have in common: interpolated scalars, names, lists that may be one scalar.
namespace quaymaster::compose {

/// The interpolated text of a scalar; nothing for other values.
[[nodiscard]] std::optional<Interpolated> interpolated(const yaml::Value& value);
[[nodiscard]] std::optional<Text> text_of(const yaml::Value& value);
[[nodiscard]] std::optional<Name> name_of(const yaml::Value& value);
/// The names of a list, of a mapping's keys, or of one scalar.
[[nodiscard]] std::vector<Name> names_of(const yaml::Value& value);
/// A scalar, or each scalar of a list.
[[nodiscard]] std::vector<yaml::Value> scalars_of(const yaml::Value& value);
/// The texts of `scalars_of`.
[[nodiscard]] std::vector<Text> texts_of(const yaml::Value& value);
/// `environment`, `args` or `labels`: a list of `NAME=value`, or a mapping.
[[nodiscard]] std::vector<container::EnvironmentEntry> variables_of(const yaml::Value& value,
                                                                    container::EnvironmentEntry::Origin origin);
[[nodiscard]] std::optional<container::Flag> flag_of(const yaml::Value& mapping, std::string_view key);

}  // namespace quaymaster::compose
