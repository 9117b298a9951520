#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "model/yaml/document.h"
#include "model/yaml/repair.h"
#include "syntax/tree.h"

namespace quaymaster::yaml {

/// Reads documents as `parse_document` does, and keeps the syntax trees of the last few long ones, so that the next
/// state of one of them costs what has changed. What it gives does not depend on what it read before.
/// Thread-compatible.
class DocumentReader {
 public:
  [[nodiscard]] std::shared_ptr<const Document> read(std::string_view text);

 private:
  /// The kept text that `text` is most likely an edit of; the end when there is none.
  [[nodiscard]] std::vector<ParsedText>::iterator base_of(std::string_view text);

  syntax::Parser parser_{syntax::Grammar::Yaml};
  std::vector<ParsedText> kept_;  ///< the latest first
};

}  // namespace quaymaster::yaml
