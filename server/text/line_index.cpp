#include "text/line_index.h"

#include <algorithm>

#include "text/utf8.h"

namespace quaymaster {
namespace {

constexpr bool ends_line(char c) { return c == '\n' || c == '\r'; }

std::uint32_t units(std::uint32_t length_in_bytes, PositionEncoding encoding) {
  switch (encoding) {
    case PositionEncoding::Utf8: return length_in_bytes;
    case PositionEncoding::Utf16: return length_in_bytes == 4 ? 2 : 1;
    case PositionEncoding::Utf32: return 1;
  }
  return 1;
}

}  // namespace

LineIndex::LineIndex(std::string_view text) : starts_{0} {
  for (std::uint32_t i = 0; i < text.size(); ++i)
    if (text[i] == '\n' || (text[i] == '\r' && !text.substr(i + 1).starts_with('\n'))) starts_.push_back(i + 1);
}

std::optional<std::uint32_t> LineIndex::offset(std::string_view text, Position at, PositionEncoding encoding) const {
  if (at.line >= starts_.size()) return std::nullopt;
  std::uint32_t byte = starts_[at.line];
  for (std::uint32_t column = 0; byte < text.size() && !ends_line(text[byte]);) {
    const std::uint32_t length = utf8_length(text.substr(byte));
    column += units(length, encoding);
    if (column > at.character) break;
    byte += length;
  }
  return byte;
}

Position LineIndex::position(std::string_view text, std::uint32_t offset, PositionEncoding encoding) const {
  offset = std::min(offset, static_cast<std::uint32_t>(text.size()));
  const auto line = std::prev(std::ranges::upper_bound(starts_, offset));
  Position at{static_cast<std::uint32_t>(line - starts_.begin()), 0};
  for (std::uint32_t byte = *line; byte < offset && !ends_line(text[byte]);) {
    const std::uint32_t length = utf8_length(text.substr(byte));
    if (byte + length > offset) break;
    at.character += units(length, encoding);
    byte += length;
  }
  return at;
}

TextRange LineIndex::line(std::string_view text, std::uint32_t line) const {
  const std::uint32_t begin = starts_[line];
  std::uint32_t end = line + 1 < starts_.size() ? starts_[line + 1] : static_cast<std::uint32_t>(text.size());
  while (end > begin && ends_line(text[end - 1])) --end;
  return {begin, end};
}

}  // namespace quaymaster
