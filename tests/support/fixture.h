#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "quaymaster/text.h"

namespace quaymaster::tests {

/// A text with its marks taken out: `<|range|>`, which may nest, and `<|>` for the cursor. Neither means anything in a
/// Dockerfile, in shell or in YAML, where `[[`, `$0`, `{{` and `^` all do.
struct Fixture {
  std::string text;
  std::vector<TextRange> ranges;  // in the order of their opening marks
  std::optional<std::uint32_t> cursor;

  /// Throws std::invalid_argument when the marks do not pair.
  explicit Fixture(std::string_view marked);
};

/// The text line by line, with a line of `^^^ label` under each range: what a failed check prints.
std::string render(std::string_view text, const std::vector<std::pair<TextRange, std::string>>& labelled);

}  // namespace quaymaster::tests
