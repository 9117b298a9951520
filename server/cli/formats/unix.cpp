#include <string>

#include "cli/formats/format.h"
#include "cli/formats/places.h"
#include "cli/terminal_text.h"

namespace quaymaster::cli {

std::string format_unix(const Report& report, const FormatOptions&) {
  std::string out;
  for (const CheckedFile& file : report.files) {
    const Places places(file.analysis, PositionEncoding::Utf32);
    const std::string path = visible(file.path);
    for (const Diagnostic& finding : file.analysis.diagnostics) {
      const Place at = places.of(finding.range);
      out += path + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + ": " + visible(finding.message) +
             " [" + std::string(to_string(finding.severity)) + "/" + code_of(finding) + "]\n";
    }
  }
  return out;
}

}  // namespace quaymaster::cli
