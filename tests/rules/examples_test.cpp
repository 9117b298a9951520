// The examples of the rules, which are also their documentation, run here: each reports exactly the marked ranges, and
// its fixes give exactly the stated text. Those with files beside them run in tests/workspace/examples_test.cpp.
#include "analysis/workspace_checks.h"
#include "rules/example_checks.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

std::shared_ptr<const Surroundings> nothing_around(const Example&) { return nullptr; }

TEST_CASE("every example of every rule reports what it marks, and is repaired as it says") {
  for (const Rule* rule : built_in_rules())
    for (const Example& example : rule->examples)
      if (example.beside.empty()) check_example(*rule, example, nothing_around);
}

TEST_CASE("every variant of every rule is shown by an example") {
  for (const Rule* rule : built_in_rules())
    if (!looks_around(*rule)) check_variants_shown(*rule, nothing_around);
}

TEST_CASE("safe fixes of examples come to an end, and leave nothing to do") {
  for (const Rule* rule : built_in_rules())
    for (const Example& example : rule->examples) {
      INFO(rule->name << ": " << example.title);
      if (example.beside.empty()) check_fixes_end(example, nothing_around);
    }
}

}  // namespace
}  // namespace quaymaster::tests
