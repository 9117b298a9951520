#include "features/code_actions/code_actions.h"

#include <algorithm>
#include <string>

#include "rules/support.h"
#include "support/catch.h"
#include "support/fixture.h"

namespace quaymaster::tests {
namespace {

TEST_CASE("ignoring comes last and is never preferred") {
  const Analysis analysis = analyze("Dockerfile", "FROM node\n", {"floating-image-tag"});
  const auto actions = quick_fixes(analysis, {5, 5});
  REQUIRE(!actions.empty());
  CHECK(actions.back().title == "Ignore floating-image-tag/missing here");
  CHECK(!actions.back().preferred);
  CHECK(actions.back().diagnostics == std::vector<std::uint32_t>{0});
}

TEST_CASE("a place without a finding offers nothing") {
  const Analysis analysis = analyze("Dockerfile", "FROM node\nRUN x\n", {"floating-image-tag"});
  CHECK(quick_fixes(analysis, {12, 13}).empty());
}

TEST_CASE("fix-all is one edit that leaves no safe fix") {
  const Analyzer analyzer(built_in_rules());
  const Settings everything = settings_of({"all"});
  for (const Rule* rule : built_in_rules())
    for (const Example& example : rule->examples) {
      const Analysis analysis = analyze(example.path, Fixture(example.before).text, {"all"});
      const auto action = fix_all_action(analyzer, analysis, everything);
      INFO(rule->name << ": " << example.title);
      REQUIRE(action.has_value() == has_safe_fix(analysis));
      if (!action) continue;
      REQUIRE(action->edits.size() == 1);
      const std::string fixed = apply_edits(analysis.source.text, action->edits);
      CHECK(!has_safe_fix(analyze(example.path, fixed, {"all"})));
    }
}

TEST_CASE("preferred is the one safe fix of a finding") {
  for (const Rule* rule : built_in_rules())
    for (const Example& example : rule->examples) {
      const Analysis analysis = analyze(example.path, Fixture(example.before).text, {std::string(rule->name)});
      const TextRange everything{0, static_cast<std::uint32_t>(analysis.source.text.size())};
      for (const CodeAction& action : quick_fixes(analysis, everything)) {
        if (!action.preferred) continue;
        const Diagnostic& diagnostic = analysis.diagnostics[action.diagnostics.front()];
        CHECK(std::ranges::count(diagnostic.fixes, Applicability::Safe, &Fix::applicability) == 1);
      }
    }
}

}  // namespace
}  // namespace quaymaster::tests
