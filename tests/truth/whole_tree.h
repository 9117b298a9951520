#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace quaymaster::tests {

/// What the grammar makes of a whole Dockerfile, compared with what it makes of our segments.
struct WholeTree {
  std::size_t errors = 0;  ///< ERROR and MISSING nodes
  std::string
      differences;  ///< where a segment's tree is not the instruction in the whole one; empty when all are equal
};
[[nodiscard]] WholeTree whole_tree(std::string_view text);

}  // namespace quaymaster::tests
