#pragma once
#include <cstdint>
#include <string_view>

#include "quaymaster/analyzer.h"
#include "text/line_index.h"

namespace quaymaster::cli {

/// A range as people count it: lines and columns from 1, the end behind the last character.
struct Place {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  std::uint32_t end_line = 1;
  std::uint32_t end_column = 1;
};

/// The places of one analysed text, in units of `encoding`. `analysis` has to outlive this.
class Places {
 public:
  Places(const Analysis& analysis, PositionEncoding encoding)
      : text_(analysis.source.text), lines_(text_), encoding_(encoding) {}

  [[nodiscard]] Place of(TextRange range) const {
    const Position begin = lines_.position(text_, range.begin, encoding_);
    const Position end = lines_.position(text_, range.end, encoding_);
    return {begin.line + 1, begin.character + 1, end.line + 1, end.character + 1};
  }

  /// The bytes of the line where `range` begins.
  [[nodiscard]] TextRange line_of(TextRange range) const {
    return lines_.line(text_, lines_.position(text_, range.begin, encoding_).line);
  }

 private:
  std::string_view text_;
  LineIndex lines_;
  PositionEncoding encoding_;
};

}  // namespace quaymaster::cli
