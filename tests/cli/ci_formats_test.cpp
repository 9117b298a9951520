#include <string>

#include <nlohmann/json.hpp>

#include "cli/fingerprint.h"
#include "cli/formats/format.h"
#include "cli/formats/github.h"
#include "cli/formats/weakness.h"
#include "cli/program.h"
#include "cli/report_fixture.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

using cli::Report;

std::string shown(std::string_view format, const Report& report) {
  return cli::find_format(format)(report, {cli::Style(false), 80, false});
}

nlohmann::json json(std::string_view format, const Report& report) {
  return nlohmann::json::parse(shown(format, report));
}

/// One finding behind an emoji, with everything that a finding can have, and a file that could not be read.
Report full_report() {
  Report report = report_of("FROM a\n🚀 <|node|>\n", "a b/Dockerfile");
  first(report).message = "`node` < \"x\" & 100 %, really: yes";
  first(report).aliases = {"hadolint:DL3006"};
  first(report).related.push_back({{0, 4}, "the first one"});
  first(report).fixes = {{"Pin it", Applicability::Unsafe, {Edit::replacement({12, 16}, "node:22")}},
                         {"Think", Applicability::DisplayOnly, {}}};
  report.errors.push_back({"b/Dockerfile", "is UTF-16"});
  return report;
}

TEST_CASE("unix: a line a finding") {
  CHECK(shown("unix", full_report()) ==
        "a b/Dockerfile:2:3: `node` < \"x\" & 100 %, really: yes [warning/floating-image-tag/missing]\n");
  CHECK(shown("unix", {}).empty());
}

TEST_CASE("github: commands with their values escaped") {
  CHECK(shown("github", full_report()) ==
        "::warning file=a b/Dockerfile,line=2,endLine=2,col=3,endColumn=7,title=floating-image-tag/missing::"
        "`node` < \"x\" & 100 %25, really: yes\n");
}

TEST_CASE("github: the worst come first, and a path cannot add properties") {
  Report report = report_of("FROM <|a|>\nFROM <|b|>\n", "x,line=9:y\n::error::/Dockerfile");
  report.files.front().analysis.diagnostics[1].severity = Severity::Error;
  const std::string text = shown("github", report);
  CHECK(text.starts_with("::error file=x%2Cline=9%3Ay\\x0a%3A%3Aerror%3A%3A/Dockerfile,line=2,"));
  CHECK(has(text, "\n::warning file="));
}

TEST_CASE("github: the summary of the job has a table by anti-pattern and one of findings") {
  const std::string text = cli::github_summary(full_report());
  CHECK(has(text, "1 findings in 1 of 1 files"));
  CHECK(has(text, "| Changing containers instead of images | 1 |\n"));
  CHECK(has(text,
            "| warning | `a b/Dockerfile`:2 | `node` &lt; \"x\" &amp; 100 %, really: yes | "
            "floating-image-tag/missing |\n"));
  CHECK(has(cli::github_summary({}), "0 findings"));
}

TEST_CASE("github: nothing in a path is obeyed by Markdown") {
  const auto row = [](const std::string& path) { return cli::github_summary(report_of("FROM <|node|>\n", path)); };
  CHECK(has(row("d/[x](http:evil) @all *b*.yaml"), "| `d/[x](http:evil) @all *b*.yaml`:1 |"));
  CHECK(has(row("a`b``c"), "| ```a`b``c```:1 |"));
  CHECK(has(row("`a"), "| `` `a ``:1 |"));
  CHECK(has(row("a|b"), "| `a\\|b`:1 |"));
}

TEST_CASE("github: in a message Markdown obeys code spans only") {
  const auto row = [](const std::string& message) {
    cli::Report report = report_of("FROM <|node|>\n");
    first(report).message = message;
    return cli::github_summary(report);
  };
  CHECK(has(row("[x](y) *b* _c_ ~d~ a|b \\"), R"(| \[x\](y) \*b\* \_c\_ \~d\~ a\|b \\ |)"));
  CHECK(has(row("@all #12 http://e www.e.org :tada:"),
            R"(| @<!-- -->all #<!-- -->12 http:<!-- -->//e www\.e.org :<!-- -->tada: |)"));
  CHECK(has(row("`<a> *b* c|d` is: it"), R"(| `<a> *b* c\|d` is: it |)"));
  CHECK(has(row("one ` alone"), R"(| one \` alone |)"));
}

TEST_CASE("github: the summary goes to the file of the job") {
  const Workplace place;
  place.write("Dockerfile", "FROM node\n");
  place.write("summary.md", "before\n");
  Surroundings around;
  around.environment = {{"GITHUB_STEP_SUMMARY", "summary.md"}};
  const Outcome outcome = quaymaster_run({"check", "--select", "floating-image-tag", "--format", "github"}, around);
  CHECK(outcome.out.starts_with("::warning file=Dockerfile,line=1,"));
  CHECK(place.read("summary.md").starts_with("before\n## Quaymaster\n"));
}

TEST_CASE("gitlab: the members of a code quality report") {
  const auto issues = json("gitlab", full_report());
  REQUIRE(issues.size() == 1);
  const auto fingerprint = issues[0]["fingerprint"].get<std::string>();
  CHECK(fingerprint.size() == 16);
  auto expected = nlohmann::json::parse(R"([{"description": "`node` < \"x\" & 100 %, really: yes",
      "check_name": "floating-image-tag/missing", "severity": "major",
      "location": {"path": "a b/Dockerfile", "lines": {"begin": 2, "end": 2}}}])");
  expected[0]["fingerprint"] = fingerprint;
  CHECK(issues == expected);
  CHECK(json("gitlab", {}) == nlohmann::json::array());
}

TEST_CASE("checkstyle: files with errors in them") {
  CHECK(shown("checkstyle", full_report()) == R"(<?xml version="1.0" encoding="UTF-8"?>
<checkstyle version="8.0">
  <file name="a b/Dockerfile">
    <error line="2" column="3" severity="warning" message="`node` &lt; &quot;x&quot; &amp; 100 %, really: yes" source="quaymaster.floating-image-tag/missing"/>
  </file>
</checkstyle>
)");
}

TEST_CASE("junit: findings fail, clean files pass, what cannot be read is an error") {
  Report report = full_report();
  report.files.push_back({"c/Dockerfile", {}});
  CHECK(shown("junit", report) == R"xml(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="quaymaster" tests="3" failures="1" errors="1">
  <testsuite name="a b/Dockerfile" tests="1" failures="1" errors="0">
    <testcase classname="a b/Dockerfile" name="floating-image-tag/missing (line 2, column 3)" file="a b/Dockerfile" line="2">
      <failure type="warning" message="`node` &lt; &quot;x&quot; &amp; 100 %, really: yes"/>
    </testcase>
  </testsuite>
  <testsuite name="c/Dockerfile" tests="1" failures="0" errors="0">
    <testcase classname="c/Dockerfile" name="no findings"/>
  </testsuite>
  <testsuite name="b/Dockerfile" tests="1" failures="0" errors="1">
    <testcase classname="b/Dockerfile" name="could not be read">
      <error message="is UTF-16"/>
    </testcase>
  </testsuite>
</testsuites>
)xml");
}

TEST_CASE("rdjson: columns count bytes, and a fix of one range is a suggestion") {
  const auto diagnostic = json("rdjson", full_report())["diagnostics"][0];
  CHECK(diagnostic["location"] == nlohmann::json::parse(R"({"path": "a b/Dockerfile", "range": {
      "start": {"line": 2, "column": 6}, "end": {"line": 2, "column": 10}}})"));
  CHECK(diagnostic["severity"] == "WARNING");
  CHECK(diagnostic["code"]["value"] == "floating-image-tag/missing");
  CHECK(diagnostic["suggestions"] == nlohmann::json::parse(R"([{"text": "node:22", "range": {
      "start": {"line": 2, "column": 6}, "end": {"line": 2, "column": 10}}}])"));
  CHECK(diagnostic["related_locations"][0]["message"] == "the first one");
}

TEST_CASE("sarif: rules, results in UTF-16 units, fixes, and what could not be read") {
  const auto run = json("sarif", full_report())["runs"][0];
  CHECK(run["columnKind"] == "utf16CodeUnits");
  const auto& rule = run["tool"]["driver"]["rules"][0];
  CHECK(rule["id"] == "floating-image-tag/missing");
  CHECK(rule["properties"]["tags"] == nlohmann::json::parse(R"(["immutability"])"));
  CHECK(has(rule["help"]["markdown"].get<std::string>(), "**Fine when:**"));
  const auto& result = run["results"][0];
  CHECK(result["ruleId"] == "floating-image-tag/missing");
  CHECK(result["ruleIndex"] == 0);
  CHECK(result["level"] == "warning");
  const auto place = nlohmann::json::parse(R"({"artifactLocation": {"uri": "a%20b/Dockerfile",
      "uriBaseId": "%SRCROOT%"}, "region": {"startLine": 2, "startColumn": 4, "endLine": 2, "endColumn": 8}})");
  CHECK(result["locations"][0]["physicalLocation"] == place);
  CHECK(result["relatedLocations"][0]["message"]["text"] == "the first one");
  REQUIRE(result["fixes"].size() == 1);
  const auto& replacement = result["fixes"][0]["artifactChanges"][0]["replacements"][0];
  CHECK(replacement["deletedRegion"] == place["region"]);
  CHECK(replacement["insertedContent"]["text"] == "node:22");
  CHECK_FALSE(run["invocations"][0]["executionSuccessful"].get<bool>());
  CHECK(run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"] == "b/Dockerfile: is UTF-16");
}

TEST_CASE("sarif: an empty report is whole, an absolute path a URI, a weakness has its number") {
  const auto empty = json("sarif", {})["runs"][0];
  CHECK(empty["results"].empty());
  CHECK(empty["invocations"][0]["executionSuccessful"].get<bool>());
  const auto absolute = json("sarif", report_of("FROM <|a|>", "/x/ü/Dockerfile"))["runs"][0]["results"][0];
  CHECK(absolute["locations"][0]["physicalLocation"]["artifactLocation"] ==
        nlohmann::json::parse(R"({"uri": "file:///x/%C3%BC/Dockerfile"})"));

  static const RuleSet rules = built_in_rules();
  Report report = report_of("USER <|root|>\n");
  first(report).rule = rules.find("root-user");
  first(report).variant = first(report).rule->variants.begin();
  const auto rule = json("sarif", report)["runs"][0]["tool"]["driver"]["rules"][0];
  CHECK(rule["properties"]["tags"] == nlohmann::json::parse(R"(["isolation", "security", "external/cwe/cwe-250"])"));
  CHECK(rule["properties"].contains("security-severity"));
}

TEST_CASE("a fix whose text holds a secret is in no format, since only its mask could be written") {
  Report report = report_of("ENV <|A|>=hunter2hunter2\n");
  report.files.front().analysis.secrets = {{6, 20}};
  first(report).fixes = {{"Move it", Applicability::Unsafe, {Edit::insertion(0, "ARG A=hunter2hunter2\n")}}};
  CHECK_FALSE(json("sarif", report)["runs"][0]["results"][0].contains("fixes"));
  CHECK_FALSE(json("rdjson", report)["diagnostics"][0].contains("suggestions"));
}

TEST_CASE("every weakness belongs to a rule of this release") {
  const RuleSet rules = built_in_rules();
  for (const cli::Weakness& weakness : cli::weaknesses()) {
    CAPTURE(weakness.rule);
    CHECK(rules.find(weakness.rule) != nullptr);
    CHECK(cli::cwe_of(weakness.rule) == weakness.cwe);
  }
  CHECK_FALSE(cli::cwe_of("floating-image-tag"));
}

TEST_CASE("a fingerprint stays when lines move, and differs between findings") {
  const auto fingerprints = [](std::string_view marked) {
    const Report report = report_of(marked);
    return cli::fingerprints_of(report.files.front(), "Dockerfile");
  };
  const auto before = fingerprints("FROM <|a|>\nFROM <|a|>\nFROM <|b|>\n");
  REQUIRE(before.size() == 3);
  CHECK(before[0] != before[1]);
  CHECK(before[0] != before[2]);
  CHECK(fingerprints("# new\n\nFROM <|a|>\n  FROM <|a|>\nFROM <|b|>\n") == before);
}

TEST_CASE("a fingerprint does not depend on a secret") {
  const auto fingerprint = [](std::string_view marked) {
    Report report = report_of(marked);
    report.files.front().analysis.secrets = {{6, 20}};
    return cli::fingerprints_of(report.files.front(), "Dockerfile");
  };
  CHECK(fingerprint("ENV <|A|>=hunter2hunter2\n") == fingerprint("ENV <|A|>=letmeinletmein\n"));
}

TEST_CASE("several formats at once, each to its file") {
  const Workplace place;
  place.write("Dockerfile", "FROM node\n");
  const Outcome outcome = quaymaster_run(
      {"check", "--select", "floating-image-tag", "--format", "unix,sarif=out.sarif", "--format", "junit=out.xml"});
  CHECK(outcome.code == 1);
  CHECK(outcome.out.starts_with("Dockerfile:1:6: "));
  CHECK(nlohmann::json::parse(place.read("out.sarif"))["version"] == "2.1.0");
  CHECK(place.read("out.xml").starts_with("<?xml"));
}

TEST_CASE("--output takes the report, and replaces what was there") {
  const Workplace place;
  place.write("Dockerfile", "FROM node\n");
  place.write("out.txt", "old");
  const Outcome outcome =
      quaymaster_run({"check", "--select", "floating-image-tag", "--format", "unix", "--output", "out.txt"});
  CHECK(outcome.code == 1);
  CHECK(outcome.out.empty());
  CHECK(place.read("out.txt").starts_with("Dockerfile:1:6: "));
}

TEST_CASE("a report that cannot be written is an error") {
  const Workplace place;
  place.write("Dockerfile", "FROM a:1.2.3\n");
  const Outcome missing = quaymaster_run({"check", "--format", "sarif", "--output", "no/such/folder/x"});
  CHECK(missing.code == 2);
  CHECK(has(missing.err, "no/such/folder/x could not be written: "));
  const Outcome full = quaymaster_run({"check", "--format", "sarif", "--output", "/dev/full"});
  CHECK(full.code == 2);
  CHECK(has(full.err, "/dev/full could not be written: No space left on device"));
}

TEST_CASE("formats that cannot be are refused") {
  const Workplace place;
  CHECK(has(quaymaster_run({"check", "--format", "sarfi", "."}).err, "there is no format sarfi"));
  CHECK(has(quaymaster_run({"check", "--format", "sarif="}).err, "there is no format sarif="));
  CHECK(has(quaymaster_run({"check", "--format", "sarif,json"}).err, "only one format can go to standard output"));
  CHECK(has(quaymaster_run({"check", "--format", "sarif=a", "--output", "b"}).err, "--output is for a format"));
  CHECK(has(quaymaster_run({"check", "--diff", "--format", "json"}).err, "--diff has a format of its own"));
}

}  // namespace
}  // namespace quaymaster::tests
