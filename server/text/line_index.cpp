#include "text/line_index.h"

#include <algorithm>

#include "text/utf8.h"

namespace quaymaster {
namespace {

constexpr std::uint32_t kMilestoneDistance = 1024;  // bytes

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
    if (text[i] == '\n' || (text[i] == '\r' && !text.substr(i + 1).starts_with('\n'))) {
      const bool two_bytes = text[i] == '\n' && i > starts_.back() && text[i - 1] == '\r';
      add_milestones(text, {starts_.back(), two_bytes ? i - 1 : i});
      starts_.push_back(i + 1);
    }
  add_milestones(text, {starts_.back(), static_cast<std::uint32_t>(text.size())});
}

void LineIndex::add_milestones(std::string_view text, TextRange line) {
  if (line.size() <= kMilestoneDistance) return;
  Milestone here{line.begin};
  for (std::uint32_t next = line.begin + kMilestoneDistance; here.byte < line.end;) {
    const std::uint32_t length = utf8_length(text.substr(here.byte));
    here.byte += length;
    here.utf16 += units(length, PositionEncoding::Utf16);
    here.utf32 += units(length, PositionEncoding::Utf32);
    if (here.byte < next) continue;
    milestones_.push_back(here);
    next = here.byte + kMilestoneDistance;
  }
}

std::uint32_t LineIndex::column_of(const Milestone& milestone, std::uint32_t line_start,
                                   PositionEncoding encoding) const {
  switch (encoding) {
    case PositionEncoding::Utf8: return milestone.byte - line_start;
    case PositionEncoding::Utf16: return milestone.utf16;
    case PositionEncoding::Utf32: return milestone.utf32;
  }
  return 0;
}

std::optional<std::uint32_t> LineIndex::offset(std::string_view text, Position at, PositionEncoding encoding) const {
  if (at.line >= starts_.size()) return std::nullopt;
  std::uint32_t byte = starts_[at.line];
  const std::uint32_t line_start = byte;
  std::uint32_t column = 0;
  const auto begin = std::ranges::lower_bound(milestones_, line_start, {}, &Milestone::byte);
  const std::uint32_t line_end =
      at.line + 1 < starts_.size() ? starts_[at.line + 1] : static_cast<std::uint32_t>(text.size()) + 1;
  const auto end = std::ranges::lower_bound(begin, milestones_.end(), line_end, {}, &Milestone::byte);
  const auto passed = std::ranges::upper_bound(begin, end, at.character, {}, [&](const Milestone& milestone) {
    return column_of(milestone, line_start, encoding);
  });
  if (passed != begin) {
    byte = std::prev(passed)->byte;
    column = column_of(*std::prev(passed), line_start, encoding);
  }
  while (byte < text.size() && !ends_line(text[byte])) {
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
  std::uint32_t byte = *line;
  const auto passed = std::ranges::upper_bound(milestones_, offset, {}, &Milestone::byte);
  if (passed != milestones_.begin() && std::prev(passed)->byte > *line) {
    byte = std::prev(passed)->byte;
    at.character = column_of(*std::prev(passed), *line, encoding);
  }
  while (byte < offset && !ends_line(text[byte])) {
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
