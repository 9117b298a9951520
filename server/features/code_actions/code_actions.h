#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "quaymaster/analyzer.h"
#include "quaymaster/text.h"

namespace quaymaster {

/// Something the user can have done to the text.
struct CodeAction {
  enum class Kind : std::uint8_t {
    QuickFix,  ///< LSP "quickfix"
    FixAll,    ///< LSP "source.fixAll.quaymaster"
  };
  Kind kind = Kind::QuickFix;
  std::string title;
  bool preferred = false;                  ///< the one that a "fix this" key should take; at most one a diagnostic
  std::vector<std::uint32_t> diagnostics;  ///< indices into `Analysis::diagnostics`
  std::vector<Edit> edits;                 ///< sorted, disjoint, absolute
};

/// What fix-all is called in menus.
inline constexpr std::string_view kFixAllTitle = "Fix all that Quaymaster can fix safely";

/// The quick fixes for every finding that touches `range`: its fixes best first (not the display-only ones), then
/// "Ignore … here". `preferred` is set on the single safe fix of a finding.
[[nodiscard]] std::vector<CodeAction> quick_fixes(const Analysis& analysis, TextRange range);

/// "Fix all" for the whole text: the safe fixes, to a fixpoint, as one minimal edit. Empty when there is nothing to do.
/// Dear: analyses the text again after each pass.
[[nodiscard]] std::optional<CodeAction> fix_all_action(const Analyzer& analyzer, const Analysis& analysis,
                                                       const Settings& settings);

/// Whether fix_all_action would do anything; cheap.
[[nodiscard]] bool has_safe_fix(const Analysis& analysis);

}  // namespace quaymaster
