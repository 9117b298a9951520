#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "cli/fingerprint.h"
#include "cli/formats/format.h"
#include "cli/formats/places.h"

namespace quaymaster::cli {
namespace {

std::string_view severity_of(Severity severity) {
  switch (severity) {
    case Severity::Error: return "critical";
    case Severity::Warning: return "major";
    case Severity::Information: return "minor";
    case Severity::Hint: return "info";
  }
  return {};
}

}  // namespace

std::string format_gitlab(const Report& report, const FormatOptions&) {
  using Json = nlohmann::ordered_json;
  Json issues = Json::array();
  for (const CheckedFile& file : report.files) {
    const Places places(file.analysis, PositionEncoding::Utf32);
    const std::vector<std::string> fingerprints = fingerprints_of(file, file.path);
    for (std::size_t i = 0; i < fingerprints.size(); ++i) {
      const Diagnostic& finding = file.analysis.diagnostics[i];
      const Place at = places.of(finding.range);
      Json issue;
      issue["description"] = finding.message;
      issue["check_name"] = code_of(finding);
      issue["fingerprint"] = fingerprints[i];
      issue["severity"] = severity_of(finding.severity);
      issue["location"]["path"] = file.path;
      issue["location"]["lines"]["begin"] = at.line;
      issue["location"]["lines"]["end"] = at.end_line;
      issues.push_back(std::move(issue));
    }
  }
  return issues.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace quaymaster::cli
