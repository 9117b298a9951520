#include "cli/report_fixture.h"

#include <utility>

#include "support/fixture.h"

namespace quaymaster::tests {

cli::Report report_of(std::string_view marked, const std::string& path) {
  static const RuleSet rules = built_in_rules();
  const Fixture fixture(marked);
  cli::Report report;
  cli::CheckedFile file{path, {}};
  file.analysis.source = {path, Language::Dockerfile, fixture.text};
  for (const TextRange range : fixture.ranges) {
    Diagnostic finding;
    finding.rule = rules.find("floating-image-tag");
    finding.variant = finding.rule->variants.begin();
    finding.range = range;
    finding.message = "something is wrong";
    file.analysis.diagnostics.push_back(std::move(finding));
  }
  report.files.push_back(std::move(file));
  return report;
}

Diagnostic& first(cli::Report& report) { return report.files.front().analysis.diagnostics.front(); }

}  // namespace quaymaster::tests
