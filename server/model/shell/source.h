#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "quaymaster/text.h"
#include "text/mapped_text.h"

namespace quaymaster::shell {

/// One way in which text that a shell receives is written down in a file.
enum class Layer : std::uint8_t {
  DockerfileLine,     ///< as it is; a newline would end the instruction
  JsonString,         ///< between double quotes, JSON's escapes
  YamlPlain,          ///< a plain scalar on one line
  YamlSingleQuoted,   ///< '' stands for '
  YamlDoubleQuoted,   ///< YAML's backslash escapes
  YamlBlock,          ///< a literal or folded block scalar
  ComposeDollar,      ///< $$ stands for $
  ShellSingleQuoted,  ///< inside the '…' of an outer shell
  ShellDoubleQuoted,  ///< inside the "…" of an outer shell
  ShellHereDocument,  ///< in a here-document that an outer shell expands
};

/// The bytes that a shell receives, with the way back to the file through every layer of encoding.
struct Source {
  MappedText text;
  std::vector<Layer> layers;  ///< from the innermost (nearest to the shell) to the file

  /// The edit of the file that replaces the part `range` of the shell's bytes by `replacement`, encoded for all layers.
  /// Empty when `range` is not verbatim in the file, or when a layer cannot hold the replacement, or may not. An empty
  /// range inserts. In the text of a nested `sh -c '…'` use `Text::edit`, which knows its quotes.
  [[nodiscard]] std::optional<Edit> edit(TextRange range, std::string_view replacement) const;

  friend bool operator==(const Source&, const Source&) = default;
};

/// As `Source::edit`, of `text` in these layers.
[[nodiscard]] std::optional<Edit> edit_in_layers(const MappedText& text, std::span<const Layer> layers, TextRange range,
                                                 std::string_view replacement);

}  // namespace quaymaster::shell
