#include "features/hover/fix_diff.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace quaymaster {
namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t newline = text.find('\n');
    std::string_view line = text.substr(0, newline);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.emplace_back(line);
    text.remove_prefix(newline == std::string_view::npos ? text.size() : newline + 1);
  }
  return lines;
}

/// The whole lines that `range` lies in.
TextRange whole_lines(std::string_view text, TextRange range) {
  const std::size_t before = range.begin == 0 ? std::string_view::npos : text.rfind('\n', range.begin - 1);
  const bool ends_a_line = !range.empty() && text[range.end - 1] == '\n';
  const std::size_t after = ends_a_line ? range.end - 1 : text.find('\n', range.end);
  return {before == std::string_view::npos ? 0 : static_cast<std::uint32_t>(before) + 1,
          static_cast<std::uint32_t>(after == std::string_view::npos ? text.size() : after + 1)};
}

void drop_common_ends(std::vector<std::string>& before, std::vector<std::string>& after) {
  while (!before.empty() && !after.empty() && before.back() == after.back()) {
    before.pop_back();
    after.pop_back();
  }
  const auto [a, b] = std::ranges::mismatch(before, after);
  after.erase(after.begin(), b);
  before.erase(before.begin(), a);
}

void add_lines(std::string& out, const std::vector<std::string>& lines, std::string_view mark, std::size_t most) {
  const bool all = lines.size() <= most;
  const std::size_t shown = all ? lines.size() : most - 1;
  for (std::size_t i = 0; i < shown; ++i) {
    out += mark;
    out += lines[i];
    out += '\n';
  }
  if (!all) {
    out += mark;
    out += "…\n";
  }
}

}  // namespace

std::string fix_diff(const Analysis& analysis, const Fix& fix, std::size_t max_lines) {
  if (fix.edits.empty()) return {};
  const std::string& text = analysis.source.text;
  const TextRange changed = whole_lines(text, {fix.edits.front().range.begin, fix.edits.back().range.end});
  std::vector<Edit> edits = fix.edits;
  for (Edit& edit : edits) {
    edit.text = masked_text(edit, analysis);
    edit.range = {edit.range.begin - changed.begin, edit.range.end - changed.begin};
  }
  std::vector<std::string> before = lines_of(masked_slice(analysis, changed));
  std::vector<std::string> after = lines_of(mask_secrets(apply_edits(slice(text, changed), edits), analysis));
  drop_common_ends(before, after);
  std::string out;
  add_lines(out, before, "- ", std::max<std::size_t>(max_lines / 2, 2));
  add_lines(out, after, "+ ", std::max<std::size_t>(max_lines / 2, 2));
  return out;
}

}  // namespace quaymaster
