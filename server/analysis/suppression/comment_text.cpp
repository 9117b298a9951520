#include "analysis/suppression/comment_text.h"

namespace quaymaster::suppression {

TextRange without_blanks(std::string_view text, TextRange range) {
  while (!range.empty() && is_blank(text[range.begin])) ++range.begin;
  while (!range.empty() && is_blank(text[range.end - 1])) --range.end;
  return range;
}

std::vector<TextRange> words_of(std::string_view text, TextRange range) {
  std::vector<TextRange> words;
  std::uint32_t begin = range.begin;
  for (std::uint32_t at = range.begin; at <= range.end; ++at) {
    if (at < range.end && text[at] != ',' && !is_blank(text[at])) continue;
    if (begin < at) words.push_back({begin, at});
    begin = at + 1;
  }
  return words;
}

CommentText::CommentText(std::string_view comment)
    : comment_(comment), rest_{0, static_cast<std::uint32_t>(comment.size())} {
  while (!rest_.empty() && comment_[rest_.begin] == '#') ++rest_.begin;
  rest_ = without_blanks(comment_, rest_);
}

bool CommentText::take(std::string_view expected) {
  if (!slice(comment_, rest_).starts_with(expected)) return false;
  rest_.begin += static_cast<std::uint32_t>(expected.size());
  rest_ = without_blanks(comment_, rest_);
  return true;
}

std::string_view CommentText::take_word() {
  const std::uint32_t begin = rest_.begin;
  while (!rest_.empty() && !is_blank(comment_[rest_.begin])) ++rest_.begin;
  const std::uint32_t end = rest_.begin;
  rest_ = without_blanks(comment_, rest_);
  return slice(comment_, {begin, end});
}

}  // namespace quaymaster::suppression
