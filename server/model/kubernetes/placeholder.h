#pragma once
#include <string_view>

namespace quaymaster::kubernetes {

/// Whether `text` has a part that some program fills in before the API server sees it: `{{ x }}`, `${X}`, `$(X)`,
/// `__X__`, `<x>`, `$X`.
[[nodiscard]] bool has_placeholder(std::string_view text);

}  // namespace quaymaster::kubernetes
