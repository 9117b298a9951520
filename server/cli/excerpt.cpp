#include "cli/excerpt.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "cli/terminal_text.h"

namespace quaymaster::cli {
namespace {

/// How much of a line is looked at on each side of its mark. More than a terminal shows, so that what is cut off is
/// masked as a whole before it is cut.
constexpr std::uint32_t kFarAway = 4096;

constexpr std::size_t kEllipsisWidth = 1;

/// What is shown of a row of cells.
struct Window {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// A part of `row` that fits into `width` and holds the mark, or its beginning.
Window window(const std::vector<Cell>& row, std::size_t mark_begin, std::size_t mark_end, std::size_t width) {
  if (width_of(row) <= width) return {0, row.size()};
  // One ellipsis on each side at most, and a third of the room for what stands before the mark.
  const std::size_t room = width > 2 * kEllipsisWidth ? width - 2 * kEllipsisWidth : 1;
  Window shown{mark_begin, mark_begin};
  std::size_t used = 0;
  const auto grow_left = [&](std::size_t limit) {
    while (shown.begin > 0 && used + row[shown.begin - 1].width <= limit) used += row[--shown.begin].width;
  };
  const auto grow_right = [&](std::size_t until) {
    while (shown.end < until && used + row[shown.end].width <= room) used += row[shown.end++].width;
  };
  grow_left(room / 3);
  grow_right(mark_end);
  grow_right(row.size());
  grow_left(room);
  return shown;
}

}  // namespace

MarkedLine marked_line(const Analysis& analysis, const LineIndex& lines, TextRange range) {
  const std::string_view text = analysis.source.text;
  const std::uint32_t number = lines.position(text, range.begin, PositionEncoding::Utf8).line;
  TextRange line = lines.line(text, number);
  if (number == 0 && text.starts_with("\xEF\xBB\xBF")) line.begin = std::min(line.begin + 3, line.end);
  const TextRange mark{std::clamp(range.begin, line.begin, line.end), std::clamp(range.end, line.begin, line.end)};
  const std::uint32_t begin = mark.begin - line.begin > kFarAway ? mark.begin - kFarAway : line.begin;
  const std::uint32_t end = line.end - mark.begin > 2 * kFarAway ? mark.begin + 2 * kFarAway : line.end;
  const std::uint32_t mark_end = std::min(mark.end, end);
  return {masked_slice(analysis, {begin, mark.begin}), masked_slice(analysis, {mark.begin, mark_end}),
          masked_slice(analysis, {mark_end, end})};
}

std::string excerpt(const MarkedLine& line, const std::string& gutter, std::size_t width, Look look,
                    const Style& style) {
  std::vector<Cell> row = cells(line.before);
  const std::size_t mark_begin = row.size();
  std::ranges::move(cells(line.marked, width_of(row)), std::back_inserter(row));
  const std::size_t mark_end = row.size();
  std::ranges::move(cells(line.after, width_of(row)), std::back_inserter(row));

  const Window shown = window(row, mark_begin, mark_end, width);
  std::string text;
  std::size_t offset = 0;
  std::size_t carets = 0;
  if (shown.begin > 0) {
    text += "…";
    offset += kEllipsisWidth;
  }
  for (std::size_t i = shown.begin; i < shown.end; ++i) {
    text += row[i].bytes;
    if (i < mark_begin) offset += row[i].width;
    if (mark_begin <= i && i < mark_end) carets += row[i].width;
  }
  if (shown.end < row.size()) text += "…";
  text.erase(text.find_last_not_of(' ') + 1);

  std::string out = style.paint(Look::Dim, gutter) + text + "\n";
  const std::size_t indent = width_of(cells(gutter));
  out.append(indent + offset, ' ');
  out += style.paint(look, std::string(std::max<std::size_t>(carets, 1), '^')) + "\n";
  return out;
}

}  // namespace quaymaster::cli
