#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "syntax/tree.h"

namespace quaymaster::shell {

struct BashTree {
  syntax::Tree tree;
  /// The text that the tree is of, where it differs from the given one: it is as long, with blanks for what the grammar
  /// does not know.
  std::optional<std::string> repaired;
};

/// Empty for a text that is not worth the time that its parse would take.
[[nodiscard]] std::optional<BashTree> parse_bash(std::string_view text, syntax::Parser& bash);

}  // namespace quaymaster::shell
