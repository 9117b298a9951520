#pragma once
#include <span>
#include <string_view>

namespace quaymaster {

/// The one of `candidates` that `text` was probably meant to be: the fewest letters inserted, left out, changed or
/// swapped with a neighbour, at most one in three. Empty when none is near. Case does not count.
[[nodiscard]] std::string_view near_miss(std::string_view text, std::span<const std::string_view> candidates);

}  // namespace quaymaster
