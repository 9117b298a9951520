#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "model/shell/script.h"
#include "model/shell/syntax_words.h"
#include "text/mapped_text.h"

namespace quaymaster::shell {

/// The text that a word hands to a nested shell; its "file" is the text around it.
struct Nested {
  MappedText text;
  std::optional<NestedText> quoted;  ///< empty when it stands there as it is
};

/// `word` stands in `text`.
[[nodiscard]] Nested nested_text(std::string_view text, const SyntaxWord& word);

/// The body of a here-document, which stands at `range` of `text`. The outer shell expands it when `expanded`: then a
/// backslash before '$', '`' or another one is none of the script's.
[[nodiscard]] Nested heredoc_text(std::string_view text, TextRange range, bool expanded);

/// Turns places in the nested text into places in the text around it.
void move_outward(Command& command, const MappedText& nested);
void move_outward(std::vector<Assignment>& assignments, const MappedText& nested);

}  // namespace quaymaster::shell
