#include "workspace/configuration/own_file.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/catch.h"
#include "support/fixture.h"
#include "workspace/configuration/configurations.h"
#include "workspace/configuration/problems.h"

namespace quaymaster::workspace {
namespace {

OwnFile read(std::string_view text) { return read_own_file(text, built_in_rules()); }

/// What is wrong with a configuration: the marked text must be what is reported; the messages, one a line.
std::string problems(std::string_view marked) {
  const tests::Fixture fixture(marked);
  std::vector<TextRange> ranges;
  std::string messages;
  for (const Diagnostic& diagnostic : read(fixture.text).diagnostics) {
    ranges.push_back(diagnostic.range);
    messages += diagnostic.message + "\n";
    CHECK(diagnostic.rule == &configuration_rule());
    CHECK(diagnostic.message.size() <= 100);
    CHECK_FALSE(diagnostic.message.ends_with('.'));
  }
  INFO(marked);
  CHECK(ranges == fixture.ranges);
  return messages;
}

TEST_CASE("all that a configuration file can say is understood") {
  const OwnFile file = read(R"(# a comment
extends: ../base.yaml
preset: [strict, pss-baseline@1.0]
select: immutability
extend-select: [root-user]
ignore:
  - DL3007
rules:
  floating-image-tag: {severity: error, allow: [shop/*]}
  floating-image-tag/latest: off
  root-user: hint
files:
  - exclude: [vendor/, "*.generated.yaml"]
  - {glob: "build/*.docker", language: dockerfile}
registries: {trusted: [docker.io]}
labels:
  strict: true
  schema: {maintainer: email, version: semver}
kubernetes: {version: "1.31"}
builder: buildah
suppressions: {inline: false, require-reason: true}
shellcheck: {path: shellcheck-0.10}
x-ours: anything
)");
  CHECK(file.diagnostics.empty());
  CHECK(file.shellcheck == "shellcheck-0.10");
  REQUIRE(file.extends.size() == 1);
  CHECK(file.extends[0].path == "../base.yaml");
  CHECK(file.layer.presets == StringList{"strict", "pss-baseline@1.0"});
  CHECK(file.layer.select == StringList{"immutability"});
  CHECK(file.layer.extend_select == StringList{"root-user"});
  CHECK(file.layer.ignore == StringList{"DL3007"});
  REQUIRE(file.layer.rules.size() == 3);
  CHECK(file.layer.rules[0].severity == Severity::Error);
  CHECK(file.layer.rules[0].options ==
        std::vector<std::pair<std::string, OptionValue>>{{"allow", StringList{"shop/*"}}});
  CHECK(file.layer.rules[1].state == RuleSetting::State::Off);
  CHECK(file.layer.rules[2].severity == Severity::Hint);
  REQUIRE(file.files.size() == 2);
  CHECK(file.files[0].exclude);
  CHECK(file.files[1].language == Language::Dockerfile);
  const Project& project = file.layer.project;
  CHECK(project.trusted_registries == StringList{"docker.io"});
  CHECK(project.strict_labels == true);
  CHECK(project.labels ==
        std::vector<RequiredLabel>{{"maintainer", LabelFormat::Email}, {"version", LabelFormat::SemVer}});
  CHECK(project.kubernetes == KubernetesVersion{1, 31});
  CHECK(project.builder == Builder::Buildah);
  CHECK(file.layer.suppressions == SuppressionPolicy{false, true, {}});
}

TEST_CASE("what is not understood is marked, with the nearest name") {
  CHECK(problems("<|presets|>: strict\n") == "there is no key `presets`; did you mean `preset`?\n");
  CHECK(problems("preset: <|stirct|>\n") == "there is no rule, preset or check `stirct`; did you mean `strict`?\n");
  CHECK(problems("ignore: [\"<|floating-image-tags|>\", DL3007]\n") ==
        "there is no rule, preset or check `floating-image-tags`; did you mean `floating-image-tag`?\n");
  CHECK(problems("rules:\n  <|root-usr|>: off\n") ==
        "there is no rule, preset or check `root-usr`; did you mean `root-user`?\n");
  CHECK(problems("rules: {root-user: <|high|>}\n") == "a severity is error, warning, information, hint, on or off\n");
  CHECK(problems("rules: {floating-image-tag: {<|allowed|>: [a]}}\n") ==
        "there is no key `allowed`; did you mean `allow`?\n");
  CHECK(problems("rules: {floating-image-tag: {allow: <|{a: b}|>}}\n") == "`allow` has to be a list of strings\n");
  CHECK(problems("files: [{glob: a, language: <|docker|>}, <|{language: compose}|>]\n") ==
        "a language is dockerfile, compose or kubernetes\nwhich files? Say glob, include or exclude\n");
  CHECK(problems("registries: {<|truted|>: [a]}\n") == "there is no key `truted`; did you mean `trusted`?\n");
  CHECK(problems("labels: {schema: {a: <|e-mail|>}}\n") ==
        "a label is text, email, hash, rfc3339, semver, spdx or url\n");
  CHECK(problems("kubernetes: {version: <|one|>}\n") == "a version of Kubernetes looks like \"1.31\"\n");
  CHECK(problems("builder: <|make|>\n") == "a builder is buildkit, docker, buildah or kaniko\n");
  CHECK(problems("suppressions: {inline: <|maybe|>}\n") == "this has to be true or false\n");
  CHECK(problems("rules: <|[root-user]|>\n") == "this has to be a mapping of keys to values\n");
  CHECK(problems("ignore: <|{a: b}|>\n") == "this has to be a string, or a list of them\n");
  CHECK(problems("<|- a\n- b|>\n") == "this has to be a mapping of keys to values\n");
  CHECK(problems("preset: strict\n<|preset|>: all\n") == "`preset` stands here twice; the first one counts\n");
}

TEST_CASE("the fix of a near miss replaces the name between its quotes") {
  const OwnFile file = read("ignore: ['floating-image-tags']\n");
  REQUIRE(file.diagnostics.size() == 1);
  REQUIRE(file.diagnostics[0].fixes.size() == 1);
  CHECK(apply_edits("ignore: ['floating-image-tags']\n", file.diagnostics[0].fixes[0].edits) ==
        "ignore: ['floating-image-tag']\n");
}

TEST_CASE("half a file says what it says") {
  for (const char* text :
       {"", "# nothing\n", "preset:\n", "rules:\n  root-user:\n", "files:\n  -\n", "ignore:\n  -\n"}) {
    CAPTURE(text);
    CHECK(read(text).diagnostics.empty());
  }
  const OwnFile broken = read("preset: strict\nignore: [root-user\nrules:\n  floating-image-tag: off\n");
  CHECK_FALSE(broken.diagnostics.empty());
  CHECK(broken.layer.presets == StringList{"strict"});
}

TEST_CASE("a hostile file comes to an end") {
  std::string list = "ignore:\n";
  while (list.size() < 1'000'000) list += "  - no-such-rule-anywhere\n";
  CHECK(read(list).diagnostics.size() <= 200);
  CHECK_FALSE(read(std::string(100'000, '[')).diagnostics.empty());
  CHECK_FALSE(read("a: &a [*a]\n").diagnostics.empty());
}

TEST_CASE("an editor is told what is wrong with any configuration file") {
  const RuleSet rules = built_in_rules();
  CHECK(check_configuration("a/.quaymaster.yaml", "presets: strict\n", rules).size() == 1);
  CHECK(check_configuration(".hadolint.yaml", "ignored: {a: b}\n", rules).size() == 1);
  CHECK(check_configuration(".dclintrc", "{\"rules\": {\"no-version-field\": 0}}", rules).empty());
  CHECK(check_configuration("compose.yaml", "presets: strict\n", rules).empty());
}

}  // namespace
}  // namespace quaymaster::workspace
