#pragma once
#include <string_view>
#include <vector>

#include "quaymaster/text.h"

namespace quaymaster::syntax {

/// Cuts a YAML text into its documents (YAML 1.2.2, chapter 9). The ranges are in order, adjacent, and cover the whole
/// text; there is at least one. `---` at the beginning of a line, followed by a blank or the end of the line, begins a
/// document, and takes along the directives and comments above it unless they stand in a document already; a line with
/// `...` ends one. No construct of YAML crosses such a line, so this holds for broken text too.
[[nodiscard]] std::vector<TextRange> yaml_documents(std::string_view text);

}  // namespace quaymaster::syntax
