#include "rules/example_checks.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "analysis/example_options.h"
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

Settings settings_for(const Rule& rule, const Example& example) {
  return settings_of(selection_for(rule, example), options_from(rule, example.options));
}

Analysis analysis_of(const Example& example, std::string text, const Settings& settings,
                     const SurroundingsOfExample& surroundings_of) {
  const auto language = detect_language(example.path, text);
  INFO(example.path << ":\n" << text);
  REQUIRE(language.has_value());
  return Analyzer(built_in_rules())
      .analyze({std::string(example.path), *language, std::move(text), surroundings_of(example)}, settings);
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

void check_fix(const Rule& rule, const Example& example, const Analysis& analysis,
               const SurroundingsOfExample& surroundings_of) {
  const Analyzer analyzer(built_in_rules());
  const Settings settings = settings_for(rule, example);
  const FixedText fixed = fix_all(analyzer, analysis, settings, Applicability::Unsafe);
  if (example.after.empty()) {
    CHECK(fixed.applied == 0);
    return;
  }
  CHECK(fixed.converged);
  CHECK(fixed.text == example.after);
  const Analysis again = analysis_of(example, fixed.text, settings, surroundings_of);
  INFO("after the fix:\n" << shown(again));
  CHECK(again.syntax_errors <= analysis.syntax_errors);
  // A second application changes nothing.
  CHECK(apply_fixes(fixed.text, again.diagnostics, Applicability::Unsafe).text == fixed.text);
}

}  // namespace

void check_example(const Rule& rule, const Example& example, const SurroundingsOfExample& surroundings_of) {
  INFO(rule.name << ": " << example.title);
  const Fixture fixture(example.before);
  std::vector<TextRange> expected = fixture.ranges;
  std::ranges::sort(expected);
  const Analysis analysis = analysis_of(example, fixture.text, settings_for(rule, example), surroundings_of);
  INFO(shown(analysis));
  CHECK(ranges_of(rule, analysis) == expected);
  for (const Diagnostic& diagnostic : analysis.diagnostics) {
    check_message(diagnostic);
    for (const Fix& fix : diagnostic.fixes) check_edits(analysis, fix);
  }
  check_fix(rule, example, analysis, surroundings_of);
}

void check_variants_shown(const Rule& rule, const SurroundingsOfExample& surroundings_of) {
  for (const Variant& variant : rule.variants) {
    INFO(rule.name << "/" << variant.name);
    const bool shown_somewhere = std::ranges::any_of(rule.examples, [&](const Example& example) {
      const Analysis analysis =
          analysis_of(example, Fixture(example.before).text, settings_for(rule, example), surroundings_of);
      return std::ranges::any_of(analysis.diagnostics,
                                 [&](const Diagnostic& diagnostic) { return diagnostic.variant == &variant; });
    });
    CHECK(shown_somewhere);
  }
}

void check_fixes_end(const Example& example, const SurroundingsOfExample& surroundings_of) {
  const Analyzer analyzer(built_in_rules());
  const Settings everything = settings_of({"all"});
  const std::string text = Fixture(example.before).text;
  for (const Applicability floor : {Applicability::Safe, Applicability::Unsafe}) {
    const Analysis analysis = analysis_of(example, text, everything, surroundings_of);
    const FixedText fixed = fix_all(analyzer, analysis, everything, floor);
    INFO(fixed.text);
    CHECK(fixed.converged);
    const Analysis after = analysis_of(example, fixed.text, everything, surroundings_of);
    CHECK(after.syntax_errors <= analysis.syntax_errors);
    CHECK(apply_fixes(fixed.text, after.diagnostics, floor).text == fixed.text);
  }
}

}  // namespace quaymaster::tests
