#pragma once
#include <cstdint>
#include <vector>

#include "quaymaster/analyzer.h"
#include "quaymaster/text.h"

/// Where a name is declared and where it is said. All lists are sorted; empty where there is no name.
namespace quaymaster {

/// The declaration that counts at `offset`: of a stage its name behind AS (or its FROM, when only its number is said),
/// of a variable the ARG or ENV in effect there.
[[nodiscard]] std::vector<TextRange> definition(const Analysis& analysis, std::uint32_t offset);

/// Every place that says the name at `offset`.
[[nodiscard]] std::vector<TextRange> references(const Analysis& analysis, std::uint32_t offset,
                                                bool include_declarations);

struct Highlight {
  TextRange range;
  bool write = false;  ///< the name gets its meaning here

  friend bool operator==(const Highlight&, const Highlight&) = default;
};
[[nodiscard]] std::vector<Highlight> highlights(const Analysis& analysis, std::uint32_t offset);

}  // namespace quaymaster
