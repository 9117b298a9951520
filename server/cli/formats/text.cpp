#include <algorithm>
#include <string>

#include "cli/excerpt.h"
#include "cli/formats/format.h"
#include "cli/terminal_text.h"
#include "text/line_index.h"

namespace quaymaster::cli {
namespace {

/// "1 file", "2 files".
std::string counted(std::size_t number, std::string_view noun) {
  std::string out = std::to_string(number) + " ";
  out += noun;
  if (number != 1) out += "s";
  return out;
}

std::string indented(const std::string& text) { return "      " + text + "\n"; }

class FileText {
 public:
  FileText(const CheckedFile& file, const FormatOptions& options)
      : analysis_(file.analysis),
        options_(options),
        style_(options.style),
        path_(visible(file.path)),
        lines_(file.analysis.source.text) {}

  [[nodiscard]] std::string finding(const Diagnostic& finding) const {
    const Look look = look_of(finding.severity);
    std::string out = style_.paint(Look::Strong, place(finding.range)) + ": " +
                      style_.paint(look, to_string(finding.severity)) + " " + visible(finding.message) + "  " +
                      style_.paint(Look::Dim, code_of(finding)) + "\n";
    const std::string number = std::to_string(position(finding.range).line + 1);
    const std::string gutter = std::string(number.size() < 4 ? 4 - number.size() : 0, ' ') + number + " | ";
    out += excerpt(marked_line(analysis_, lines_, finding.range), gutter, width(gutter), look, style_);
    for (const RelatedPlace& related : finding.related)
      out += indented("see " + place(related.range) + ": " + visible(related.message));
    if (const Fix* fix = shown_fix(finding)) out += indented(fix_line(*fix, finding.fixes.size()));
    return out;
  }

 private:
  [[nodiscard]] Position position(TextRange range) const {
    return lines_.position(analysis_.source.text, range.begin, PositionEncoding::Utf32);
  }

  [[nodiscard]] std::string place(TextRange range) const {
    const Position at = position(range);
    return path_ + ":" + std::to_string(at.line + 1) + ":" + std::to_string(at.character + 1);
  }

  [[nodiscard]] std::size_t width(const std::string& gutter) const {
    constexpr std::size_t kLeast = 20;
    return std::max(options_.columns, gutter.size() + kLeast) - gutter.size();
  }

  static const Fix* shown_fix(const Diagnostic& finding) {
    if (const Fix* best = best_fix(finding)) return best;
    return finding.fixes.empty() ? nullptr : &finding.fixes.front();
  }

  [[nodiscard]] std::string fix_line(const Fix& fix, std::size_t alternatives) const {
    std::string out = "fix: " + visible(mask_secrets(fix.title, analysis_)) + " (";
    out += to_string(fix.applicability);
    if (alternatives > 1) out += "; " + std::to_string(alternatives - 1) + " other";
    return style_.paint(Look::Dim, out + ")");
  }

  const Analysis& analysis_;
  const FormatOptions& options_;
  const Style& style_;
  std::string path_;
  LineIndex lines_;
};

std::string statistics(const Report& report, const Style& style) {
  std::string out;
  for (const RuleCount& row : count_by_rule(report)) {
    const std::string number = std::to_string(row.findings);
    out += std::string(number.size() < 6 ? 6 - number.size() : 0, ' ') + number + "  ";
    out += style.paint(look_of(row.example->severity), padded(to_string(row.example->severity), 11)) + "  " + row.code;
    if (row.fixable > 0) out += style.paint(Look::Dim, "  (" + std::to_string(row.fixable) + " fixable)");
    out += "\n";
  }
  return out;
}

std::string severities(const Counts& counts, const Style& style) {
  std::string out;
  for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Information, Severity::Hint}) {
    const std::uint32_t number = counts.of(severity);
    if (number == 0) continue;
    // "information" has no plural.
    std::string word(to_string(severity));
    if (number != 1 && severity != Severity::Information) word += "s";
    out += (out.empty() ? "" : ", ") + style.paint(look_of(severity), std::to_string(number) + " " + word);
  }
  return out;
}

std::string families(const Counts& counts) {
  std::size_t slug_width = 0;
  std::size_t title_width = 0;
  for (std::size_t i = 0; i < kFamilyCount; ++i)
    if (counts.by_family[i] > 0) {
      slug_width = std::max(slug_width, slug(static_cast<Family>(i)).size());
      title_width = std::max(title_width, title(static_cast<Family>(i)).size());
    }
  std::string out;
  for (std::size_t i = 0; i < kFamilyCount; ++i) {
    if (counts.by_family[i] == 0) continue;
    const auto family = static_cast<Family>(i);
    const std::string number = std::to_string(counts.by_family[i]);
    out += "  " + padded(title(family), title_width) + "  " + padded(slug(family), slug_width) + "  " +
           std::string(number.size() < 6 ? 6 - number.size() : 0, ' ') + number + "\n";
  }
  return out;
}

/// What can be repaired, and how.
std::string repairs(const Counts& counts) {
  std::string out;
  if (counts.safe > 0)
    out += std::to_string(counts.safe) + " can be fixed safely: add --fix (or --diff to see it first)\n";
  if (counts.unsafe > 0)
    out += std::to_string(counts.unsafe) + (counts.safe > 0 ? " more" : "") +
           " can be fixed by --fix-unsafe, which may change what happens: look at --diff --fix-unsafe first\n";
  return out;
}

std::string summary(const Report& report, const Style& style) {
  const Counts counts = count(report);
  std::string out;
  if (counts.fixed > 0) out += "fixed " + counted(counts.fixed, "finding") + "\n";
  if (counts.findings == 0) {
    out += "no findings in " + counted(report.files.size(), "file");
  } else {
    out += style.paint(Look::Strong, counted(counts.findings, "finding")) + " in " + std::to_string(counts.files) +
           " of " + counted(report.files.size(), "file") + ": " + severities(counts, style);
  }
  if (counts.suppressed > 0) out += " (" + std::to_string(counts.suppressed) + " ignored by comments)";
  if (report.known > 0) out += " (" + std::to_string(report.known) + " known to the baseline)";
  out += "\n";
  if (counts.findings == 0) return out;
  out += families(counts) + repairs(counts);
  // The rule that would teach the most: the worst one that occurs, and of those the most frequent.
  const std::vector<RuleCount> rules = count_by_rule(report);
  const auto worst = std::ranges::min_element(rules, {}, [](const RuleCount& row) { return row.example->severity; });
  return out + "Why it matters: quaymaster explain " + worst->code + "\n";
}

}  // namespace

std::string format_text(const Report& report, const FormatOptions& options) {
  std::string out;
  if (options.statistics) {
    out += statistics(report, options.style);
  } else {
    for (const CheckedFile& file : report.files) {
      const FileText text(file, options);
      for (const Diagnostic& finding : file.analysis.diagnostics) out += text.finding(finding);
    }
  }
  if (!out.empty()) out += "\n";
  return out + summary(report, options.style);
}

}  // namespace quaymaster::cli
