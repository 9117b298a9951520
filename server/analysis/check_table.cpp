#include "analysis/check_table.h"

namespace quaymaster {

CheckTable::CheckTable(const RuleSet& rules, const Settings& settings, Language language) {
  for (const Rule* rule : rules) {
    if (!settings.any(*rule, language)) continue;
    for (const Check& check : rule->checks)
      std::visit(
          [&]<class Node>(CheckFunction<Node> function) {
            std::get<std::vector<Entry<Node>>>(by_kind_).push_back({rule, function});
          },
          check);
  }
}

}  // namespace quaymaster
