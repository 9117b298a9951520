#include "features/rule_page/example_text.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "analysis/example_options.h"
#include "features/rule_page/markdown.h"
#include "quaymaster/analyzer.h"
#include "text/line_index.h"

namespace quaymaster {
namespace {

/// `marked` without `<|`, `|>` and `<|>`.
std::string without_marks(std::string_view marked) {
  std::string out;
  while (!marked.empty()) {
    if (marked.starts_with("<|>")) {
      marked.remove_prefix(3);
    } else if (marked.starts_with("<|") || marked.starts_with("|>")) {
      marked.remove_prefix(2);
    } else {
      out += marked.front();
      marked.remove_prefix(1);
    }
  }
  return out;
}

/// "line 3, `node`: message".
std::string describe(const Analysis& analysis, const LineIndex& lines, const Diagnostic& finding) {
  constexpr std::uint32_t kLongestQuote = 60;
  const Position at = lines.position(analysis.source.text, finding.range.begin, PositionEncoding::Utf8);
  std::string out = "line " + std::to_string(at.line + 1);
  const std::string_view marked = slice(analysis.source.text, finding.range);
  if (!marked.empty() && marked.size() <= kLongestQuote && marked.find('\n') == std::string_view::npos)
    out += ", " + inline_code(masked_slice(analysis, finding.range));
  return out + ": " + finding.message;
}

/// `text` with the lines that no page can show cut.
std::string with_short_lines(std::string_view text) {
  constexpr std::size_t kLongestLine = 400;
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out += text.substr(0, std::min(end, kLongestLine));
    if (end > kLongestLine) out += "…";
    if (end < text.size()) out += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace

AnalysedExample analyse_example(const Rule& rule, const Example& example,
                                const SurroundingsOfExample& surroundings_of) {
  AnalysedExample result;
  result.text = without_marks(example.before);
  const std::optional<Language> language = detect_language(example.path, result.text);
  result.language = language && *language != Language::Dockerfile ? "yaml" : "dockerfile";
  if (!language) return result;

  std::vector<const Rule*> rules{&rule};
  if (!example.also.empty()) rules.push_back(built_in_rules().find(example.also));
  const Analyzer analyzer{RuleSet(rules)};
  Layer layer = options_from(rule, example.options);
  layer.presets = {"all"};
  const Settings settings = resolve_layers(analyzer.rules(), {std::move(layer)}).settings;
  std::shared_ptr<const Surroundings> surroundings = surroundings_of ? surroundings_of(example) : nullptr;
  const Analysis analysis =
      analyzer.analyze({std::string(example.path), *language, result.text, std::move(surroundings)}, settings);
  const LineIndex lines(analysis.source.text);
  for (const Diagnostic& finding : analysis.diagnostics) {
    if (finding.rule != &rule) continue;
    result.findings.push_back(describe(analysis, lines, finding));
    if (finding.fixes.empty()) continue;
    const Fix& fix = finding.fixes.front();
    OfferedFix offered{fix.title, std::string(to_string(fix.applicability)), fix.caveat};
    if (std::ranges::find(result.fixes, offered) == result.fixes.end()) result.fixes.push_back(std::move(offered));
  }
  result.text = with_short_lines(result.text);
  return result;
}

}  // namespace quaymaster
