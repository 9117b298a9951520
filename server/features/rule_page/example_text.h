#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "model/surroundings.h"
#include "quaymaster/rule.h"

namespace quaymaster {

/// A fix that a rule offers in one of its examples.
struct OfferedFix {
  std::string title;
  std::string applicability;
  std::string caveat;

  friend bool operator==(const OfferedFix&, const OfferedFix&) = default;
};

/// An example with its marks taken out, and what the rule says about it.
struct AnalysedExample {
  std::string text;
  std::string language;               ///< for code blocks: "dockerfile" or "yaml"
  std::vector<std::string> findings;  ///< "line 3, `node`: message", as Markdown
  std::vector<OfferedFix> fixes;      ///< the first fix of each finding
};

/// Finds out what is known of an example from the files beside it; null when there are none.
using SurroundingsOfExample = std::function<std::shared_ptr<const Surroundings>(const Example&)>;

/// Without `surroundings_of`, checks that look at other files do not run.
[[nodiscard]] AnalysedExample analyse_example(const Rule& rule, const Example& example,
                                              const SurroundingsOfExample& surroundings_of = {});

}  // namespace quaymaster
