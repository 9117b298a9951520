#pragma once
#include <string>
#include <string_view>

#include "model/shell/script_parser.h"

namespace quaymaster::tests {

/// The text as a Dockerfile's line has it, at the beginning of a file.
[[nodiscard]] shell::Text shell_text(std::string_view text, shell::Dialect dialect = shell::Dialect::Posix);

/// One line a command: the connector (`&&`, `||`, `;`, `|`, nothing for the first), its wrappers in braces, its
/// assignments, its words with `~` before those that are not literal, its redirections, and `&` when it runs in the
/// background, `?` when it is conditional. A last line `(incomplete)` when something did not parse.
[[nodiscard]] std::string to_string(const shell::Script& script);

/// `to_string` of the script of a text.
[[nodiscard]] std::string commands_of(std::string_view text);

}  // namespace quaymaster::tests
