#pragma once
#include <string_view>

namespace quaymaster::rules {

/// Whether one letter inserted, left out, changed, or swapped with its neighbour makes `a` of `b`; not when they are
/// equal. Case does not count.
[[nodiscard]] bool one_edit_apart(std::string_view a, std::string_view b);

}  // namespace quaymaster::rules
