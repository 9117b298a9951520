// The examples of the rules, which are also their documentation, run here: each reports exactly the marked ranges, and
// its fixes give exactly the stated text.
#include <algorithm>
#include <string>
#include <vector>

#include "analysis/example_options.h"
#include "quaymaster/analyzer.h"
#include "rules/support.h"
#include "support/catch.h"
#include "support/fixture.h"

namespace quaymaster::tests {
namespace {

constexpr std::size_t kLongestMessage = 90;

/// What has to be on for an example.
std::vector<std::string> selection_for(const Rule& rule, const Example& example) {
  std::vector<std::string> select{std::string(rule.name)};
  if (!example.also.empty()) select.emplace_back(example.also);
  return select;
}

std::vector<TextRange> ranges_of(const Rule& rule, const Analysis& analysis) {
  std::vector<TextRange> ranges;
  for (const Diagnostic& diagnostic : analysis.diagnostics)
    if (diagnostic.rule == &rule) ranges.push_back(diagnostic.range);
  std::ranges::sort(ranges);
  return ranges;
}

void check_message(const Diagnostic& diagnostic) {
  INFO(code_of(diagnostic) << ": " << diagnostic.message);
  CHECK(!diagnostic.message.empty());
  // Characters, not bytes.
  CHECK(std::ranges::count_if(diagnostic.message, [](char c) {
          return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
        }) <= static_cast<std::ptrdiff_t>(kLongestMessage));
  CHECK(!diagnostic.message.ends_with('.'));
}

void check_edits(const Analysis& analysis, const Fix& fix) {
  INFO(fix.title);
  CHECK(!fix.title.ends_with('.'));
  for (std::size_t i = 0; i < fix.edits.size(); ++i) {
    CHECK(fix.edits[i].range.begin <= fix.edits[i].range.end);
    CHECK(fix.edits[i].range.end <= analysis.source.text.size());
    if (i > 0) CHECK(fix.edits[i - 1].range.end <= fix.edits[i].range.begin);
  }
}

void check_fix(const Rule& rule, const Example& example, const Analysis& analysis) {
  const Analyzer analyzer(built_in_rules());
  const Settings settings = settings_of(selection_for(rule, example), options_from(rule, example.options));
  const FixedText fixed = fix_all(analyzer, analysis, settings, Applicability::Unsafe);
  if (example.after.empty()) {
    CHECK(fixed.applied == 0);
    return;
  }
  CHECK(fixed.converged);
  CHECK(fixed.text == example.after);
  const Analysis again =
      analyze(example.path, fixed.text, selection_for(rule, example), options_from(rule, example.options));
  INFO("after the fix:\n" << shown(again));
  CHECK(again.syntax_errors <= analysis.syntax_errors);
  // A second application changes nothing.
  CHECK(apply_fixes(fixed.text, again.diagnostics, Applicability::Unsafe).text == fixed.text);
}

TEST_CASE("every example of every rule reports what it marks, and is repaired as it says") {
  for (const Rule* rule : built_in_rules())
    for (const Example& example : rule->examples) {
      INFO(rule->name << ": " << example.title);
      const Fixture fixture(example.before);
      std::vector<TextRange> expected = fixture.ranges;
      std::ranges::sort(expected);
      const Analysis analysis =
          analyze(example.path, fixture.text, selection_for(*rule, example), options_from(*rule, example.options));
      INFO(shown(analysis));
      CHECK(ranges_of(*rule, analysis) == expected);
      for (const Diagnostic& diagnostic : analysis.diagnostics) {
        check_message(diagnostic);
        for (const Fix& fix : diagnostic.fixes) check_edits(analysis, fix);
      }
      check_fix(*rule, example, analysis);
    }
}

TEST_CASE("every variant of every rule is shown by an example") {
  for (const Rule* rule : built_in_rules())
    for (const Variant& variant : rule->variants) {
      INFO(rule->name << "/" << variant.name);
      const bool shown_somewhere = std::ranges::any_of(rule->examples, [&](const Example& example) {
        const Analysis analysis = analyze(example.path, Fixture(example.before).text, selection_for(*rule, example),
                                          options_from(*rule, example.options));
        return std::ranges::any_of(analysis.diagnostics,
                                   [&](const Diagnostic& diagnostic) { return diagnostic.variant == &variant; });
      });
      CHECK(shown_somewhere);
    }
}

TEST_CASE("safe fixes of examples come to an end, and leave nothing to do") {
  const Analyzer analyzer(built_in_rules());
  const Settings everything = settings_of({"all"});
  for (const Rule* rule : built_in_rules())
    for (const Example& example : rule->examples) {
      INFO(rule->name << ": " << example.title);
      const std::string text = Fixture(example.before).text;
      const auto language = detect_language(example.path, text);
      REQUIRE(language.has_value());
      for (const Applicability floor : {Applicability::Safe, Applicability::Unsafe}) {
        const Analysis analysis = analyzer.analyze({std::string(example.path), *language, text}, everything);
        const FixedText fixed = fix_all(analyzer, analysis, everything, floor);
        INFO(fixed.text);
        CHECK(fixed.converged);
        const Analysis after = analyzer.analyze({std::string(example.path), *language, fixed.text}, everything);
        CHECK(after.syntax_errors <= analysis.syntax_errors);
        CHECK(apply_fixes(fixed.text, after.diagnostics, floor).text == fixed.text);
      }
    }
}

}  // namespace
}  // namespace quaymaster::tests
