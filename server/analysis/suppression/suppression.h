#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include "analysis/suppression/comment.h"
#include "quaymaster/config.h"
#include "quaymaster/diagnostic.h"
#include "quaymaster/text.h"

namespace quaymaster {

/// A suppression at work: findings that begin inside of `scope` and that an item names are silent. All ranges are
/// absolute.
struct Suppression {
  TextRange scope;
  std::string_view tool;                 ///< whose form it has; empty: ours
  std::vector<suppression::Item> items;  ///< empty: everything that `tool` finds; ours: everything
  TextRange comment;                     ///< where it is written; empty for an annotation
  bool reasoned = false;                 ///< it says why
};

/// Those of `suppressions` that count where `policy` holds.
[[nodiscard]] std::vector<Suppression> admitted(std::vector<Suppression> suppressions, const SuppressionPolicy& policy);

/// Asks suppressions about findings one after another, in the order in which these begin, without looking at each
/// suppression for each finding.
class SuppressionSweep {
 public:
  explicit SuppressionSweep(std::vector<Suppression> suppressions);

  /// Whether a suppression silences `diagnostic`, which must not begin before the one asked about last.
  [[nodiscard]] bool silences(const Diagnostic& diagnostic);

  /// The items of comments in our own form that have silenced nothing so far, in the order of the comments' scopes.
  struct Unused {
    const Suppression* suppression;
    const suppression::Item* item;
  };
  [[nodiscard]] std::vector<Unused> unused() const;

 private:
  struct Entry {
    Suppression suppression;
    std::vector<bool> used;  ///< one for each item
  };
  std::vector<Entry> entries_;  // by the beginning of their scope
  std::size_t next_ = 0;
  std::vector<Entry*> open_;  // begun, and not known to have ended
};

}  // namespace quaymaster
