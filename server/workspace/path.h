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
/// An absolute path without empty, "." and ".." parts, judged by its text alone: "/a/../b//c/." → "/b/c". ".." of the
/// root is the root.
[[nodiscard]] std::string normalized(std::string_view absolute);
/// Where `name`, written in a file of the absolute `folder`, leads: normalized, and `name` itself when it is absolute.
[[nodiscard]] std::string resolved(std::string_view folder, std::string_view name);
/// Whether the normalized `path` is `folder` or stands below it.
[[nodiscard]] bool is_inside(std::string_view path, std::string_view folder);
/// The way from `folder` down to `path`, which is inside: "b/c" for "/a" and "/a/b/c", "" for `folder` itself.
[[nodiscard]] std::string_view relative_to(std::string_view path, std::string_view folder);

}  // namespace quaymaster::workspace
