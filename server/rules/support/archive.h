#pragma once
#include <string_view>

namespace quaymaster::rules {

/// Whether a file's name says that it is an archive which ADD unpacks.
[[nodiscard]] bool is_archive(std::string_view name);

}  // namespace quaymaster::rules
