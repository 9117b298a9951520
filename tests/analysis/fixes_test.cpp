// How fixes of several findings come together in one text.
#include <string>
#include <vector>

#include "quaymaster/analyzer.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

/// Two rules whose only use is to have names.
const Rule& first_rule() {
  static const Rule kRule{.name = "aaa", .family = Family::State, .variants = {{.name = ""}}};
  return kRule;
}
const Rule& second_rule() {
  static const Rule kRule{.name = "bbb", .family = Family::State, .variants = {{.name = ""}}};
  return kRule;
}

Diagnostic finding(const Rule& rule, std::vector<Edit> edits, Applicability applicability = Applicability::Safe) {
  Diagnostic diagnostic{.rule = &rule, .variant = rule.variants.begin()};
  diagnostic.range = edits.front().range;
  diagnostic.fixes = {{.title = "Fix", .applicability = applicability, .edits = std::move(edits)}};
  return diagnostic;
}

Edit insertion(std::uint32_t at, std::string text, std::string claim) {
  return {.range = {at, at}, .text = std::move(text), .claim = std::move(claim)};
}

TEST_CASE("disjoint fixes apply in one pass, overlapping and touching ones wait") {
  const std::string text = "abcdef";
  const auto fixed = apply_fixes(
      text,
      {finding(first_rule(), {Edit::replacement({0, 2}, "X")}), finding(first_rule(), {Edit::replacement({1, 3}, "Y")}),
       finding(first_rule(), {Edit::replacement({2, 3}, "Z")}),
       finding(first_rule(), {Edit::replacement({4, 5}, "W")})},
      Applicability::Safe);
  CHECK(fixed.text == "XcdWf");
  CHECK(fixed.applied == 2);
  CHECK(fixed.skipped == 2);
}

TEST_CASE("a fix applies as a whole or not at all") {
  const auto fixed = apply_fixes("abcdef",
                                 {finding(first_rule(), {Edit::deletion({3, 4})}),
                                  finding(second_rule(), {Edit::deletion({0, 1}), Edit::deletion({3, 5})})},
                                 Applicability::Safe);
  // The one that begins first wins.
  CHECK(fixed.text == "bcf");
  CHECK(fixed.skipped == 1);
}

TEST_CASE("equal edits merge") {
  const auto fixed = apply_fixes(
      "abc", {finding(first_rule(), {Edit::deletion({1, 2})}), finding(second_rule(), {Edit::deletion({1, 2})})},
      Applicability::Safe);
  CHECK(fixed.text == "ac");
  CHECK(fixed.applied == 2);
}

TEST_CASE("insertions at one offset join in rule order, unless they create the same thing") {
  const auto joined = apply_fixes(
      "ab", {finding(second_rule(), {insertion(1, "2", "y")}), finding(first_rule(), {insertion(1, "1", "x")})},
      Applicability::Safe);
  CHECK(joined.text == "a12b");
  const auto excluded = apply_fixes(
      "ab", {finding(first_rule(), {insertion(1, "1", "x")}), finding(second_rule(), {insertion(1, "2", "x")})},
      Applicability::Safe);
  CHECK(excluded.text == "a1b");
  CHECK(excluded.skipped == 1);
}

TEST_CASE("an insertion next to a replacement waits") {
  const auto fixed = apply_fixes(
      "abc",
      {finding(first_rule(), {Edit::replacement({0, 1}, "X")}), finding(second_rule(), {Edit::insertion(1, "Y")})},
      Applicability::Safe);
  CHECK(fixed.text == "Xbc");
}

TEST_CASE("safe fixes go before unsafe ones, and display-only ones never") {
  const auto fixed = apply_fixes("abc",
                                 {finding(first_rule(), {Edit::replacement({0, 2}, "U")}, Applicability::Unsafe),
                                  finding(second_rule(), {Edit::replacement({1, 3}, "S")}, Applicability::Safe),
                                  finding(second_rule(), {Edit::insertion(0, "D")}, Applicability::DisplayOnly)},
                                 Applicability::Unsafe);
  CHECK(fixed.text == "aS");
  const auto safe_only =
      apply_fixes("abc", {finding(first_rule(), {Edit::deletion({0, 1})}, Applicability::Unsafe)}, Applicability::Safe);
  CHECK(safe_only.text == "abc");
}

}  // namespace
}  // namespace quaymaster::tests
