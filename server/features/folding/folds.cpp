#include "features/folding/folds.h"

#include <algorithm>
#include <utility>

#include "syntax/dockerfile_line.h"

namespace quaymaster {
namespace {

enum class Mark : std::uint8_t { None, Begin, End };

/// Whether the comment is `#region …` or `#endregion`, with or without a blank behind the '#'.
Mark mark_of(std::string_view comment) {
  comment.remove_prefix(std::min(comment.find_first_not_of("# \t"), comment.size()));
  const std::string_view word = comment.substr(0, comment.find_first_of(" \t\r:"));
  if (word == "region") return Mark::Begin;
  return word == "endregion" ? Mark::End : Mark::None;
}

}  // namespace

Folds::Folds(std::string_view text) : text_(text) {
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1))
    line_ends_.push_back(static_cast<std::uint32_t>(at));
}

std::size_t Folds::line_of(std::uint32_t offset) const {
  return static_cast<std::size_t>(std::ranges::lower_bound(line_ends_, offset) - line_ends_.begin());
}

void Folds::add(TextRange range, FoldingRange::Kind kind) {
  while (!range.empty() && (syntax::is_blank(text_[range.end - 1]) || text_[range.end - 1] == '\n')) --range.end;
  if (line_of(range.begin) < line_of(range.end)) folds_.push_back({range, kind});
}

void Folds::add_comments(const std::vector<TextRange>& comments) {
  std::vector<TextRange> open;
  for (std::size_t i = 0; i < comments.size();) {
    std::size_t last = i;
    for (; last < comments.size(); ++last) {
      const Mark mark = mark_of(slice(text_, comments[last]));
      if (mark == Mark::Begin) open.push_back(comments[last]);
      if (mark == Mark::End && !open.empty()) {
        add(cover(open.back(), comments[last]), FoldingRange::Kind::Region);
        open.pop_back();
      }
      // A mark stands alone: it is no part of the comments around it.
      const bool joined = last + 1 < comments.size() && mark == Mark::None &&
                          mark_of(slice(text_, comments[last + 1])) == Mark::None &&
                          line_of(comments[last].begin) + 1 == line_of(comments[last + 1].begin);
      if (!joined) break;
    }
    add(cover(comments[i], comments[last]), FoldingRange::Kind::Comment);
    i = last + 1;
  }
}

std::vector<FoldingRange> Folds::take() {
  std::ranges::sort(folds_, [](const FoldingRange& a, const FoldingRange& b) {
    return a.range.begin != b.range.begin ? a.range.begin < b.range.begin : a.range.end > b.range.end;
  });
  std::vector<FoldingRange> result;
  for (const FoldingRange& fold : folds_) {
    const bool same_line = !result.empty() && line_of(result.back().range.begin) == line_of(fold.range.begin);
    if (!same_line)
      result.push_back(fold);
    else if (result.back().range.end < fold.range.end)
      result.back() = fold;
  }
  return result;
}

}  // namespace quaymaster
