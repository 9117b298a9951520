// The examples of rules that look at other files, with those files beside them.
#include "analysis/workspace_checks.h"
#include "features/rule_page/rule_page.h"
#include "rules/example_checks.h"
#include "support/catch.h"
#include "workspace/example_surroundings.h"

namespace quaymaster::workspace {
namespace {

TEST_CASE("every example with files beside it reports what it marks, and is repaired as it says") {
  for (const Rule* rule : built_in_rules())
    for (const Example& example : rule->examples)
      if (!example.beside.empty()) tests::check_example(*rule, example, surroundings_of_example);
}

TEST_CASE("every variant of a rule that looks at other files is shown by an example") {
  for (const Rule* rule : built_in_rules())
    if (looks_around(*rule)) tests::check_variants_shown(*rule, surroundings_of_example);
}

TEST_CASE("fixes of examples with files beside them come to an end, and leave nothing to do") {
  for (const Rule* rule : built_in_rules())
    for (const Example& example : rule->examples) {
      INFO(rule->name << ": " << example.title);
      if (!example.beside.empty()) tests::check_fixes_end(example, surroundings_of_example);
    }
}

TEST_CASE("a page shows the files beside an example, and what is reported with them") {
  for (const Rule* rule : built_in_rules())
    for (const Example& example : rule->examples) {
      if (example.beside.empty()) continue;
      INFO(rule->name << ": " << example.title);
      const AnalysedExample analysed = analyse_example(*rule, example, surroundings_of_example);
      CHECK(analysed.findings.empty() == (example.before.find("<|") == std::string_view::npos));
      const std::string page = rule_page(*rule, surroundings_of_example);
      for (const ExampleFile& file : example.beside) {
        CHECK(page.find("and `" + std::string(file.path) + "`") != std::string::npos);
        CHECK(page.find(file.text) != std::string::npos);
      }
    }
}

}  // namespace
}  // namespace quaymaster::workspace
