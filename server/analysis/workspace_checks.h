#pragma once
#include "quaymaster/config.h"
#include "quaymaster/rule.h"

namespace quaymaster {

/// Whether some check of the rule runs only where the surroundings of a file are known.
[[nodiscard]] bool looks_around(const Rule& rule);

/// Whether such a rule is on: whether it is worth finding out about surroundings.
[[nodiscard]] bool looks_around(const RuleSet& rules, const Settings& settings);

}  // namespace quaymaster
