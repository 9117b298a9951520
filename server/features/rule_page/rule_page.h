#pragma once
#include <string>
#include <vector>

#include "quaymaster/rule.h"

namespace quaymaster {

/// Everything there is to say about a rule, as Markdown: what is wrong and what happens, its variants, its examples
/// with what is reported in them and the text after the fix, when it is fine, how to ignore it, the checks of other
/// tools that it stands for. Runs the rule over its examples, so that the page says what the program says. Links are
/// relative to docs/rules/.
[[nodiscard]] std::string rule_page(const Rule& rule);

/// A file of docs/rules/.
struct RulePage {
  std::string file_name;
  std::string markdown;
};

/// The pages of all rules, with README.md, their index by family, first.
[[nodiscard]] std::vector<RulePage> rule_pages(const RuleSet& rules);

}  // namespace quaymaster
