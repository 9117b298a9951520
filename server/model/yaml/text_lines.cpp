#include "model/yaml/text_lines.h"

#include <algorithm>

namespace quaymaster::yaml {
namespace {

bool is_break(char c) { return c == '\n' || c == '\r'; }
bool is_space(char c) { return c == ' ' || c == '\t' || is_break(c); }

}  // namespace

std::uint32_t line_begin(std::string_view text, std::uint32_t offset) {
  std::uint32_t at = std::min(offset, static_cast<std::uint32_t>(text.size()));
  while (at > 0 && !is_break(text[at - 1])) --at;
  if (at == 0 && text.starts_with(kByteOrderMark)) at = static_cast<std::uint32_t>(kByteOrderMark.size());
  return at;
}

std::uint32_t line_end(std::string_view text, std::uint32_t offset) {
  while (offset < text.size() && !is_break(text[offset])) ++offset;
  return std::min(offset, static_cast<std::uint32_t>(text.size()));
}

std::uint32_t next_line(std::string_view text, std::uint32_t offset) {
  const std::uint32_t end = line_end(text, offset);
  if (end == text.size()) return end;
  return text.substr(end).starts_with("\r\n") ? end + 2 : end + 1;
}

std::uint32_t column(std::string_view text, std::uint32_t offset) {
  const std::uint32_t begin = line_begin(text, offset);
  return offset < begin ? 0 : offset - begin;
}

TextRange trimmed(std::string_view text, TextRange range) {
  while (range.begin < range.end && is_space(text[range.begin])) ++range.begin;
  while (range.begin < range.end && is_space(text[range.end - 1])) --range.end;
  return range;
}

}  // namespace quaymaster::yaml
