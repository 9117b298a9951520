#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "quaymaster/text.h"

namespace quaymaster {

/// How far a fix may be trusted, ordered: a caller asks for "at least this".
enum class Applicability : std::uint8_t {
  DisplayOnly,  ///< needs a value that only the user knows; shown, never applied
  Unsafe,       ///< may change what happens; offered singly
  Safe,         ///< means the same, or is surely what was meant; the only kind that fix-all applies
};

/// "safe", "unsafe" or "display-only".
[[nodiscard]] std::string_view to_string(Applicability applicability);

/// One way to resolve a diagnostic. The edits apply all or none; they are sorted by range and disjoint.
struct Fix {
  std::string title;  ///< a verb phrase: "Replace ADD with COPY"
  Applicability applicability = Applicability::Unsafe;
  std::vector<Edit> edits;
  std::string caveat = {};  ///< what the fix does not do, or may change; empty when there is nothing to say

  friend bool operator==(const Fix&, const Fix&) = default;
};

}  // namespace quaymaster
