#include "analysis/suppression/suppression.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "rules/item.h"

namespace quaymaster {
namespace {

bool found_by(std::string_view tool, const Diagnostic& diagnostic) {
  return std::ranges::any_of(diagnostic.aliases, [tool](std::string_view alias) {
    return alias.starts_with(tool) && alias.substr(tool.size()).starts_with(':');
  });
}

bool silences_everything(const Suppression& suppression, const Diagnostic& diagnostic) {
  // tally's "all" means its own findings, which are those of several tools.
  const bool any_tool = suppression.tool.empty() || suppression.tool == "tally";
  return suppression.items.empty() && (any_tool || found_by(suppression.tool, diagnostic));
}

}  // namespace

std::vector<Suppression> admitted(std::vector<Suppression> suppressions, const SuppressionPolicy& policy) {
  if (!policy.inline_comments.value_or(true)) return {};
  std::erase_if(suppressions, [&policy](const Suppression& suppression) {
    const bool pragma = suppression.tool == "hadolint";
    return (policy.require_reason.value_or(false) && !suppression.reasoned) ||
           (pragma && !policy.hadolint_pragmas.value_or(true));
  });
  return suppressions;
}

SuppressionSweep::SuppressionSweep(std::vector<Suppression> suppressions) {
  std::ranges::stable_sort(suppressions, {}, &Suppression::scope);
  for (Suppression& suppression : suppressions) {
    std::vector<bool> used(suppression.items.size());
    entries_.push_back({std::move(suppression), std::move(used)});
  }
}

bool SuppressionSweep::silences(const Diagnostic& diagnostic) {
  const std::uint32_t at = diagnostic.range.begin;
  for (; next_ < entries_.size() && entries_[next_].suppression.scope.begin <= at; ++next_)
    open_.push_back(&entries_[next_]);
  std::erase_if(open_, [at](const Entry* entry) { return entry->suppression.scope.end <= at; });

  bool silenced = false;
  for (Entry* entry : open_) {
    if (silences_everything(entry->suppression, diagnostic)) silenced = true;
    for (std::size_t index = 0; index < entry->used.size(); ++index)
      if (names_finding(entry->suppression.items[index].name, diagnostic)) silenced = entry->used[index] = true;
  }
  return silenced;
}

std::vector<SuppressionSweep::Unused> SuppressionSweep::unused() const {
  std::vector<Unused> result;
  for (const Entry& entry : entries_) {
    if (!entry.suppression.tool.empty()) continue;
    for (std::size_t index = 0; index < entry.used.size(); ++index)
      if (!entry.used[index]) result.push_back({&entry.suppression, &entry.suppression.items[index]});
  }
  return result;
}

}  // namespace quaymaster
