#pragma once
#include <string_view>
#include <vector>

#include "analysis/suppression/suppression.h"
#include "quaymaster/config.h"
#include "quaymaster/language.h"
#include "quaymaster/rule.h"
#include "rules/unused_suppression_item.h"

namespace quaymaster::suppression {

/// Of what a sweep left unused, the items that are surely of no use: all that they name is switched on, or they are a
/// near miss of something that can be named. In order of their place. `text` is the whole analysed text. Unless all of
/// its surroundings are known, what looks at those counts as switched off.
[[nodiscard]] std::vector<UnusedSuppressionItem> surely_unused(const std::vector<SuppressionSweep::Unused>& unused,
                                                               std::string_view text, const RuleSet& rules,
                                                               const Settings& settings, Language language,
                                                               bool surroundings_known);

}  // namespace quaymaster::suppression
