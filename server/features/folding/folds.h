#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "features/folding/folding.h"
#include "quaymaster/text.h"

namespace quaymaster {

/// Gathers the folding ranges of one text. Lines end at \n here.
class Folds {
 public:
  explicit Folds(std::string_view text);

  /// White space at the end of `range` is left out; what then is in one line is no fold.
  void add(TextRange range, FoldingRange::Kind kind = FoldingRange::Kind::Code);
  /// Comments that have their line for themselves, in order: neighbours make a fold, and so do marks of regions.
  void add_comments(const std::vector<TextRange>& comments);
  /// What was gathered, as `folding_ranges` gives it.
  [[nodiscard]] std::vector<FoldingRange> take();

 private:
  [[nodiscard]] std::size_t line_of(std::uint32_t offset) const;

  std::string_view text_;
  std::vector<std::uint32_t> line_ends_;  // the offsets of the line breaks
  std::vector<FoldingRange> folds_;
};

}  // namespace quaymaster
