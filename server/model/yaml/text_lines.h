#pragma once
#include <cstdint>
#include <string_view>

#include "quaymaster/text.h"

/// Where lines begin and end, for a text with any line terminators (\n, \r\n, \r).
namespace quaymaster::yaml {

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// The first byte of the line with `offset`, behind a byte order mark.
[[nodiscard]] std::uint32_t line_begin(std::string_view text, std::uint32_t offset);
/// The end of the line with `offset`, before its terminator.
[[nodiscard]] std::uint32_t line_end(std::string_view text, std::uint32_t offset);
/// The first byte of the line after the one with `offset`, or the end of the text.
[[nodiscard]] std::uint32_t next_line(std::string_view text, std::uint32_t offset);
/// How many bytes stand before `offset` on its line.
[[nodiscard]] std::uint32_t column(std::string_view text, std::uint32_t offset);
/// `range` without the blanks (and line terminators) at its ends.
[[nodiscard]] TextRange trimmed(std::string_view text, TextRange range);

}  // namespace quaymaster::yaml
