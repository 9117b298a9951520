#include "features/code_actions/code_actions.h"

#include <algorithm>
#include <utility>

#include "features/code_actions/ignore_here.h"
#include "quaymaster/rule.h"
#include "text/minimal_diff.h"

namespace quaymaster {
namespace {

/// Shown to the user; the code at the end tells apart what several rules offer for one place.
std::string ignore_title(const Diagnostic& diagnostic) { return "Ignore " + code_of(diagnostic) + " here"; }

}  // namespace

std::vector<CodeAction> quick_fixes(const Analysis& analysis, TextRange range) {
  std::vector<CodeAction> fixes;
  std::vector<CodeAction> ignores;
  for (std::uint32_t i = 0; i < analysis.diagnostics.size(); ++i) {
    const Diagnostic& diagnostic = analysis.diagnostics[i];
    if (diagnostic.range.begin > range.end || diagnostic.range.end < range.begin) continue;
    const auto safe = std::ranges::count(diagnostic.fixes, Applicability::Safe, &Fix::applicability);
    for (const Fix& fix : diagnostic.fixes) {
      if (fix.applicability == Applicability::DisplayOnly) continue;
      fixes.push_back({.kind = CodeAction::Kind::QuickFix,
                       .title = fix.title,
                       .preferred = safe == 1 && fix.applicability == Applicability::Safe,
                       .diagnostics = {i},
                       .edits = fix.edits});
    }
    if (auto edit = ignore_here(analysis, diagnostic))
      ignores.push_back({.kind = CodeAction::Kind::QuickFix,
                         .title = ignore_title(diagnostic),
                         .preferred = false,
                         .diagnostics = {i},
                         .edits = {std::move(*edit)}});
  }
  std::ranges::move(ignores, std::back_inserter(fixes));
  return fixes;
}

bool has_safe_fix(const Analysis& analysis) {
  return std::ranges::any_of(analysis.diagnostics, [](const Diagnostic& diagnostic) {
    return std::ranges::count(diagnostic.fixes, Applicability::Safe, &Fix::applicability) > 0;
  });
}

std::optional<CodeAction> fix_all_action(const Analyzer& analyzer, const Analysis& analysis, const Settings& settings) {
  if (!has_safe_fix(analysis)) return std::nullopt;
  const FixedText fixed = fix_all(analyzer, analysis, settings);
  const std::optional<Edit> edit = minimal_edit(analysis.source.text, fixed.text);
  if (!edit) return std::nullopt;
  return CodeAction{.kind = CodeAction::Kind::FixAll,
                    .title = std::string(kFixAllTitle),
                    .preferred = false,
                    .diagnostics = {},
                    .edits = {*edit}};
}

}  // namespace quaymaster
