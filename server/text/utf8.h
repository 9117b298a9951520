#pragma once
#include <cstdint>
#include <string_view>

namespace quaymaster {

/// The length in bytes, 1 to 4, of the UTF-8 character that `text` begins with; 1 for a byte that begins none.
/// `text` must not be empty.
[[nodiscard]] std::uint32_t utf8_length(std::string_view text);

/// Whether the whole text is well-formed UTF-8.
[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace quaymaster
