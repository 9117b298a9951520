#include <string>

#include <nlohmann/json.hpp>

#include "cli/formats/format.h"
#include "rules/item.h"
#include "text/line_index.h"

namespace quaymaster::cli {
namespace {

// Members appear in the order in which they are written down.
using Json = nlohmann::ordered_json;

std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

/// Turns the places of one file into lines and UTF-16 units.
class FileJson {
 public:
  explicit FileJson(const CheckedFile& file) : file_(file), lines_(file.analysis.source.text) {}

  [[nodiscard]] Json file() const {
    Json diagnostics = Json::array();
    for (const Diagnostic& finding : file_.analysis.diagnostics) diagnostics.push_back(diagnostic(finding));
    return {{"path", file_.path},
            {"language", file_.configuration ? "configuration" : to_string(file_.analysis.source.language)},
            {"diagnostics", std::move(diagnostics)}};
  }

 private:
  [[nodiscard]] Json position(std::uint32_t offset) const {
    const Position at = lines_.position(file_.analysis.source.text, offset, PositionEncoding::Utf16);
    return {{"line", at.line}, {"character", at.character}};
  }

  [[nodiscard]] Json range(TextRange range) const {
    return {{"start", position(range.begin)}, {"end", position(range.end)}};
  }

  [[nodiscard]] Json fix(const Fix& fix) const {
    Json edits = Json::array();
    for (const Edit& edit : fix.edits)
      edits.push_back({{"range", range(edit.range)}, {"newText", masked_text(edit, file_.analysis)}});
    return {{"title", fix.title}, {"applicability", to_string(fix.applicability)}, {"edits", std::move(edits)}};
  }

  [[nodiscard]] std::string documentation(const Diagnostic& finding) const {
    if (file_.configuration) return "docs/configuration.md";
    if (const std::string code = shellcheck_code(finding.rule->name); !code.empty())
      return "https://www.shellcheck.net/wiki/" + code;
    return "docs/rules/" + std::string(finding.rule->name) + ".md";
  }

  [[nodiscard]] Json diagnostic(const Diagnostic& finding) const {
    Json related = Json::array();
    for (const RelatedPlace& place : finding.related)
      related.push_back({{"path", file_.path}, {"range", range(place.range)}, {"message", place.message}});
    Json fixes = Json::array();
    for (const Fix& alternative : finding.fixes) fixes.push_back(fix(alternative));
    return {{"rule", finding.rule->name},           {"variant", finding.variant->name},
            {"family", slug(finding.rule->family)}, {"severity", to_string(finding.severity)},
            {"message", finding.message},           {"aliases", finding.aliases},
            {"range", range(finding.range)},        {"documentation", documentation(finding)},
            {"related", std::move(related)},        {"fixes", std::move(fixes)}};
  }

  const CheckedFile& file_;
  LineIndex lines_;
};

Json statistics(const Report& report) {
  Json rows = Json::array();
  for (const RuleCount& row : count_by_rule(report))
    rows.push_back({{"rule", row.example->rule->name},
                    {"variant", row.example->variant->name},
                    {"findings", row.findings},
                    {"fixable", row.fixable}});
  return rows;
}

}  // namespace

// Written file by file: as one value, the report of a large repository would take many times its size in memory.
std::string format_json(const Report& report, const FormatOptions& options) {
  std::string out = R"({"version": 1, "files": [)";
  const char* separator = "\n";
  for (const CheckedFile& file : report.files) {
    out += separator + dump(FileJson(file).file());
    separator = ",\n";
  }
  out += "],\n\"errors\": ";
  Json errors = Json::array();
  for (const workspace::PathMessage& error : report.errors)
    errors.push_back({{"path", error.path}, {"message", error.message}});
  out += dump(errors);
  if (options.statistics) out += ",\n\"statistics\": " + dump(statistics(report));
  const Counts counts = count(report);
  const Json summary = {{"files", report.files.size()},
                        {"error", counts.of(Severity::Error)},
                        {"warning", counts.of(Severity::Warning)},
                        {"information", counts.of(Severity::Information)},
                        {"hint", counts.of(Severity::Hint)}};
  out += ",\n\"summary\": " + dump(summary) + "}\n";
  return out;
}

}  // namespace quaymaster::cli
