#pragma once
#include <memory>
#include <vector>

#include "analysis/analysis_cache.h"
#include "analysis/check_table.h"
#include "analysis/document_model.h"
#include "analysis/suppression/suppression.h"
#include "model/surroundings.h"
#include "quaymaster/analyzer.h"

namespace quaymaster {

/// What the analysis of one text works with.
struct AnalysisRun {
  const SourceText& source;
  const Settings& settings;
  const CheckTable& checks;
  AnalysisCache::State& cache;
  StopFlag stop = nullptr;

  /// What the files around the text say of it; null when that is not known.
  template <class Kind>
  [[nodiscard]] const Kind* surroundings() const {
    return source.surroundings ? source.surroundings->as<Kind>() : nullptr;
  }
  [[nodiscard]] bool stop_requested() const { return stop != nullptr && stop->load(std::memory_order_relaxed); }
};

/// What it brings to light. Everything is absolute.
struct AnalysisParts {
  std::vector<Finding> findings;
  std::vector<Suppression> suppressions;
  std::vector<TextRange> secrets;
  std::shared_ptr<const DocumentModel> model;
  std::uint32_t syntax_errors = 0;
  bool stopped = false;
};

[[nodiscard]] AnalysisParts analyze_dockerfile(const AnalysisRun& run);
[[nodiscard]] AnalysisParts analyze_compose(const AnalysisRun& run);
[[nodiscard]] AnalysisParts analyze_kubernetes(const AnalysisRun& run);

/// Adds `findings`, which are relative to `begin`, to `parts`.
void add_findings(AnalysisParts& parts, const std::vector<Finding>& findings, std::uint32_t begin);

}  // namespace quaymaster
