#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "quaymaster/analyzer.h"
#include "quaymaster/text.h"

namespace quaymaster {

/// One entry of a document's outline. `range` is all that belongs to it, `selection` what stands for it; the first
/// holds the second, and the ranges of all children. Names are never empty. Secrets are masked.
struct DocumentSymbol {
  /// What editors choose an icon by.
  enum class Kind : std::uint8_t {
    Section,    ///< a list of named things: `services`
    Stage,      ///< of a Dockerfile
    Service,    ///< of a Compose file
    Object,     ///< of Kubernetes
    Container,  ///< of a pod
    Named,      ///< another thing with a name: a volume, a network
    Variable,
    Command,    ///< what is run
    Transfer,   ///< COPY and ADD
    Setting,    ///< everything else
    Directive,  ///< `# syntax=…`
  };
  std::string name;
  std::string detail;  ///< in one line, cut after 80 bytes or so
  Kind kind = Kind::Setting;
  TextRange range;
  TextRange selection;
  std::vector<DocumentSymbol> children;
};

/// The outline, in the order of the text. A Dockerfile: directives and what stands before the first FROM, then the
/// stages with their instructions. Compose: the keys at the top with the names below them. Kubernetes: objects as
/// `Kind/name` with their containers. Three levels at most.
[[nodiscard]] std::vector<DocumentSymbol> document_symbols(const Analysis& analysis);

}  // namespace quaymaster
