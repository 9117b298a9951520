#include "analysis/shellcheck/findings.h"

#include <string>
#include <vector>

#include "rules/item.h"
#include "rules/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

using shellcheck::CodeSettings;
using shellcheck::Comment;
using shellcheck::Findings;

/// Comments about the first text, as ShellCheck would write them; its line 2 is the first one of the RUN.
Comment comment(std::uint32_t code, std::uint32_t begin, std::uint32_t end) {
  return {.text = 0,
          .begin = {2, begin},
          .end = {2, end},
          .severity = Severity::Information,
          .code = code,
          .message = "Quote this.",
          .replacements = {{{2, begin}, {2, begin}, "\""}, {{2, end}, {2, end}, "\""}}};
}

struct Checked {
  Analysis analysis;
  shellcheck::Rules rules;
  Findings findings;

  Checked(std::string_view dockerfile, const std::vector<Comment>& comments, const CodeSettings& settings = {},
          const SuppressionPolicy& policy = {})
      : analysis(analyze("Dockerfile", dockerfile, {"floating-image-tag"})),
        findings(shellcheck::findings(analysis, shellcheck::shell_texts(analysis), comments, settings, policy, rules)) {
  }
  Checked(const Checked&) = delete;
  Checked& operator=(const Checked&) = delete;
  ~Checked() = default;
};

TEST_CASE("ShellCheck's findings stand where the Dockerfile has the text") {
  const std::string dockerfile = "FROM a\nRUN ls && \\\n  # all\n  rm $a\n";
  const Checked checked(dockerfile, {comment(2086, 12, 14)});
  REQUIRE(checked.findings.diagnostics.size() == 1);
  const Diagnostic& finding = checked.findings.diagnostics.front();
  CHECK(code_of(finding) == "shellcheck:SC2086");
  CHECK(finding.message == "Quote this.");
  CHECK(finding.severity == Severity::Information);
  CHECK(slice(dockerfile, finding.range) == "$a");
  REQUIRE(finding.fixes.size() == 1);
  CHECK(finding.fixes.front().applicability == Applicability::Unsafe);
  CHECK(apply_edits(dockerfile, finding.fixes.front().edits) == "FROM a\nRUN ls && \\\n  # all\n  rm \"$a\"\n");
}

TEST_CASE("ShellCheck's findings: what cannot be placed or written is left out") {
  Comment about_preamble = comment(2154, 1, 2);
  about_preamble.begin.line = about_preamble.end.line = 1;
  Comment backwards = comment(2086, 5, 2);
  Comment of_other = comment(2086, 1, 2);
  of_other.text = 7;
  CHECK(Checked("FROM a\nRUN rm $a\n", {about_preamble, backwards, of_other}).findings.diagnostics.empty());

  Comment overlapping = comment(2086, 4, 6);
  overlapping.replacements.push_back({{2, 4}, {2, 6}, "b"});
  Comment of_two_lines = comment(2164, 1, 3);
  of_two_lines.replacements = {{{2, 1}, {2, 1}, "a\nb"}};
  const Checked checked("FROM a\nRUN rm $a\n", {overlapping, of_two_lines});
  REQUIRE(checked.findings.diagnostics.size() == 2);
  for (const Diagnostic& finding : checked.findings.diagnostics) CHECK(finding.fixes.empty());
}

TEST_CASE("ShellCheck's findings are silenced by comments, hadolint's and its own") {
  for (const std::string line :
       {"# hadolint ignore=SC2086", "# shellcheck disable=SC2086", "# shellcheck shell=sh disable=SC1000,SC2086",
        "# shellcheck disable=all", "# quaymaster: ignore SC2086 -- words", "# quaymaster: ignore shellcheck:SC2086"}) {
    INFO(line);
    const Checked checked("FROM a\n" + line + "\nRUN rm $a\n", {comment(2086, 4, 6)});
    CHECK(checked.findings.diagnostics.empty());
    CHECK(checked.findings.suppressed == 1);
  }
  const Checked other("FROM a\n# hadolint ignore=SC2046,DL3008\nRUN rm $a\n", {comment(2086, 4, 6)});
  CHECK(other.findings.diagnostics.size() == 1);
  SuppressionPolicy none;
  none.inline_comments = false;
  const Checked strict("FROM a\n# hadolint ignore=SC2086\nRUN rm $a\n", {comment(2086, 4, 6)}, {}, none);
  CHECK(strict.findings.diagnostics.size() == 1);
}

TEST_CASE("ShellCheck's findings have the severity that configuration says") {
  Layer file;
  file.ignore = {"SC2046"};
  file.rules = {{"hadolint:SC2086", RuleSetting::State::On, Severity::Error},
                {"shellcheck:sc2164", RuleSetting::State::Off}};
  Layer other;
  other.languages = Language::Compose;
  other.ignore = {"SC2086"};
  const CodeSettings settings({file, other});
  CHECK(settings.severity("SC2046", Severity::Hint) == std::nullopt);
  CHECK(settings.severity("SC2164", Severity::Hint) == std::nullopt);
  CHECK(settings.severity("SC2086", Severity::Hint) == Severity::Error);
  CHECK(settings.severity("SC2034", Severity::Hint) == Severity::Hint);
}

TEST_CASE("codes of ShellCheck") {
  CHECK(shellcheck_code("SC2086") == "SC2086");
  CHECK(shellcheck_code("sc2086") == "SC2086");
  CHECK(shellcheck_code("shellcheck:SC2086") == "SC2086");
  CHECK(shellcheck_code("hadolint:SC2086") == "SC2086");
  for (const std::string_view other : {"SC208", "SC20866", "DL3008", "trivy:SC2086", "SC20a6", ""}) {
    INFO(other);
    CHECK(shellcheck_code(other).empty());
  }
}

}  // namespace
}  // namespace quaymaster::tests
