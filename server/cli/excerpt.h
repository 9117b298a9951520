#pragma once
#include <cstddef>
#include <string>

#include "cli/style.h"
#include "quaymaster/analyzer.h"
#include "text/line_index.h"

namespace quaymaster::cli {

/// A line of text in three parts. Secrets are masked already.
struct MarkedLine {
  std::string before;
  std::string marked;  ///< may be empty: then a place is marked
  std::string after;
};

/// The line where `range` begins, with the part of it that belongs to the range marked. Of a very long line only what
/// is near the mark. `lines` is the index of the analysed text.
[[nodiscard]] MarkedLine marked_line(const Analysis& analysis, const LineIndex& lines, TextRange range);

/// Two lines: the text behind `gutter`, and carets under the marked part behind as many blanks. A text of more than
/// `width` columns is cut around the mark, with an ellipsis where something is missing.
[[nodiscard]] std::string excerpt(const MarkedLine& line, const std::string& gutter, std::size_t width, Look look,
                                  const Style& style);

}  // namespace quaymaster::cli
