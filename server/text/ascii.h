#pragma once
#include <string>
#include <string_view>

namespace quaymaster {

/// `text` with the letters A to Z in lower case; every other byte stays.
[[nodiscard]] std::string ascii_lower(std::string_view text);
/// Whether both are equal when A to Z and a to z count as equal.
[[nodiscard]] bool equals_ignoring_case(std::string_view a, std::string_view b);

}  // namespace quaymaster
