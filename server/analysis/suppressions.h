#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "quaymaster/diagnostic.h"
#include "quaymaster/text.h"

namespace quaymaster {

/// A comment in our own form: `# quaymaster: ignore ITEM[, ITEM] [-- reason]`, or `ignore-file`.
struct SuppressionComment {
  bool whole_file = false;
  std::vector<std::string> items;  ///< as written; empty means everything
  TextRange items_range;           ///< from the first item to the last; where another one can be added
  std::string reason;
};

/// Reads one comment, which begins with '#'. Empty when it is not a suppression.
[[nodiscard]] std::optional<SuppressionComment> parse_suppression(std::string_view comment);

/// A suppression at work: findings that begin inside of `scope` and are named by an item are silent.
struct Suppression {
  TextRange scope;
  std::vector<std::string> items;  ///< empty means everything
};

/// Asks suppressions about findings one after another, in the order in which these begin, without looking at each
/// suppression for each finding.
class SuppressionSweep {
 public:
  explicit SuppressionSweep(std::vector<Suppression> suppressions);

  /// Whether a suppression silences `diagnostic`, which must not begin before the one asked about last.
  [[nodiscard]] bool silences(const Diagnostic& diagnostic);

 private:
  std::vector<Suppression> suppressions_;  // by the beginning of their scope
  std::size_t next_ = 0;
  std::vector<const Suppression*> open_;  // begun, and not known to have ended
};

}  // namespace quaymaster
