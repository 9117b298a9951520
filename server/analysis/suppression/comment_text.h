#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "quaymaster/text.h"

/// Small tools to read the text of comments with.
namespace quaymaster::suppression {

[[nodiscard]] constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

[[nodiscard]] TextRange without_blanks(std::string_view text, TextRange range);

/// The words in `range`, which commas and blanks separate.
[[nodiscard]] std::vector<TextRange> words_of(std::string_view text, TextRange range);

/// Reads a comment from left to right. It begins behind the '#'s and the blanks.
class CommentText {
 public:
  explicit CommentText(std::string_view comment);

  /// What is not read yet, without blanks around it.
  [[nodiscard]] TextRange rest() const { return rest_; }
  /// Reads `expected`, and the blanks behind it, if it comes next.
  bool take(std::string_view expected);
  /// Reads up to the next blank or to the end.
  std::string_view take_word();

 private:
  std::string_view comment_;
  TextRange rest_;
};

}  // namespace quaymaster::suppression
