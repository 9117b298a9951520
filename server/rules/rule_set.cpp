#include <algorithm>
#include <utility>

#include "quaymaster/rule.h"

namespace quaymaster {

RuleSet::RuleSet(std::vector<const Rule*> rules) : rules_(std::move(rules)) {
  std::ranges::sort(rules_, {}, &Rule::name);
}

const Rule* RuleSet::find(std::string_view name) const {
  const auto found = std::ranges::lower_bound(rules_, name, {}, &Rule::name);
  return found == rules_.end() || (*found)->name != name ? nullptr : *found;
}

}  // namespace quaymaster
