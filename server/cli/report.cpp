#include "cli/report.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace quaymaster::cli {

const Fix* best_fix(const Diagnostic& diagnostic) {
  const Fix* best = nullptr;
  for (const Fix& fix : diagnostic.fixes)
    if (fix.applicability != Applicability::DisplayOnly && (!best || best->applicability < fix.applicability))
      best = &fix;
  return best;
}

Counts count(const Report& report) {
  Counts counts;
  for (const CheckedFile& file : report.files) {
    counts.findings += static_cast<std::uint32_t>(file.analysis.diagnostics.size());
    counts.files += file.analysis.diagnostics.empty() ? 0 : 1;
    counts.suppressed += file.analysis.suppressed;
    counts.fixed += file.fixed;
    for (const Diagnostic& diagnostic : file.analysis.diagnostics) {
      ++counts.by_severity[static_cast<std::size_t>(diagnostic.severity)];
      ++counts.by_family[static_cast<std::size_t>(diagnostic.rule->family)];
      if (const Fix* fix = best_fix(diagnostic))
        ++(fix->applicability == Applicability::Safe ? counts.safe : counts.unsafe);
    }
  }
  return counts;
}

std::vector<RuleCount> count_by_rule(const Report& report) {
  std::map<std::string, RuleCount> by_code;
  for (const CheckedFile& file : report.files)
    for (const Diagnostic& diagnostic : file.analysis.diagnostics) {
      RuleCount& row = by_code[code_of(diagnostic)];
      if (!row.example) row.example = &diagnostic;
      ++row.findings;
      if (best_fix(diagnostic)) ++row.fixable;
    }
  std::vector<RuleCount> rows;
  for (auto& [code, row] : by_code) {
    row.code = code;
    rows.push_back(std::move(row));
  }
  std::ranges::stable_sort(rows, std::greater<>(), &RuleCount::findings);
  return rows;
}

}  // namespace quaymaster::cli
