#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/container/container.h"

/// Paths in a container, as texts.
namespace quaymaster::rules {

/// `path` from the root, without `.` and `..`; a relative one begins at `workdir`. Empty when that is not known, or
/// when something in it is only known at run time.
[[nodiscard]] std::optional<std::string> absolute_path(std::string_view path, std::string_view workdir);

/// Whether `path` is `folder`, or in it. Both are absolute.
[[nodiscard]] bool is_in_folder(std::string_view path, std::string_view folder);

/// Whether something is, or may be, mounted where `path` is; a relative path may be anywhere.
[[nodiscard]] bool may_be_mounted(std::string_view path, const container::Container& container);

}  // namespace quaymaster::rules
