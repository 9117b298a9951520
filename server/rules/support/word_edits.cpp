#include "rules/support/word_edits.h"

#include <string_view>

namespace quaymaster::rules {
namespace {

/// Whether nothing but blanks stands between the words `index` and `index + 1`.
bool adjacent(const shell::Text& text, const shell::Command& command, std::size_t index) {
  const TextRange gap{command.words[index].range.end, command.words[index + 1].range.begin};
  return gap.begin < gap.end && slice(text.source.text.bytes(), gap).find_first_not_of(" \t") == std::string_view::npos;
}

}  // namespace

std::optional<Edit> remove_words(const shell::Text& text, const shell::Command& command, std::size_t first,
                                 std::size_t last) {
  for (std::size_t i = first; i < last; ++i)
    if (!adjacent(text, command, i)) return std::nullopt;
  if (adjacent(text, command, first - 1))
    if (auto edit = text.edit({command.words[first - 1].range.end, command.words[last].range.end}, "")) return edit;
  if (last + 1 < command.words.size() && adjacent(text, command, last))
    return text.edit({command.words[first].range.begin, command.words[last + 1].range.begin}, "");
  return std::nullopt;
}

}  // namespace quaymaster::rules
