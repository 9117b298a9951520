#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "quaymaster/text.h"
#include "text/mapped_text.h"

/// Lines of a Dockerfile as BuildKit's parser reads them (Dockerfile reference, "Format", "Escape" and "Comments").
namespace quaymaster::syntax {

/// Blanks that may stand between the words of an instruction.
[[nodiscard]] constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\v' || c == '\f' || c == '\r'; }

/// The length in bytes of the white space, Unicode's included, that `text` begins with; 0 when it begins with none. A
/// newline is white space here.
[[nodiscard]] std::uint32_t white_space_length(std::string_view text);

/// `text` without white space at its beginning and end.
[[nodiscard]] TextRange trimmed(std::string_view text, TextRange range);

/// The end of the physical line that holds `at`, behind its '\n' (or the end of the text).
[[nodiscard]] std::uint32_t line_end(std::string_view text, std::uint32_t at);

/// Whether the line `line` is a comment line: its first character that is no white space is '#'.
[[nodiscard]] bool is_comment_line(std::string_view line);
/// Whether the line holds nothing but white space.
[[nodiscard]] bool is_empty_line(std::string_view line);

/// The offset in `line` of the escape character that continues the line, or npos: it is the last character before
/// blanks and the line's end, and not preceded by another one.
[[nodiscard]] std::size_t continuation_at(std::string_view line, char escape);

/// The end of the logical line (its last physical line, behind the '\n') that begins at `begin`: continuations are
/// followed, comment and empty lines inside them included. Heredoc bodies do not belong to it.
[[nodiscard]] std::uint32_t logical_line_end(std::string_view text, std::uint32_t begin, char escape);

/// The bytes of `range`, a part of one logical line, as the builder sees them: escape characters at line ends, line
/// ends, and the comment and empty lines inside a continuation are left out. What remains is mapped to its place.
[[nodiscard]] MappedText joined(std::string_view text, TextRange range, char escape);

}  // namespace quaymaster::syntax
