#pragma once
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "quaymaster/text.h"

namespace quaymaster::fuzz {

/// Ends the program, which libFuzzer and the replay of saved texts both take for a finding.
inline void require(bool condition) {
  if (!condition) std::abort();
}

/// The range lies in the text.
inline void require_inside(TextRange range, std::size_t size) {
  require(range.begin <= range.end && range.end <= size);
}

/// The offset is not inside of a character. Only for text that is UTF-8.
inline void require_between_characters(std::string_view text, std::uint32_t at) {
  require(at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U);
}

}  // namespace quaymaster::fuzz
