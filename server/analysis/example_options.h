#pragma once
#include <string_view>

#include "quaymaster/config.h"

namespace quaymaster {

/// What an example sets, the YAML text of a mapping: options of the rule, and what the project says about itself in the
/// words of a configuration file (`registries`, `labels`, `builder`). What is neither is left out.
[[nodiscard]] Layer options_from(const Rule& rule, std::string_view yaml);

}  // namespace quaymaster
