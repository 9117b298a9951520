#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "cli/formats/documentation.h"
#include "cli/formats/format.h"
#include "cli/formats/places.h"

namespace quaymaster::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string_view severity_of(Severity severity) {
  switch (severity) {
    case Severity::Error: return "ERROR";
    case Severity::Warning: return "WARNING";
    case Severity::Information:
    case Severity::Hint: return "INFO";
  }
  return {};
}

Json range_of(const Place& at) {
  Json range;
  range["start"]["line"] = at.line;
  range["start"]["column"] = at.column;
  range["end"]["line"] = at.end_line;
  range["end"]["column"] = at.end_column;
  return range;
}

/// What a reviewer may accept with a click: a suggestion replaces one range, so a fix with several edits is none.
Json suggestions_of(const Diagnostic& finding, const Analysis& analysis, const Places& places) {
  Json suggestions = Json::array();
  for (const Fix& fix : finding.fixes) {
    if (fix.applicability == Applicability::DisplayOnly || fix.edits.size() != 1) continue;
    const Edit& edit = fix.edits.front();
    // A masked text must not be written into the file.
    if (masked_text(edit, analysis) != edit.text) continue;
    Json suggestion;
    suggestion["range"] = range_of(places.of(edit.range));
    suggestion["text"] = edit.text;
    suggestions.push_back(std::move(suggestion));
  }
  return suggestions;
}

Json diagnostic(const Diagnostic& finding, const CheckedFile& file, const Places& places) {
  Json out;
  out["message"] = finding.message;
  out["location"]["path"] = file.path;
  out["location"]["range"] = range_of(places.of(finding.range));
  out["severity"] = severity_of(finding.severity);
  out["code"]["value"] = code_of(finding);
  if (const std::string url = documentation_url(finding); !url.empty()) out["code"]["url"] = url;
  Json related = Json::array();
  for (const RelatedPlace& place : finding.related) {
    Json entry;
    entry["message"] = place.message;
    entry["location"]["path"] = file.path;
    entry["location"]["range"] = range_of(places.of(place.range));
    related.push_back(std::move(entry));
  }
  if (!related.empty()) out["related_locations"] = std::move(related);
  Json suggestions = suggestions_of(finding, file.analysis, places);
  if (!suggestions.empty()) out["suggestions"] = std::move(suggestions);
  return out;
}

}  // namespace

std::string format_rdjson(const Report& report, const FormatOptions&) {
  Json root;
  root["source"]["name"] = "quaymaster";
  root["diagnostics"] = Json::array();
  for (const CheckedFile& file : report.files) {
    // Its columns count bytes.
    const Places places(file.analysis, PositionEncoding::Utf8);
    for (const Diagnostic& finding : file.analysis.diagnostics)
      root["diagnostics"].push_back(diagnostic(finding, file, places));
  }
  return root.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace quaymaster::cli
