#pragma once
#include <cstdint>
#include <vector>

#include "quaymaster/analyzer.h"
#include "quaymaster/text.h"

namespace quaymaster {

/// What can be folded: from the line that `range` begins in to the one that it ends in. It has a line break in it.
struct FoldingRange {
  enum class Kind : std::uint8_t { Code, Comment, Region };
  TextRange range;
  Kind kind = Kind::Code;

  friend bool operator==(const FoldingRange&, const FoldingRange&) = default;
};

/// Sorted by begin, the longer first; at most one begins in a line. Dockerfile: stages, instructions and heredocs of
/// several lines. YAML: documents, mappings, sequences and scalars of several lines. Everywhere: comments on
/// neighbouring lines, and what stands from a comment `#region` to its `#endregion`.
[[nodiscard]] std::vector<FoldingRange> folding_ranges(const Analysis& analysis);

}  // namespace quaymaster
