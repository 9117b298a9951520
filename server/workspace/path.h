#pragma once
#include <string>
#include <string_view>

namespace quaymaster::workspace {

/// `name` in `folder`. The folder "" is where relative paths start: join("", "a") is "a".
[[nodiscard]] std::string join(std::string_view folder, std::string_view name);
/// The folder of an absolute path: "/a/b" → "/a", "/a" → "/", "/" → "".
[[nodiscard]] std::string_view parent(std::string_view absolute);
/// What stands behind the last '/'.
[[nodiscard]] std::string_view file_name(std::string_view path);

}  // namespace quaymaster::workspace
