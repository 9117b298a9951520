#pragma once
#include <string>
#include <string_view>

#include "model/yaml/value.h"

/// How values of a service merge (compose-spec, 13-merge). Paths are those in the service: `build.args`.
namespace quaymaster::compose {

/// The later value replaces the earlier one as a whole: `command`, `healthcheck.test`.
[[nodiscard]] bool is_replaced(std::string_view path);
/// One text may stand for a list of one: `env_file`, `dns`.
[[nodiscard]] bool is_list_or_text(std::string_view path);
/// A mapping of names to values, or a list of `NAME=value`: `environment`, `labels`.
[[nodiscard]] bool is_assignments(std::string_view path);
/// A mapping by names, or a list of names: `depends_on`, `networks`.
[[nodiscard]] bool is_names(std::string_view path);

/// What the item `item` of the list at `path` is unique by: the target of a mount, the name of a variable. Empty when
/// items of the list may repeat.
[[nodiscard]] std::string item_key(std::string_view path, const yaml::Value& item);

}  // namespace quaymaster::compose
