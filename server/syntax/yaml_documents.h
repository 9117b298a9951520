#pragma once
#include <string_view>
#include <vector>

#include "quaymaster/text.h"

namespace quaymaster::syntax {

/// Cuts a YAML text into its documents (YAML 1.2.2, chapter 9). The ranges are in order, adjacent, and cover the whole
/// text; there is at least one. `---` at the beginning of a line, followed by a blank or the end of the line, begins a
/// document, and takes along the directives and comments above it unless they stand in a document already; a line with
/// `...` ends one. No construct of YAML crosses such a line, so this holds for broken text too.
///
/// But for one: a bare `---` or `...` between the lines of a block, in a document that begins at the margin, where the
/// text goes on as deep as the block is. What is typed there for a moment must not tear the document apart.
[[nodiscard]] std::vector<TextRange> yaml_documents(std::string_view text);

struct YamlDocuments {
  std::vector<TextRange> documents;          ///< as `yaml_documents` has them
  std::vector<TextRange> misplaced_markers;  ///< lines, without their ends, that stand in the middle of a block
};
[[nodiscard]] YamlDocuments yaml_documents_and_markers(std::string_view text);

}  // namespace quaymaster::syntax
