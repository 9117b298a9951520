#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/yaml/document.h"
#include "quaymaster/text.h"
#include "syntax/tree.h"

namespace quaymaster::yaml {

/// The syntax tree of a text, or of a copy of the same length in which rows are blanked so that the rest parses.
struct RepairedTree {
  std::optional<syntax::Tree> tree;  ///< none when the parser gave up
  std::vector<Problem> problems;     ///< the rows that are blanked, and errors that remain; a handful at most
};

/// A text that parsed without an error, with its tree.
struct ParsedText {
  std::string text;
  syntax::Tree tree;
};

/// Parses `text`. A half-typed row makes a YAML parser lose all that follows: if there is an error, the row in which it
/// begins or ends, or one next to it, is blanked, whichever leaves the least; up to three times. `base` is a text that
/// is much like this one, or null: it saves time, and changes nothing in the result.
[[nodiscard]] RepairedTree parse_repaired(std::string_view text, syntax::Parser& parser,
                                          const ParsedText* base = nullptr);

}  // namespace quaymaster::yaml
