#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

#include "features/code_actions/code_actions.h"
#include "lsp/configuration_view.h"
#include "lsp/diagnostics_scheduler.h"
#include "quaymaster/analyzer.h"
#include "quaymaster/rule.h"

namespace quaymaster::lsp {

/// A longer text is kept, and not analysed.
inline constexpr std::size_t kMaxAnalysedBytes = std::size_t{16} << 20U;

/// What the server asks of the analysis. The functions may run on several workers at once.
struct Core {
  /// Told of the files that a document was configured with, on the worker that analyses it: once for every view.
  using Configured = std::function<void(const Document&, const ConfigurationReads&)>;

  RuleSet rules;
  std::function<DiagnosticsScheduler::Analyze(Configured)> new_analyze;
  std::function<std::optional<CodeAction>(const Document&, const Analysis&)> fix_all;
};

/// A document in which the configuration leaves nothing to report is analysed all the same, for the sake of outlines
/// and names, and without a rule. One that is a configuration file has the findings in it, and no model.
[[nodiscard]] Core make_core(RuleSet rules);

}  // namespace quaymaster::lsp
