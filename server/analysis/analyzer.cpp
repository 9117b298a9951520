#include "quaymaster/analyzer.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "analysis/analysis_cache.h"
#include "analysis/analysis_run.h"
#include "analysis/suppression/unused.h"

namespace quaymaster {

AnalysisCache::AnalysisCache() : state_(std::make_unique<State>()) {}
AnalysisCache::~AnalysisCache() = default;
AnalysisCache::AnalysisCache(AnalysisCache&&) noexcept = default;
AnalysisCache& AnalysisCache::operator=(AnalysisCache&&) noexcept = default;

void add_findings(AnalysisParts& parts, const std::vector<Finding>& findings, std::uint32_t begin) {
  for (Finding finding : findings) {
    Diagnostic& diagnostic = finding.diagnostic;
    diagnostic.range = diagnostic.range.shifted(begin);
    for (RelatedPlace& place : diagnostic.related) place.range = place.range.shifted(begin);
    for (Fix& fix : diagnostic.fixes)
      for (Edit& edit : fix.edits) edit.range = edit.range.shifted(begin);
    finding.subject_range = finding.subject_range.shifted(begin);
    parts.findings.push_back(std::move(finding));
  }
}

namespace {

auto order(const Diagnostic& diagnostic) {
  return std::tuple(diagnostic.range, diagnostic.rule->name, diagnostic.variant->name,
                    std::string_view(diagnostic.message));
}
auto order_of_finding(const Finding& finding) { return std::pair(order(finding.diagnostic), finding.subject_range); }

bool same_place(const Diagnostic& a, const Diagnostic& b) {
  return a.range == b.range && a.rule == b.rule && a.variant == b.variant;
}

/// Text that several containers share through aliases is reported once; the others that use it are related places.
std::vector<Diagnostic> merged(std::vector<Finding> findings) {
  std::ranges::stable_sort(
      findings, [](const Finding& a, const Finding& b) { return order_of_finding(a) < order_of_finding(b); });
  std::vector<Diagnostic> result;
  const Finding* first = nullptr;
  for (Finding& finding : findings) {
    if (first != nullptr && same_place(result.back(), finding.diagnostic)) {
      if (finding.subject_range != first->subject_range)
        result.back().related.push_back({finding.subject_range, "also used by `" + finding.subject + "`"});
      continue;
    }
    first = &finding;
    result.push_back(std::move(finding.diagnostic));
  }
  return result;
}

std::vector<TextRange> disjoint(std::vector<TextRange> ranges) {
  std::ranges::sort(ranges);
  std::vector<TextRange> result;
  for (const TextRange range : ranges) {
    if (range.empty()) continue;
    if (!result.empty() && range.begin < result.back().end)
      result.back() = cover(result.back(), range);
    else
      result.push_back(range);
  }
  return result;
}

/// Adds what is not silenced to `analysis`, which stays sorted.
void add_diagnostics(Analysis& analysis, std::vector<Finding> findings, SuppressionSweep& suppressions) {
  const auto before = static_cast<std::ptrdiff_t>(analysis.diagnostics.size());
  for (Diagnostic& diagnostic : merged(std::move(findings))) {
    if (suppressions.silences(diagnostic))
      ++analysis.suppressed;
    else
      analysis.diagnostics.push_back(std::move(diagnostic));
  }
  std::ranges::inplace_merge(analysis.diagnostics, analysis.diagnostics.begin() + before,
                             [](const Diagnostic& a, const Diagnostic& b) { return order(a) < order(b); });
}

/// What the comments themselves are found guilty of, now that it is known what they silence.
std::vector<Finding> check_suppressions(const SuppressionSweep& suppressions, const RuleSet& rules,
                                        const AnalysisRun& run) {
  if (run.checks.checks_of<UnusedSuppressionItem>().empty()) return {};
  const Language language = run.source.language;
  CheckRun checks(run.checks, run.settings, language, run.source.path);
  const Surroundings* around = run.source.surroundings.get();
  const bool known = around && around->complete && !std::holds_alternative<std::monostate>(around->of);
  for (const UnusedSuppressionItem& item :
       suppression::surely_unused(suppressions.unused(), run.source.text, rules, run.settings, language, known))
    checks.offer(item);
  return checks.take();
}

AnalysisParts analyze_language(const AnalysisRun& run) {
  switch (run.source.language) {
    case Language::Dockerfile: return analyze_dockerfile(run);
    case Language::Compose: return analyze_compose(run);
    case Language::Kubernetes: return analyze_kubernetes(run);
  }
  return {};
}

const CheckTable& table_for(AnalysisCache::State& state, const RuleSet& rules, const Settings& settings,
                            Language language) {
  const Rule* const* identity = rules.size() == 0 ? nullptr : &*rules.begin();
  const bool current = state.table && state.table->settings == settings.fingerprint() &&
                       state.table->language == language && state.table->rules == identity;
  if (!current)
    state.table.emplace(
        AnalysisCache::State::Table{settings.fingerprint(), language, identity, CheckTable(rules, settings, language)});
  return state.table->checks;
}

}  // namespace

Analysis Analyzer::analyze(SourceText source, const Settings& settings, AnalysisCache* cache, StopFlag stop) const {
  AnalysisCache temporary;
  AnalysisCache::State& state = (cache == nullptr ? temporary : *cache).state();

  Analysis analysis;
  analysis.source = std::move(source);
  const CheckTable& checks = table_for(state, rules_, settings, analysis.source.language);
  const AnalysisRun run{analysis.source, settings, checks, state, stop};
  AnalysisParts parts = analyze_language(run);
  analysis.stopped = parts.stopped;
  analysis.syntax_errors = parts.syntax_errors;
  analysis.secrets = disjoint(std::move(parts.secrets));
  analysis.model = std::move(parts.model);
  parts.suppressions = admitted(std::move(parts.suppressions), settings.suppressions());
  SuppressionSweep suppressions(parts.suppressions);
  add_diagnostics(analysis, std::move(parts.findings), suppressions);
  if (!analysis.stopped) {
    SuppressionSweep once_more(std::move(parts.suppressions));
    add_diagnostics(analysis, check_suppressions(suppressions, rules_, run), once_more);
  }
  // What a stopped run did not come to must not be forgotten.
  if (!analysis.stopped) state.next_generation();
  return analysis;
}

}  // namespace quaymaster
