#include <string>

#include "cli/formats/format.h"
#include "cli/formats/places.h"
#include "cli/formats/xml.h"

namespace quaymaster::cli {
namespace {

/// A test that passed, so that a clean file is seen to have been looked at.
std::string clean_case(const CheckedFile& file) {
  return "    <testcase" + xml_attribute("classname", file.path) + xml_attribute("name", "no findings") + "/>\n";
}

std::string failed_case(const CheckedFile& file, const Diagnostic& finding, const Place& at) {
  const std::string line = std::to_string(at.line);
  return "    <testcase" + xml_attribute("classname", file.path) +
         xml_attribute("name", code_of(finding) + " (line " + line + ", column " + std::to_string(at.column) + ")") +
         xml_attribute("file", file.path) + xml_attribute("line", line) + ">\n      <failure" +
         xml_attribute("type", to_string(finding.severity)) + xml_attribute("message", finding.message) +
         "/>\n    </testcase>\n";
}

std::string suite(const CheckedFile& file) {
  const Places places(file.analysis, PositionEncoding::Utf32);
  const std::size_t findings = file.analysis.diagnostics.size();
  const std::string tests = std::to_string(findings == 0 ? 1 : findings);
  std::string out = "  <testsuite" + xml_attribute("name", file.path) + xml_attribute("tests", tests) +
                    xml_attribute("failures", std::to_string(findings)) + xml_attribute("errors", "0") + ">\n";
  if (findings == 0) out += clean_case(file);
  for (const Diagnostic& finding : file.analysis.diagnostics)
    out += failed_case(file, finding, places.of(finding.range));
  return out + "  </testsuite>\n";
}

std::string error_suite(const workspace::PathMessage& error) {
  return "  <testsuite" + xml_attribute("name", error.path) + xml_attribute("tests", "1") +
         xml_attribute("failures", "0") + xml_attribute("errors", "1") + ">\n    <testcase" +
         xml_attribute("classname", error.path) + xml_attribute("name", "could not be read") + ">\n      <error" +
         xml_attribute("message", error.message) + "/>\n    </testcase>\n  </testsuite>\n";
}

}  // namespace

std::string format_junit(const Report& report, const FormatOptions&) {
  std::size_t tests = report.errors.size();
  std::size_t failures = 0;
  std::string suites;
  for (const CheckedFile& file : report.files) {
    const std::size_t findings = file.analysis.diagnostics.size();
    tests += findings == 0 ? 1 : findings;
    failures += findings;
    suites += suite(file);
  }
  for (const workspace::PathMessage& error : report.errors) suites += error_suite(error);
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + xml_attribute("name", "quaymaster") +
         xml_attribute("tests", std::to_string(tests)) + xml_attribute("failures", std::to_string(failures)) +
         xml_attribute("errors", std::to_string(report.errors.size())) + ">\n" + suites + "</testsuites>\n";
}

}  // namespace quaymaster::cli
