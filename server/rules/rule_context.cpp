#include "rules/rule_context.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace quaymaster {
namespace {

const Variant* find_variant(const Rule& rule, std::string_view name) {
  const auto* found = std::ranges::find(rule.variants, name, &Variant::name);
  return found == rule.variants.end() ? nullptr : found;
}

bool before(const Edit& a, const Edit& b) { return a.range < b.range; }

}  // namespace

bool RuleContext::enabled(std::string_view variant) const {
  const Variant* found = find_variant(rule_, variant);
  return found != nullptr && settings_.severity(rule_, *found, language_).has_value();
}

void RuleContext::report(Report report) {
  const Variant* variant = find_variant(rule_, report.variant);
  assert(variant != nullptr);
  if (variant == nullptr) return;
  const std::optional<Severity> severity = settings_.severity(rule_, *variant, language_);
  if (!severity) return;

  Diagnostic diagnostic{.rule = &rule_,
                        .variant = variant,
                        .severity = *severity,
                        .range = report.range,
                        .message = std::move(report.message),
                        .fixes = std::move(report.fixes),
                        .related = std::move(report.related),
                        .tag = report.tag};
  for (const Alias& alias : variant->aliases) {
    const bool wanted =
        !report.aliases || std::ranges::find(*report.aliases, alias.identifier) != report.aliases->end();
    if (alias.language == language_ && wanted) diagnostic.aliases.push_back(alias.identifier);
  }
  for (Fix& fix : diagnostic.fixes) std::ranges::stable_sort(fix.edits, before);
  std::erase_if(diagnostic.fixes,
                [](const Fix& fix) { return fix.edits.empty() && fix.applicability != Applicability::DisplayOnly; });
  findings_.push_back({std::move(diagnostic), subject_, subject_range_});
}

}  // namespace quaymaster
