#pragma once
#include <algorithm>
#include <iterator>
#include <string_view>

/// Questions about a text and a list of texts: an array of string views, or anything that can be gone through.
namespace quaymaster {

/// Whether `text` is one of `list`.
template <class List>
[[nodiscard]] constexpr bool one_of(const List& list, std::string_view text) {
  return std::ranges::find(list, text) != std::ranges::end(list);
}

/// Whether one of `parts` is in `text`.
template <class List>
[[nodiscard]] constexpr bool contains_any(std::string_view text, const List& parts) {
  return std::ranges::any_of(parts,
                             [text](std::string_view part) { return text.find(part) != std::string_view::npos; });
}

/// Whether `text` begins with one of `beginnings`.
template <class List>
[[nodiscard]] constexpr bool starts_with_any(std::string_view text, const List& beginnings) {
  return std::ranges::any_of(beginnings, [text](std::string_view beginning) { return text.starts_with(beginning); });
}

/// Whether `text` ends with one of `endings`.
template <class List>
[[nodiscard]] constexpr bool ends_with_any(std::string_view text, const List& endings) {
  return std::ranges::any_of(endings, [text](std::string_view ending) { return text.ends_with(ending); });
}

}  // namespace quaymaster
