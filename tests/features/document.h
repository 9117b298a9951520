#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "quaymaster/analyzer.h"
#include "support/fixture.h"

namespace quaymaster::tests {

/// A marked text, analysed as what its path and content make it.
struct Document {
  Fixture fixture;
  Analysis analysis;

  Document(std::string_view path, std::string_view marked);
  [[nodiscard]] std::uint32_t cursor() const { return fixture.cursor.value(); }
  [[nodiscard]] std::string_view at(TextRange range) const { return slice(fixture.text, range); }
};

/// The text with `<|` and `|>` around each of the ranges, and without the cursor: the reverse of Fixture.
[[nodiscard]] std::string marked(std::string_view text, std::vector<TextRange> ranges);

/// The marked text without its cursor.
[[nodiscard]] std::string without_cursor(std::string_view text);

/// Texts that no parser likes, among them half-typed ones; each for every language.
[[nodiscard]] std::vector<std::string> hostile_texts();

}  // namespace quaymaster::tests
