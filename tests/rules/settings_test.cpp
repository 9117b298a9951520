#include <algorithm>
#include <string>
#include <vector>

#include "quaymaster/config.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

/// Rule and variant names that are on for Dockerfiles.
std::vector<std::string> on(const Selection& selection) {
  const RuleSet rules = built_in_rules();
  const ResolvedSelection resolved = resolve(rules, selection);
  std::vector<std::string> names;
  for (const Rule* rule : rules)
    for (const Variant& variant : rule->variants)
      if (resolved.settings.severity(*rule, variant, Language::Dockerfile))
        names.push_back(std::string(rule->name) + "/" + std::string(variant.name));
  return names;
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

TEST_CASE("an item selects a rule, a variant, a family, a preset or a peer's check") {
  CHECK(on({.select = {{"floating-image-tag"}}}) ==
        std::vector<std::string>{"floating-image-tag/missing", "floating-image-tag/latest"});
  CHECK(on({.select = {{"floating-image-tag/latest"}}}) == std::vector<std::string>{"floating-image-tag/latest"});
  CHECK(on({.select = {{"hadolint:DL3007"}}}) == std::vector<std::string>{"floating-image-tag/latest"});
  CHECK(on({.select = {{"dl3006"}}}) == std::vector<std::string>{"floating-image-tag/missing"});
  CHECK(contains(on({.select = {{"immutability"}}}), "floating-image-tag/latest"));
  CHECK(contains(on({.select = {{"recommended"}}}), "floating-image-tag/latest"));
  CHECK(contains(on({.select = {{"all"}}}), "floating-image-tag/latest"));
}

TEST_CASE("ignore comes after select") {
  CHECK(on({.select = {{"floating-image-tag"}}, .ignore = {"DL3007"}}) ==
        std::vector<std::string>{"floating-image-tag/missing"});
  CHECK(on({.ignore = {"all"}}).empty());
}

TEST_CASE("an unknown item is reported with the nearest name") {
  const ResolvedSelection resolved = resolve(built_in_rules(), {.ignore = {"floating-image-tags", "zzzzzzzzzzzz"}});
  REQUIRE(resolved.unknown.size() == 2);
  CHECK(resolved.unknown[0].suggestion == "floating-image-tag");
  CHECK(resolved.unknown[1].suggestion.empty());
}

TEST_CASE("equal selections have equal fingerprints, others do not") {
  const RuleSet rules = built_in_rules();
  const auto fingerprint = [&](const Selection& selection) { return resolve(rules, selection).settings.fingerprint(); };
  CHECK(fingerprint({}) == fingerprint({.preset = "recommended"}));
  CHECK(fingerprint({}) != fingerprint({.ignore = {"floating-image-tag"}}));
}

}  // namespace
}  // namespace quaymaster::tests
