#include <algorithm>
#include <string>

#include <nlohmann/json.hpp>

#include "cli/parallel.h"
#include "cli/program.h"
#include "features/rule_page/rule_page.h"
#include "quaymaster/rule.h"
#include "support/catch.h"
#include "workspace/example_surroundings.h"

namespace quaymaster::tests {
namespace {

TEST_CASE("help and version go to standard output") {
  const Outcome help = quaymaster_run({"--help"});
  CHECK(help.code == 0);
  for (const char* word : {"check", "rules", "explain", "lsp", "licenses", "Examples:"}) CHECK(has(help.out, word));
  CHECK_FALSE(has(help.out, "docs"));
  const Outcome check = quaymaster_run({"check", "--help"});
  CHECK(check.code == 0);
  for (const char* word : {"--format", "--fix", "--fix-unsafe", "--diff", "--select", "--extend-select", "--ignore",
                           "--preset", "--config", "--no-config", "--fail-on", "--language", "--stdin-filename",
                           "--jobs", "--statistics", "--color", "Exit code"})
    CHECK(has(check.out, word));
  const Outcome version = quaymaster_run({"--version"});
  CHECK(version.code == 0);
  CHECK(version.out.starts_with("quaymaster 0."));
}

TEST_CASE("commands that do not exist") {
  const Outcome none = quaymaster_run({});
  CHECK(none.code == 2);
  CHECK(none.out.empty());
  CHECK(has(none.err, "check"));
  const Outcome misspelt = quaymaster_run({"chekc", "."});
  CHECK(misspelt.code == 2);
  CHECK(misspelt.err == "quaymaster: there is no command chekc; did you mean check?\nTry --help.\n");
  CHECK(quaymaster_run({"--frobnicate"}).code == 2);
  CHECK(quaymaster_run({"explain"}).code == 2);
}

TEST_CASE("rules: every rule, in both formats") {
  const Outcome text = quaymaster_run({"rules"});
  const Outcome output = quaymaster_run({"rules", "--format", "json"});
  CHECK(text.code == 0);
  CHECK(output.code == 0);
  const auto rules = nlohmann::json::parse(output.out)["rules"];
  CHECK(rules.size() == built_in_rules().size());
  std::size_t i = 0;
  for (const Rule* rule : built_in_rules()) {
    CAPTURE(rule->name);
    CHECK(has(text.out, rule->name));
    const auto& json = rules[i++];
    CHECK(json["name"] == rule->name);
    CHECK(json["family"] == slug(rule->family));
    CHECK(json["title"] == rule->title);
    CHECK(json["variants"].size() == rule->variants.size());
    for (const char* key : {"since", "languages", "aliases", "presets", "fix"}) CHECK(json.contains(key));
    CHECK_FALSE(json["languages"].empty());
    CHECK(std::ranges::is_sorted(json["aliases"]));
    CHECK(std::ranges::adjacent_find(json["aliases"]) == json["aliases"].end());
  }
}

TEST_CASE("rules: what came with a release or after it") {
  CHECK(quaymaster_run({"rules", "--since", "0.1"}).out == quaymaster_run({"rules"}).out);
  CHECK(has(quaymaster_run({"rules", "--since", "99.0"}).out, "0 rules"));
  CHECK(quaymaster_run({"rules", "--since", "yesterday"}).code == 2);
}

TEST_CASE("explain: a rule by its name, a variant's, or another tool's") {
  const std::string page = quaymaster_run({"explain", "floating-image-tag"}).out;
  CHECK(page.starts_with("# floating-image-tag\n"));
  CHECK(has(page, "## What happens"));
  CHECK(has(page, "# quaymaster: ignore floating-image-tag -- "));
  CHECK(has(page, "`DL3007`"));
  for (const char* item : {"floating-image-tag/latest", "hadolint:DL3007", "DL3007", "dl3007"}) {
    CAPTURE(item);
    const Outcome outcome = quaymaster_run({"explain", item});
    CHECK(outcome.code == 0);
    CHECK(has(outcome.out, page));
  }
}

TEST_CASE("explain: every rule has a page, and every family") {
  for (const Rule* rule : built_in_rules()) {
    const Outcome outcome = quaymaster_run({"explain", std::string(rule->name)});
    CHECK(outcome.code == 0);
    CHECK(has(outcome.out, "# " + std::string(rule->name) + "\n"));
  }
  for (std::size_t i = 0; i < kFamilyCount; ++i) {
    const auto family = static_cast<Family>(i);
    const Outcome outcome = quaymaster_run({"explain", std::string(slug(family))});
    CAPTURE(slug(family));
    CHECK(outcome.code == 0);
    CHECK(outcome.out.starts_with("# "));
    CHECK(outcome.out.size() > 500);
  }
}

TEST_CASE("explain: a name that does not exist") {
  const Outcome outcome = quaymaster_run({"explain", "floating-image-tga"});
  CHECK(outcome.code == 2);
  CHECK(outcome.out.empty());
  CHECK(has(outcome.err, "did you mean \"floating-image-tag\"?"));
  CHECK(quaymaster_run({"explain", "zzzzzzzzzzzz"}).code == 2);
}

TEST_CASE("licenses: says what comes from others") {
  const Outcome outcome = quaymaster_run({"licenses"});
  CHECK(outcome.code == 0);
  CHECK(has(outcome.out, "tree-sitter"));
}

TEST_CASE("docs/rules is what ./dev docs writes") {
  const Workplace place;
  REQUIRE(quaymaster_run({"docs", "rules"}).code == 0);
  const std::string committed = QUAYMASTER_SOURCE_DIR "/docs/rules/";
  for (const RulePage& page : rule_pages(built_in_rules(), workspace::surroundings_of_example)) {
    CAPTURE(page.file_name);
    // Not whole pages in the message: what to do about it is clear.
    const bool written = place.read("rules/" + page.file_name) == page.markdown;
    CHECK(written);
    const bool up_to_date = place.read(committed + page.file_name) == page.markdown;
    INFO("run ./dev docs");
    CHECK(up_to_date);
  }
  INFO("pages of rules that are gone: run ./dev docs");
  CHECK(place.list(committed) == place.list("rules"));
}

TEST_CASE("docs: pages of rules that are gone go away, other files stay") {
  const Workplace place;
  place.write("rules/gone.md", "");
  place.write("rules/picture.png", "");
  CHECK(quaymaster_run({"docs", "rules"}).code == 0);
  CHECK_FALSE(has(place.list("rules"), "gone.md"));
  CHECK(has(place.list("rules"), "picture.png"));
}

TEST_CASE("every index is worked on once, from any number of threads") {
  for (const unsigned jobs : {1U, 2U, 7U}) {
    std::vector<int> calls(500, 0);
    cli::for_each_index(
        calls.size(), jobs, [&](std::size_t i) { ++calls[i]; }, std::chrono::milliseconds(1), [](std::size_t) {});
    CHECK(std::ranges::count(calls, 1) == 500);
  }
  bool called = false;
  cli::for_each_index(
      0, 4, [&](std::size_t) { called = true; }, std::chrono::milliseconds(1), [](std::size_t) {});
  CHECK_FALSE(called);
}

}  // namespace
}  // namespace quaymaster::tests
