#include <algorithm>
#include <cstdint>
#include <string>

#include "analysis/suppression/comment.h"
#include "analysis/suppression/comment_text.h"

namespace quaymaster::suppression {
namespace {

constexpr std::string_view kMarker = "quaymaster:";
constexpr std::string_view kReasonSeparator = "--";

/// The offset in `text` of the "--" that begins the reason; npos when there is none. Inside a name it is none.
std::size_t reason_at(std::string_view text) {
  std::size_t separator = text.find(kReasonSeparator);
  while (separator != std::string_view::npos && separator > 0 && !is_blank(text[separator - 1]))
    separator = text.find(kReasonSeparator, separator + 1);
  return separator;
}

}  // namespace

std::optional<Comment> parse_own_comment(std::string_view comment) {
  CommentText text(comment);
  if (!text.take(kMarker)) return std::nullopt;
  const std::string_view verb = text.take_word();
  if (verb != "ignore" && verb != "ignore-file") return std::nullopt;

  Comment result;
  if (verb == "ignore-file") result.reach = Reach::File;
  TextRange items = text.rest();
  const std::size_t separator = reason_at(slice(comment, items));
  if (separator != std::string_view::npos) {
    const auto begin = items.begin + static_cast<std::uint32_t>(separator);
    const auto behind = begin + static_cast<std::uint32_t>(kReasonSeparator.size());
    result.reason = slice(comment, without_blanks(comment, {behind, items.end}));
    items.end = begin;
  }
  result.items_range = without_blanks(comment, items);
  for (const TextRange range : words_of(comment, result.items_range))
    result.items.push_back({std::string(slice(comment, range)), range});
  return result;
}

}  // namespace quaymaster::suppression
