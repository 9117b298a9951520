#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quaymaster::cli {

/// What a terminal shows for one character of a text, and how many columns it takes there.
struct Cell {
  std::string bytes;
  std::size_t width = 1;
};

/// The characters of `text` as a terminal can show them without obeying them. Tabs become blanks up to the next column
/// that is a multiple of 4, counted from `column`, where the text begins. Control characters, marks that turn the
/// direction of writing, and bytes that are not UTF-8 become `\x1b`, `\u202e`, `\xff`. Wide characters (CJK, emoji)
/// take two columns, combining ones none.
[[nodiscard]] std::vector<Cell> cells(std::string_view text, std::size_t column = 0);

[[nodiscard]] std::size_t width_of(std::span<const Cell> cells);

/// `text` on one line, as cells() shows it.
[[nodiscard]] std::string visible(std::string_view text);

/// `text` followed by blanks up to `width` columns.
[[nodiscard]] std::string padded(std::string_view text, std::size_t width);

}  // namespace quaymaster::cli
