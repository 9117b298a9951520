#include <string>
#include <string_view>

#include "cli/formats/format.h"
#include "cli/formats/places.h"
#include "cli/formats/xml.h"

namespace quaymaster::cli {
namespace {

std::string_view severity_of(Severity severity) {
  switch (severity) {
    case Severity::Error: return "error";
    case Severity::Warning: return "warning";
    case Severity::Information:
    case Severity::Hint: return "info";
  }
  return {};
}

}  // namespace

std::string format_checkstyle(const Report& report, const FormatOptions&) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"8.0\">\n";
  for (const CheckedFile& file : report.files) {
    if (file.analysis.diagnostics.empty()) continue;
    const Places places(file.analysis, PositionEncoding::Utf32);
    out += "  <file" + xml_attribute("name", file.path) + ">\n";
    for (const Diagnostic& finding : file.analysis.diagnostics) {
      const Place at = places.of(finding.range);
      out += "    <error" + xml_attribute("line", std::to_string(at.line)) +
             xml_attribute("column", std::to_string(at.column)) +
             xml_attribute("severity", severity_of(finding.severity)) + xml_attribute("message", finding.message) +
             xml_attribute("source", "quaymaster." + code_of(finding)) + "/>\n";
    }
    out += "  </file>\n";
  }
  return out + "</checkstyle>\n";
}

}  // namespace quaymaster::cli
