#include "cli/formats/github.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "cli/formats/format.h"
#include "cli/formats/places.h"
#include "cli/terminal_text.h"

namespace quaymaster::cli {
namespace {

struct PlacedFinding {
  const CheckedFile* file;
  const Diagnostic* finding;
  Place at;
};

/// The worst first, otherwise in the order of the report: of each kind GitHub shows the first ten of a step.
std::vector<PlacedFinding> worst_first(const Report& report) {
  std::vector<PlacedFinding> findings;
  for (const CheckedFile& file : report.files) {
    const Places places(file.analysis, PositionEncoding::Utf32);
    for (const Diagnostic& finding : file.analysis.diagnostics)
      findings.push_back({&file, &finding, places.of(finding.range)});
  }
  std::ranges::stable_sort(findings, {}, [](const PlacedFinding& placed) { return placed.finding->severity; });
  return findings;
}

std::string_view command_of(Severity severity) {
  switch (severity) {
    case Severity::Error: return "error";
    case Severity::Warning: return "warning";
    case Severity::Information:
    case Severity::Hint: return "notice";
  }
  return {};
}

/// A value in a workflow command. In its properties a colon and a comma have a meaning.
std::string escaped(std::string_view value, bool property) {
  std::string out;
  for (const char c : visible(value)) {
    if (c == '%')
      out += "%25";
    else if (property && c == ':')
      out += "%3A";
    else if (property && c == ',')
      out += "%2C";
    else
      out += c;
  }
  return out;
}

/// `text` between marks that make it code, for a cell of a Markdown table: obeyed is nothing of it.
std::string code_span(std::string_view text) {
  std::size_t longest = 0;
  std::size_t run = 0;
  std::string content;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
    if (c == '|') content += '\\';
    content += c;
  }
  const std::string marks(longest + 1, '`');
  const auto needs_blank = [](char c) { return c == '`' || c == ' '; };
  const bool blanks = !text.empty() && (needs_blank(text.front()) || needs_blank(text.back()));
  return marks + (blanks ? " " + content + " " : content) + marks;
}

/// `text` outside of code. A comment keeps GitHub from seeing mentions, references, addresses and emoji, which it looks
/// for behind Markdown's backslashes.
std::string plain(std::string_view text) {
  constexpr std::string_view kObeyed = "\\`*_[]~|";
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '<')
      out += "&lt;";
    else if (c == '&')
      out += "&amp;";
    else if (c == '$')
      out += "<span>$</span>";
    else if (c == '.' && i >= 3 && text.substr(i - 3, 3) == "www")
      out += "\\.";
    else if ((c == '@' || c == '#' || c == ':') && i + 1 < text.size() && text[i + 1] != ' ')
      out += std::string(1, c) + "<!-- -->";
    else if (kObeyed.find(c) != std::string_view::npos)
      out += std::string("\\") + c;
    else
      out += c;
  }
  return out;
}

/// A message in a cell of a Markdown table, with nothing in it that Markdown or HTML would obey but code spans.
std::string message_cell(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t begin = text.find('`');
    const std::size_t end = begin == std::string_view::npos ? begin : text.find('`', begin + 1);
    if (end == std::string_view::npos) return out + plain(text);
    out += plain(text.substr(0, begin));
    if (end > begin + 1) out += code_span(text.substr(begin + 1, end - begin - 1));
    text.remove_prefix(end + 1);
  }
  return out;
}

}  // namespace

std::string format_github(const Report& report, const FormatOptions&) {
  std::string out;
  for (const auto& [file, finding, at] : worst_first(report)) {
    out += "::" + std::string(command_of(finding->severity)) + " file=" + escaped(file->path, true) +
           ",line=" + std::to_string(at.line) + ",endLine=" + std::to_string(at.end_line) +
           ",col=" + std::to_string(at.column);
    // GitHub ignores the columns of a place on several lines, and refuses an end before its beginning.
    if (at.line == at.end_line) out += ",endColumn=" + std::to_string(at.end_column);
    out += ",title=" + escaped(code_of(*finding), true) + "::" + escaped(finding->message, false) + "\n";
  }
  return out;
}

std::string github_summary(const Report& report) {
  constexpr std::size_t kRows = 500;
  const Counts counts = count(report);
  std::string out = "## Quaymaster\n\n" + std::to_string(counts.findings) + " findings in " +
                    std::to_string(counts.files) + " of " + std::to_string(report.files.size()) + " files\n\n";
  if (counts.findings == 0) return out;
  out += "| anti-pattern | findings |\n|---|---:|\n";
  for (std::size_t i = 0; i < kFamilyCount; ++i)
    if (counts.by_family[i] > 0)
      out += "| " + std::string(title(static_cast<Family>(i))) + " | " + std::to_string(counts.by_family[i]) + " |\n";
  out += "\n| severity | place | finding | rule |\n|---|---|---|---|\n";
  const std::vector<PlacedFinding> findings = worst_first(report);
  for (std::size_t i = 0; i < std::min(findings.size(), kRows); ++i) {
    const auto& [file, finding, at] = findings[i];
    out += "| " + std::string(to_string(finding->severity)) + " | " + code_span(visible(file->path)) + ":" +
           std::to_string(at.line) + " | " + message_cell(visible(finding->message)) + " | " + code_of(*finding) +
           " |\n";
  }
  if (findings.size() > kRows) out += "\nand " + std::to_string(findings.size() - kRows) + " more\n";
  return out + "\n";
}

}  // namespace quaymaster::cli
