#pragma once
#include <cstddef>
#include <functional>
#include <optional>

#include "features/code_actions/code_actions.h"
#include "lsp/diagnostics_scheduler.h"
#include "quaymaster/analyzer.h"
#include "quaymaster/config.h"

namespace quaymaster::lsp {

/// A longer text is kept, and not analysed.
inline constexpr std::size_t kMaxAnalysedBytes = std::size_t{16} << 20U;

/// What the server asks of the analysis. The functions may run on several workers at once.
struct Core {
  DiagnosticsScheduler::NewAnalyze new_analyze;
  std::function<std::optional<CodeAction>(const Analysis&)> fix_all;
};

[[nodiscard]] Core make_core(Analyzer analyzer, Settings settings);

}  // namespace quaymaster::lsp
