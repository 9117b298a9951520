#include "features/rule_page/rule_page.h"

#include <algorithm>
#include <string>

#include "features/rule_page/example_text.h"
#include "support/catch.h"

namespace quaymaster {
namespace {

TEST_CASE("a page says everything that the rule says, without marks") {
  for (const Rule* rule : built_in_rules()) {
    CAPTURE(rule->name);
    const std::string page = rule_page(*rule);
    const auto has = [&](std::string_view part) { return page.find(part) != std::string::npos; };
    CHECK(has("# " + std::string(rule->name) + "\n"));
    CHECK(has(rule->title));
    CHECK(has(rule->consequence));
    CHECK(has(rule->fine_when));
    CHECK(has("../anti-patterns/" + std::string(slug(rule->family)) + ".md"));
    CHECK(has("# quaymaster: ignore " + std::string(rule->name) + " -- "));
    for (const std::string_view reference : rule->references) CHECK(has("<" + std::string(reference) + ">"));
    for (const Variant& variant : rule->variants) CHECK(has(variant.name));
    CHECK_FALSE(has("<|"));
    CHECK_FALSE(has("|>"));
  }
}

TEST_CASE("an example that reports says so on the page") {
  for (const Rule* rule : built_in_rules())
    for (const Example& example : rule->examples) {
      CAPTURE(rule->name, example.title);
      // What looks at other files is shown where there is a workspace: tests/workspace/examples_test.cpp.
      if (!example.beside.empty()) continue;
      const AnalysedExample analysed = analyse_example(*rule, example);
      CHECK(analysed.findings.empty() == (example.before.find("<|") == std::string_view::npos));
    }
}

TEST_CASE("the index comes first and names every rule") {
  const RuleSet rules = built_in_rules();
  const std::vector<RulePage> pages = rule_pages(rules);
  REQUIRE(pages.size() == rules.size() + 1);
  CHECK(pages.front().file_name == "README.md");
  for (const Rule* rule : rules) {
    const std::string name(rule->name);
    CHECK(pages.front().markdown.find("[" + name + "](" + name + ".md)") != std::string::npos);
  }
}

}  // namespace
}  // namespace quaymaster
