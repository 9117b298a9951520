#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cli/report.h"
#include "cli/style.h"

namespace quaymaster::cli {

/// How a report is to be shown.
struct FormatOptions {
  Style style;
  std::size_t columns = 120;  ///< longer source lines are cut
  bool statistics = false;    ///< how often each rule reports
};

/// A report as text. Errors and notes are told to the user in any case, so that a format needs to hold them only when
/// its definition says so.
using FormatReport = std::string (*)(const Report&, const FormatOptions&);

[[nodiscard]] std::string format_text(const Report& report, const FormatOptions& options);
/// docs/json-output.md describes it.
[[nodiscard]] std::string format_json(const Report& report, const FormatOptions& options);
/// `path:line:column: message [severity/code]`, a line a finding.
[[nodiscard]] std::string format_unix(const Report& report, const FormatOptions& options);
/// SARIF 2.1.0.
[[nodiscard]] std::string format_sarif(const Report& report, const FormatOptions& options);
/// Workflow commands of GitHub Actions, the worst findings first.
[[nodiscard]] std::string format_github(const Report& report, const FormatOptions& options);
/// The code quality report of GitLab.
[[nodiscard]] std::string format_gitlab(const Report& report, const FormatOptions& options);
[[nodiscard]] std::string format_checkstyle(const Report& report, const FormatOptions& options);
/// Each finding is a test that failed, each clean file one that passed.
[[nodiscard]] std::string format_junit(const Report& report, const FormatOptions& options);
/// The Reviewdog Diagnostic Format, with suggestions where a fix replaces one range.
[[nodiscard]] std::string format_rdjson(const Report& report, const FormatOptions& options);

/// The format of this name; null when there is none.
[[nodiscard]] FormatReport find_format(std::string_view name);
[[nodiscard]] std::vector<std::string> format_names();

}  // namespace quaymaster::cli
