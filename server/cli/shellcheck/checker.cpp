#include "cli/shellcheck/checker.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <tuple>
#include <variant>
#include <vector>

#include "cli/shellcheck/program.h"

namespace quaymaster::cli {

std::optional<std::string> ShellChecker::look_at(CheckedFile& file,
                                                 const workspace::Configuration& configuration) const {
  const std::string& wanted = program_.empty() ? configuration.shellcheck : program_;
  if (wanted.empty()) return std::nullopt;
  const std::vector<shellcheck::ShellText> texts = shellcheck::shell_texts(file.analysis);
  if (texts.empty()) return std::nullopt;
  const std::string program = find_program(wanted, search_path_);
  if (program.empty()) return "ShellCheck was asked for, and there is no program " + wanted;
  ShellCheckAnswer answer = run_shellcheck(program, texts);
  if (auto* problem = std::get_if<std::string>(&answer)) return std::move(*problem);

  file.shellcheck = std::make_shared<shellcheck::Rules>();
  shellcheck::Findings found =
      findings(file.analysis, texts, std::get<std::vector<shellcheck::Comment>>(answer),
               shellcheck::CodeSettings(configuration.layers), configuration.settings.suppressions(), *file.shellcheck);
  std::vector<Diagnostic>& all = file.analysis.diagnostics;
  std::move(found.diagnostics.begin(), found.diagnostics.end(), std::back_inserter(all));
  std::stable_sort(all.begin(), all.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.range, a.rule->name, a.variant->name) < std::tie(b.range, b.rule->name, b.variant->name);
  });
  file.analysis.suppressed += found.suppressed;
  return std::nullopt;
}

}  // namespace quaymaster::cli
