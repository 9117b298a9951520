#include "syntax/dockerfile_line.h"

#include <algorithm>

namespace quaymaster::syntax {

std::uint32_t white_space_length(std::string_view text) {
  if (text.empty()) return 0;
  const auto byte = [text](std::size_t i) -> unsigned {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  if (text[0] == '\n' || is_blank(text[0])) return 1;
  if (byte(0) == 0xC2 && (byte(1) == 0x85 || byte(1) == 0xA0)) return 2;                   // NEL, NBSP
  if (byte(0) == 0xE1 && byte(1) == 0x9A && byte(2) == 0x80) return 3;                     // U+1680
  if (byte(0) == 0xE2 && byte(1) == 0x80 && byte(2) >= 0x80 && byte(2) <= 0x8A) return 3;  // U+2000 to U+200A
  if (byte(0) == 0xE2 && byte(1) == 0x80 && (byte(2) == 0xA8 || byte(2) == 0xA9 || byte(2) == 0xAF)) return 3;
  if (byte(0) == 0xE2 && byte(1) == 0x81 && byte(2) == 0x9F) return 3;  // U+205F
  if (byte(0) == 0xE3 && byte(1) == 0x80 && byte(2) == 0x80) return 3;  // U+3000
  return 0;
}

TextRange trimmed(std::string_view text, TextRange range) {
  while (!range.empty()) {
    const std::uint32_t length = white_space_length(slice(text, range));
    if (length == 0) break;
    range.begin += length;
  }
  const auto trailing = [&]() -> std::uint32_t {
    for (std::uint32_t length = 1; length <= 3 && length <= range.size(); ++length)
      if (white_space_length(slice(text, {range.end - length, range.end})) == length) return length;
    return 0;
  };
  while (const std::uint32_t length = trailing()) range.end -= length;
  return range;
}

std::uint32_t line_end(std::string_view text, std::uint32_t at) {
  const std::size_t newline = text.find('\n', at);
  return static_cast<std::uint32_t>(newline == std::string_view::npos ? text.size() : newline + 1);
}

bool is_comment_line(std::string_view line) {
  while (const std::uint32_t length = white_space_length(line)) line.remove_prefix(length);
  return line.starts_with('#');
}

bool is_empty_line(std::string_view line) {
  while (const std::uint32_t length = white_space_length(line)) line.remove_prefix(length);
  return line.empty();
}

std::size_t continuation_at(std::string_view line, char escape) {
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  while (line.ends_with(' ') || line.ends_with('\t')) line.remove_suffix(1);
  if (!line.ends_with(escape)) return std::string_view::npos;
  const std::size_t at = line.size() - 1;
  if (at > 0 && line[at - 1] == escape) return std::string_view::npos;
  return at;
}

namespace {

/// The physical lines that make up a logical line, in order, without the comment and empty lines inside.
template <class Visit>
std::uint32_t for_each_line(std::string_view text, std::uint32_t begin, std::uint32_t limit, char escape, Visit visit) {
  text = text.substr(0, limit);
  std::uint32_t end = begin;
  bool first = true;
  bool continued = true;
  while (continued && end < limit) {
    const TextRange line{end, line_end(text, end)};
    end = line.end;
    const std::string_view bytes = slice(text, line);
    if (!first && (is_comment_line(bytes) || is_empty_line(bytes))) continue;
    const std::size_t escape_at = continuation_at(bytes, escape);
    continued = escape_at != std::string_view::npos;
    visit(line, continued ? line.begin + static_cast<std::uint32_t>(escape_at) : line.end);
    first = false;
  }
  return end;
}

}  // namespace

std::uint32_t logical_line_end(std::string_view text, std::uint32_t begin, char escape) {
  return for_each_line(text, begin, static_cast<std::uint32_t>(text.size()), escape, [](TextRange, std::uint32_t) {});
}

MappedText joined(std::string_view text, TextRange range, char escape) {
  MappedText result;
  for_each_line(text, range.begin, range.end, escape, [&](TextRange line, std::uint32_t content_end) {
    std::uint32_t end = std::min(content_end, line.end);
    while (end > line.begin && (text[end - 1] == '\n' || text[end - 1] == '\r') && end == line.end) {
      // Only the line's own end is cut; a CR elsewhere is ordinary white space.
      --end;
      while (end > line.begin && text[end - 1] == '\r') --end;
      break;
    }
    result.append(slice(text, {line.begin, end}), line.begin);
  });
  return result;
}

}  // namespace quaymaster::syntax
