#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "quaymaster/analyzer.h"
#include "quaymaster/text.h"

namespace quaymaster {

/// Something that may be typed.
struct CompletionItem {
  /// What editors choose an icon by.
  enum class Kind : std::uint8_t {
    Keyword,    ///< an instruction, AS, CMD
    Flag,       ///< of an instruction; a field of `--mount`
    Key,        ///< of a mapping
    Value,      ///< one of those that there are
    Name,       ///< declared in the file
    Variable,   ///< ARG, ENV, `${…}`
    Directive,  ///< `# syntax=`
  };
  std::string label;
  Kind kind = Kind::Value;
  std::string detail = {};   ///< in one line, beside the label
  std::string text = {};     ///< what is inserted
  std::string snippet = {};  ///< the same with places to fill in, as LSP 3.17 writes snippets; empty: there are none
  std::string about = {};    ///< for `completion_documentation`; empty: there is none
};

struct Completions {
  TextRange range;  ///< what every item replaces: in one line, with the cursor in it or at its end
  std::vector<CompletionItem> items;
  bool complete = true;  ///< false: there are more, so that another character needs another list
};

/// What may stand at `offset`, the likeliest first; the client picks those that begin as what is typed. Half-typed text
/// is the usual case: where the cursor stands in YAML is told by indentation, and does not depend on the rest of the
/// row, nor on whether the document parses.
[[nodiscard]] Completions completions(const Analysis& analysis, std::uint32_t offset);

/// What there is to say about an item, as Markdown. Empty when there is nothing; takes any text.
[[nodiscard]] std::string completion_documentation(std::string_view about);

/// `text` for a place in a snippet where it stands for itself.
[[nodiscard]] std::string escaped_for_snippet(std::string_view text);

/// The most items of a list.
inline constexpr std::size_t kMaxCompletions = 500;

}  // namespace quaymaster
