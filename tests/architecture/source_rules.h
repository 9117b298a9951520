#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace quaymaster::tests {

/// A line of the project's own code that breaks an invariant of docs/architecture.md.
struct Violation {
  std::string path;      // relative to the project's root
  std::size_t line = 0;  // from 1; 0 for the file as a whole
  std::string message;
};

/// "server/text/utf8.h:12: text may not include \"model/yaml/value.h\" (model)", one a line; empty when there are none.
std::string to_string(const std::vector<Violation>& violations);

/// Checks one file, by its path relative to the project's root ('/' separates) and its text. Files outside of
/// `include/` and `server/` have no layer: for them only the rules of style hold.
///  - A layer includes only itself and what is left of it.
///  - Left of `lsp` and `cli` only the standard headers that compute, and <tree_sitter/api.h> in `syntax`.
///  - The rules include neither `syntax` nor each other.
///  - A header says `#pragma once`; nothing says `using namespace`; a rule's folder is a family.
std::vector<Violation> check_source(std::string_view path, std::string_view text);

}  // namespace quaymaster::tests
