#pragma once
#include <string>

#include "quaymaster/rule.h"

namespace quaymaster::cli {

/// The JSON schema of `.quaymaster.yaml`, made from the rules: for editors that complete and check YAML with one.
[[nodiscard]] std::string configuration_schema(const RuleSet& rules);

}  // namespace quaymaster::cli
