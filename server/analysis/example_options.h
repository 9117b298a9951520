#pragma once
#include <string_view>

#include "quaymaster/config.h"

namespace quaymaster {

/// The options of a rule as an example gives them: the YAML text of a mapping. What is no option is left out.
[[nodiscard]] RuleSetting options_from(const Rule& rule, std::string_view yaml);

}  // namespace quaymaster
