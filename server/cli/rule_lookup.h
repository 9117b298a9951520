#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "quaymaster/rule.h"

namespace quaymaster::cli {

/// The rules that `item` names: a rule, a variant, or a check of another tool with or without the tool's name. In the
/// order of the set; empty when there are none.
[[nodiscard]] std::vector<const Rule*> rules_named(const RuleSet& rules, std::string_view item);

/// The name of a rule, variant, family or check that `item` was probably meant to be; empty when none is near.
[[nodiscard]] std::string nearest_name(const RuleSet& rules, std::string_view item);

/// "floating-image-tag" or "unpinned-package/pip".
[[nodiscard]] std::string code_of(const Rule& rule, const Variant& variant);

/// The checks of other tools that any variant of the rule stands for, each once, sorted.
[[nodiscard]] std::vector<std::string> aliases_of(const Rule& rule);

}  // namespace quaymaster::cli
