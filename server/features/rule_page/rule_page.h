#pragma once
#include <string>
#include <vector>

#include "features/rule_page/example_text.h"
#include "quaymaster/rule.h"

namespace quaymaster {

/// Everything there is to say about a rule, as Markdown: what is wrong and what happens, its variants, its examples
/// with what is reported in them and the text after the fix, when it is fine, how to ignore it, the checks of other
/// tools that it stands for. Runs the rule over its examples, so that the page says what the program says. Links are
/// relative to docs/rules/. `surroundings_of` is asked for the examples that have files beside them.
[[nodiscard]] std::string rule_page(const Rule& rule, const SurroundingsOfExample& surroundings_of = {});

/// A file of docs/rules/.
struct RulePage {
  std::string file_name;
  std::string markdown;
};

/// The pages of all rules, with README.md, their index by family, first.
[[nodiscard]] std::vector<RulePage> rule_pages(const RuleSet& rules, const SurroundingsOfExample& surroundings_of = {});

}  // namespace quaymaster
