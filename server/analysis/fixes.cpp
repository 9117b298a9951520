#include <algorithm>
#include <iterator>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "quaymaster/analyzer.h"
#include "quaymaster/rule.h"

namespace quaymaster {
namespace {

constexpr std::uint32_t kMaxPasses = 10;

/// The fix of a diagnostic that a pass at `floor` takes; null when there is none.
const Fix* fix_of(const Diagnostic& diagnostic, Applicability floor) {
  const auto found = std::ranges::find_if(diagnostic.fixes, [floor](const Fix& fix) {
    return fix.applicability != Applicability::DisplayOnly && fix.applicability >= floor && !fix.edits.empty();
  });
  return found == diagnostic.fixes.end() ? nullptr : &*found;
}

/// The edits that a pass has taken: sorted, disjoint but for insertions at one offset, which stay in the order in which
/// they came.
class TakenEdits {
 public:
  /// Takes all edits of a fix, or none of them when one gets in the way of an edit that is there.
  bool take(const Fix& fix) {
    std::vector<const Edit*> fresh;
    for (const Edit& edit : fix.edits) {
      if (contains(edit)) continue;
      if (in_the_way(edit)) return false;
      fresh.push_back(&edit);
    }
    for (const Edit* edit : fresh)
      edits_.insert(std::ranges::upper_bound(edits_, edit->range, {}, &Edit::range), *edit);
    return true;
  }

  [[nodiscard]] const std::vector<Edit>& edits() const { return edits_; }

 private:
  /// The taken edits that overlap or touch `range`. Edits are few in a place, so neighbours are looked at one by one.
  [[nodiscard]] std::span<const Edit> touching(TextRange range) const {
    auto begin = std::ranges::lower_bound(edits_, TextRange{range.begin, 0}, {}, &Edit::range);
    while (begin != edits_.begin() && std::prev(begin)->range.end >= range.begin) --begin;
    auto end = begin;
    while (end != edits_.end() && end->range.begin <= range.end) ++end;
    return {begin, end};
  }

  [[nodiscard]] bool contains(const Edit& edit) const { return std::ranges::count(touching(edit.range), edit) > 0; }

  [[nodiscard]] bool in_the_way(const Edit& edit) const {
    return std::ranges::any_of(touching(edit.range), [&](const Edit& taken) {
      const bool insertions = edit.range.empty() && taken.range == edit.range;
      return !insertions || (!edit.claim.empty() && edit.claim == taken.claim);
    });
  }

  std::vector<Edit> edits_;
};

}  // namespace

AppliedFixes apply_fixes(std::string_view text, const std::vector<Diagnostic>& diagnostics, Applicability floor) {
  struct Wanted {
    const Fix* fix;
    std::string_view rule;
  };
  std::vector<Wanted> wanted;
  for (const Diagnostic& diagnostic : diagnostics)
    if (const Fix* fix = fix_of(diagnostic, floor)) wanted.push_back({fix, diagnostic.rule->name});
  std::ranges::stable_sort(wanted, [](const Wanted& a, const Wanted& b) {
    const auto key = [](const Wanted& w) { return std::tuple(w.fix->edits.front().range.begin, w.rule); };
    if (a.fix->applicability != b.fix->applicability) return a.fix->applicability > b.fix->applicability;
    return key(a) < key(b);
  });

  AppliedFixes result;
  TakenEdits taken;
  for (const Wanted& each : wanted) ++(taken.take(*each.fix) ? result.applied : result.skipped);
  result.text = apply_edits(text, taken.edits());
  return result;
}

FixedText fix_all(const Analyzer& analyzer, const Analysis& analysis, const Settings& settings, Applicability floor) {
  FixedText result{.text = analysis.source.text};
  AnalysisCache cache;
  std::vector<Diagnostic> diagnostics = analysis.diagnostics;
  std::uint32_t syntax_errors = analysis.syntax_errors;
  const std::size_t size_limit = result.text.size() * 2 + 65'536;
  while (true) {
    AppliedFixes pass = apply_fixes(result.text, diagnostics, floor);
    if (pass.applied == 0 || pass.text == result.text) return result;
    if (result.passes == kMaxPasses || pass.text.size() > size_limit) {
      result.converged = false;
      return result;
    }
    const SourceText& before = analysis.source;
    Analysis next = analyzer.analyze({before.path, before.language, pass.text, before.surroundings}, settings, &cache);
    if (next.syntax_errors > syntax_errors) {
      result.converged = false;
      return result;
    }
    result.text = std::move(pass.text);
    result.applied += pass.applied;
    ++result.passes;
    diagnostics = std::move(next.diagnostics);
    syntax_errors = next.syntax_errors;
  }
}

}  // namespace quaymaster
