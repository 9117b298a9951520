#include "rules/settings.h"

#include <algorithm>
#include <string>
#include <utility>
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
  CHECK(on({.select = {{"floating-image-tag"}}}) == std::vector<std::string>{"floating-image-tag/missing",
                                                                             "floating-image-tag/latest",
                                                                             "floating-image-tag/channel"});
  CHECK(on({.select = {{"floating-image-tag/latest"}}}) == std::vector<std::string>{"floating-image-tag/latest"});
  CHECK(on({.select = {{"hadolint:DL3007"}}}) == std::vector<std::string>{"floating-image-tag/latest"});
  CHECK(on({.select = {{"dl3006"}}}) == std::vector<std::string>{"floating-image-tag/missing"});
  CHECK(contains(on({.select = {{"immutability"}}}), "floating-image-tag/latest"));
  CHECK(contains(on({.select = {{"recommended"}}}), "floating-image-tag/latest"));
  CHECK(contains(on({.select = {{"all"}}}), "floating-image-tag/latest"));
}

TEST_CASE("ignore comes after select") {
  CHECK(on({.select = {{"floating-image-tag"}}, .ignore = {"DL3007"}}) ==
        std::vector<std::string>{"floating-image-tag/missing", "floating-image-tag/channel"});
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

/// Severities of floating-image-tag in Dockerfiles: "missing, latest, channel".
std::string severities(const std::vector<Layer>& layers, Language language = Language::Dockerfile) {
  const RuleSet rules = built_in_rules();
  const Rule& rule = *rules.find("floating-image-tag");
  const Settings settings = resolve_layers(rules, layers).settings;
  std::string out;
  for (const Variant& variant : rule.variants) {
    const auto severity = settings.severity(rule, variant, language);
    out += (out.empty() ? "" : ", ") + (severity ? std::string(to_string(*severity)) : "off");
  }
  return out;
}

constexpr auto kSetOff = RuleSetting::State::Off;
constexpr auto kSetOn = RuleSetting::State::On;

TEST_CASE("settings of a rule come before those of its variants, and both after the ignored items") {
  CHECK(severities({{.presets = {"recommended"},
                     .ignore = {"immutability"},
                     .rules = {{"floating-image-tag/latest", kSetOff},
                               {"floating-image-tag", kSetOn, Severity::Error}}}}) == "error, off, error");
  CHECK(severities({{.rules = {{"DL3007", kSetOn}}}}) == "off, warning, off");
}

TEST_CASE("a later layer wins, and who selects means nothing else") {
  const Layer file{.presets = {"recommended"}, .rules = {{"floating-image-tag", kSetOn, Severity::Error}}};
  CHECK(severities({file, {.ignore = {"DL3006"}}}) == "off, error, error");
  CHECK(severities({file, {.select = {{"DL3006"}}}}) == "error, off, off");
  const Layer nothing{.presets = {"recommended"}, .ignore = {"all"}};
  CHECK(severities({nothing, {.select = {{"DL3006"}}}}) == "warning, off, off");
  CHECK(severities({nothing, {.presets = {"strict"}}}) == "off, off, off");
  CHECK(severities({nothing, {.extend_select = {"DL3006"}}}) == "warning, off, off");
  CHECK(severities({{.select = {{"root-user"}}}, {.presets = {"strict"}}}) == "warning, warning, information");
}

TEST_CASE("a layer may speak of one language") {
  const std::vector<Layer> layers{{.presets = {"recommended"}},
                                  {.languages = Language::Dockerfile, .rules = {{"floating-image-tag", kSetOff}}}};
  CHECK(severities(layers) == "off, off, off");
  CHECK(severities(layers, Language::Compose) == "warning, warning, off");
}

TEST_CASE("presets are united, and stay what they were in a release") {
  CHECK(severities({{.presets = {"buildkit", "recommended"}}}) == "warning, warning, off");
  CHECK(severities({{.presets = {"recommended@0.1"}}}) == "warning, warning, off");
  CHECK(severities({{.presets = {"recommended@0.0.9"}}}) == "off, off, off");
  CHECK(severities({{.presets = {"all@0.0"}}}) == "off, off, off");
  for (const auto& [older, newer] :
       std::vector<std::pair<const char*, const char*>>{{"0.9", "0.10"}, {"0.9.1", "1"}, {"1", "1.0.1"}, {"", "0.1"}}) {
    CHECK(release_before(older, newer));
    CHECK_FALSE(release_before(newer, older));
  }
  CHECK_FALSE(release_before("1.0", "1"));
  for (const char* name : {"strict@", "strict@1.", "strict@x", "@1", "stric"}) CHECK_FALSE(parse_preset_name(name));
}

TEST_CASE("options have their defaults until something is set, and belong to the fingerprint") {
  const RuleSet rules = built_in_rules();
  const Rule& rule = *rules.find("floating-image-tag");
  const Settings plain = resolve(rules, {}).settings;
  CHECK(plain.option(rule, "allow") == OptionValue(StringList{}));
  RuleSetting setting{"floating-image-tag"};
  setting.options = {{"allow", StringList{"a"}}, {"allow", true}, {"nothing", true}};
  const ResolvedSelection set = resolve_layers(rules, {{.presets = {"recommended"}}, {.rules = {setting}}});
  CHECK(set.settings.option(rule, "allow") == OptionValue(StringList{"a"}));
  CHECK(set.settings.fingerprint() != plain.fingerprint());
  const auto of = std::ranges::find(set.provenance.options, &rule, &Provenance::OfOption::rule);
  REQUIRE(of != set.provenance.options.end());
  CHECK(of->layer == 1);
}

TEST_CASE("what a project says about itself belongs to the fingerprint") {
  const RuleSet rules = built_in_rules();
  const auto fingerprint = [&](const Project& project) {
    return resolve_layers(rules, {{.project = project}}).settings.fingerprint();
  };
  const std::vector<Project> projects{{},
                                      {.trusted_registries = StringList{}},
                                      {.trusted_registries = StringList{"a"}},
                                      {.labels = {{"a"}}},
                                      {.strict_labels = true},
                                      {.kubernetes = KubernetesVersion{1, 31}},
                                      {.builder = Builder::BuildKit}};
  for (std::size_t i = 0; i < projects.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) CHECK(fingerprint(projects[i]) != fingerprint(projects[j]));
}

}  // namespace
}  // namespace quaymaster::tests
