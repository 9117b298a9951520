#include <string>

#include <nlohmann/json.hpp>

#include "cli/formats/format.h"
#include "cli/program.h"
#include "cli/report_fixture.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

using cli::Report;

std::string text(const Report& report, bool coloured = false) {
  return cli::format_text(report, {cli::Style(coloured), 80, false});
}

TEST_CASE("text: place, severity, message, name, source line") {
  Report report = report_of("FROM a\n  FROM <|node|>\n");
  first(report).related.push_back({{0, 4}, "the first one"});
  first(report).fixes = {{"Use another", Applicability::Unsafe, {Edit::replacement({14, 18}, "x")}},
                         {"Use a good one", Applicability::Safe, {Edit::replacement({14, 18}, "y")}}};
  CHECK(text(report) == R"(a/Dockerfile:2:8: warning something is wrong  floating-image-tag/missing
   2 |   FROM node
              ^^^^
      see a/Dockerfile:1:1: the first one
      fix: Use a good one (safe; 1 other)

1 finding in 1 of 1 file: 1 warning
  Changing containers instead of images  immutability       1
1 can be fixed safely: add --fix (or --diff to see it first)
Why it matters: quaymaster explain floating-image-tag/missing
)");
}

TEST_CASE("text: columns count characters") {
  CHECK(text(report_of("RUN 🚀é <|x|>")).starts_with("a/Dockerfile:1:8: "));
  CHECK(text(report_of("RUN \xFF\xFF <|x|>")).starts_with("a/Dockerfile:1:8: "));
}

TEST_CASE("text: what is only shown is said to be so") {
  Report report = report_of("FROM <|node|>");
  first(report).fixes = {{"Pin the version", Applicability::DisplayOnly, {}}};
  const std::string shown = text(report);
  CHECK(has(shown, "      fix: Pin the version (display-only)\n"));
  CHECK_FALSE(has(shown, "can be fixed"));
}

TEST_CASE("text: colours only when the style has them") {
  const Report report = report_of("FROM <|node|>");
  CHECK_FALSE(has(text(report), "\x1b"));
  CHECK(has(text(report, true), "\x1b[1;33mwarning\x1b[0m"));
  CHECK(has(text(report, true), "\x1b[1;33m^^^^\x1b[0m"));
}

TEST_CASE("text: nothing in a path or message is obeyed by a terminal") {
  Report report = report_of("FROM <|no\x1b[2Jde|>", "a\x1b[1m\n/Dockerfile");
  first(report).message = "`a\x1b[0m`\nb";
  const std::string shown = text(report);
  CHECK_FALSE(has(shown, "\x1b"));
  CHECK(has(shown, "a\\x1b[1m\\x0a/Dockerfile:1:6: warning `a\\x1b[0m`\\x0ab"));
}

TEST_CASE("text: the summary counts families, severities, repairs and what is ignored") {
  Report report = report_of("FROM <|a|>\nFROM <|b|>\nFROM <|c|>\n");
  auto& findings = report.files.front().analysis.diagnostics;
  findings[0].severity = Severity::Error;
  findings[1].severity = Severity::Hint;
  findings[2].severity = Severity::Hint;
  findings[1].fixes = {{"a", Applicability::Safe, {}}};
  findings[2].fixes = {{"a", Applicability::Unsafe, {}}};
  report.files.front().analysis.suppressed = 2;
  report.files.push_back({"b/Dockerfile", {}});
  const std::string shown = text(report);
  CHECK(has(shown, "\n3 findings in 1 of 2 files: 1 error, 2 hints (2 ignored by comments)\n"));
  CHECK(has(shown, "1 can be fixed safely"));
  CHECK(has(shown, "1 more can be fixed by --fix-unsafe"));
}

TEST_CASE("text: statistics replace the findings") {
  const std::string shown = cli::format_text(report_of("FROM <|a|>\nFROM <|b|>\n"), {cli::Style(false), 80, true});
  CHECK(
      shown.starts_with("     2  warning      floating-image-tag/missing\n\n2 findings in 1 of 1 file: 2 warnings\n"));
}

nlohmann::json json(const Report& report, bool statistics = false) {
  return nlohmann::json::parse(cli::format_json(report, {cli::Style(false), 80, statistics}));
}

TEST_CASE("json: the members of design, in UTF-16 units from 0") {
  Report report = report_of("FROM a\n🚀 <|node|>\n");
  first(report).aliases = {"hadolint:DL3006"};
  first(report).related.push_back({{0, 4}, "the first one"});
  first(report).fixes = {{"Pin it", Applicability::Unsafe, {Edit::replacement({12, 16}, "node:22")}}};
  report.errors.push_back({"b/Dockerfile", "is UTF-16"});
  const auto range =
      nlohmann::json::parse(R"({"start": {"line": 1, "character": 3}, "end": {"line": 1, "character": 7}})");
  const auto expected = nlohmann::json::parse(R"({"version": 1, "files": [
      {"path": "a/Dockerfile", "language": "dockerfile", "diagnostics": [
        {"rule": "floating-image-tag", "variant": "missing", "family": "immutability", "severity": "warning",
         "message": "something is wrong", "aliases": ["hadolint:DL3006"],
         "range": {"start": {"line": 1, "character": 3}, "end": {"line": 1, "character": 7}},
         "documentation": "docs/rules/floating-image-tag.md",
         "related": [{"path": "a/Dockerfile", "message": "the first one",
                      "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 4}}}],
         "fixes": [{"title": "Pin it", "applicability": "unsafe", "edits": [
            {"newText": "node:22",
             "range": {"start": {"line": 1, "character": 3}, "end": {"line": 1, "character": 7}}}]}]}]}],
      "errors": [{"path": "b/Dockerfile", "message": "is UTF-16"}],
      "summary": {"files": 1, "error": 0, "warning": 1, "information": 0, "hint": 0}})");
  CHECK(json(report) == expected);
}

TEST_CASE("json: every analysed file is listed, and an empty report is whole") {
  CHECK(json(report_of("FROM a\n"))["files"][0]["diagnostics"].empty());
  CHECK(json({}) == nlohmann::json::parse(R"({"version": 1, "files": [], "errors": [],
      "summary": {"files": 0, "error": 0, "warning": 0, "information": 0, "hint": 0}})"));
}

TEST_CASE("json: bytes that are not UTF-8 do not break it") {
  Report report = report_of("FROM <|a|>", "\xFF/Dockerfile");
  first(report).message = "`\xFE`";
  CHECK(json(report)["files"][0]["path"] == "\xEF\xBF\xBD/Dockerfile");
}

TEST_CASE("json: secrets are masked in new text") {
  Report report = report_of("ENV <|A|>=hunter2hunter2\n");
  report.files.front().analysis.secrets = {{6, 20}};
  first(report).fixes = {{"Move it", Applicability::Unsafe, {Edit::insertion(0, "ARG A=hunter2hunter2\n")}}};
  CHECK(json(report)["files"][0]["diagnostics"][0]["fixes"][0]["edits"][0]["newText"] == "ARG A=••••\n");
}

TEST_CASE("json: statistics when they are asked for") {
  const Report report = report_of("FROM <|a|>\nFROM <|b|>\n");
  CHECK_FALSE(json(report).contains("statistics"));
  CHECK(
      json(report, true)["statistics"] ==
      nlohmann::json::parse(R"([{"rule": "floating-image-tag", "variant": "missing", "findings": 2, "fixable": 0}])"));
}

TEST_CASE("secrets are repeated by no format and no diff") {
  const Workplace place;
  const std::string secret = "hVq8Zt2LmP4xW9rB";
  place.write("Dockerfile", "FROM node\nWRKDIR /app\nENV DB_PASSWORD=" + secret + "\nRUN echo " + secret + "\n");
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{{},
                                                                                         {"--format", "json"},
                                                                                         {"--format", "unix"},
                                                                                         {"--format", "sarif"},
                                                                                         {"--format", "github"},
                                                                                         {"--format", "gitlab"},
                                                                                         {"--format", "checkstyle"},
                                                                                         {"--format", "junit"},
                                                                                         {"--format", "rdjson"},
                                                                                         {"--diff"},
                                                                                         {"--diff", "--fix-unsafe"},
                                                                                         {"--statistics"},
                                                                                         {"--color", "always"}}) {
    std::vector<std::string> all{"check", "--select", "all"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    const Outcome outcome = quaymaster_run(std::move(all));
    CAPTURE(arguments, outcome.out, outcome.err);
    CHECK_FALSE(outcome.out.empty());
    CHECK_FALSE(has(outcome.out, secret));
    CHECK_FALSE(has(outcome.err, secret));
  }
}

TEST_CASE("colours: on a terminal, unless the environment says no") {
  const Workplace place;
  place.write("Dockerfile", "FROM node\n");
  const auto coloured = [](std::vector<std::string> arguments, bool terminal, bool allowed) {
    arguments.insert(arguments.begin(), "check");
    return has(quaymaster_run(std::move(arguments), {"", terminal, allowed}).out, "\x1b[");
  };
  CHECK(coloured({}, true, true));
  CHECK_FALSE(coloured({}, true, false));
  CHECK_FALSE(coloured({}, false, true));
  CHECK(coloured({"--color", "always"}, false, false));
  CHECK_FALSE(coloured({"--color", "never"}, true, true));
}

}  // namespace
}  // namespace quaymaster::tests
