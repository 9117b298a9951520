#include "analysis/shellcheck/findings.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "analysis/document_model.h"
#include "analysis/suppression/dockerfile_suppressions.h"
#include "rules/item.h"

namespace quaymaster::shellcheck {
namespace {

constexpr Rule kRule{
    .name = "shellcheck",
    .family = Family::Correctness,
    .title = "ShellCheck has found something in the shell text.",
    .consequence = "What happens stands on the page of the check, in the wiki of ShellCheck.",
    .fine_when = "The page of the check says when.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.severity = Severity::Warning, .languages = Language::Dockerfile}},
    .references = {"https://www.shellcheck.net/wiki/"},
};

/// The place of a comment; of one about a single point the character there.
std::optional<TextRange> range_of(const ShellText& text, Position begin, Position end) {
  const std::optional<std::uint32_t> from = text.offset(begin);
  const std::optional<std::uint32_t> to = text.offset(end);
  if (!from || !to || *to < *from) return std::nullopt;
  return TextRange{*from, *to};
}

TextRange place_of(const ShellText& text, TextRange range) {
  const std::string& bytes = text.source.text.bytes();
  if (range.empty() && range.end < bytes.size() && bytes[range.end] != '\n') do
      ++range.end;
    while (range.end < bytes.size() && (static_cast<unsigned char>(bytes[range.end]) & 0xC0U) == 0x80U);
  return text.source.text.to_file(range);
}

/// All edits, or none at all.
std::vector<Fix> fix_of(const ShellText& text, const Comment& comment) {
  Fix fix{.title = "Repair it as ShellCheck proposes", .applicability = Applicability::Unsafe, .edits = {}};
  for (const Replacement& replacement : comment.replacements) {
    const std::optional<TextRange> range = range_of(text, replacement.begin, replacement.end);
    if (!range) return {};
    std::optional<Edit> edit = text.source.edit(*range, replacement.text);
    if (!edit) return {};
    fix.edits.push_back(std::move(*edit));
  }
  std::sort(fix.edits.begin(), fix.edits.end(), [](const Edit& a, const Edit& b) { return a.range < b.range; });
  for (std::size_t i = 1; i < fix.edits.size(); ++i) {
    const TextRange before = fix.edits[i - 1].range;
    if (before.end > fix.edits[i].range.begin || before.begin == fix.edits[i].range.begin) return {};
  }
  if (fix.edits.empty()) return {};
  fix.caveat = "Quotes and the like change what the shell does: that is the point.";
  return {std::move(fix)};
}

SuppressionSweep suppressions_of(const Analysis& analysis, const SuppressionPolicy& policy) {
  const auto* model = analysis.model->as<DockerfileModel>();
  std::vector<std::uint32_t> stages;
  for (const dockerfile::Stage& stage : model->file.stages)
    stages.push_back(model->file.instructions[stage.first].begin);
  return SuppressionSweep(
      admitted(suppression::find_in_dockerfile(analysis.source.text, model->segments, stages), policy));
}

}  // namespace

CodeSettings::CodeSettings(const std::vector<Layer>& layers) {
  for (const Layer& layer : layers) {
    if (!layer.languages.contains(Language::Dockerfile)) continue;
    for (const std::string& item : layer.ignore)
      if (const std::string code = shellcheck_code(item); !code.empty())
        settings_[code] = {.item = code, .state = RuleSetting::State::Off};
    for (const RuleSetting& setting : layer.rules)
      if (const std::string code = shellcheck_code(setting.item); !code.empty()) settings_[code] = setting;
  }
}

std::optional<Severity> CodeSettings::severity(const std::string& code, Severity own) const {
  const auto found = settings_.find(code);
  if (found == settings_.end()) return own;
  if (found->second.state == RuleSetting::State::Off) return std::nullopt;
  return found->second.severity.value_or(own);
}

const Rule& Rules::of(std::uint32_t code) {
  std::unique_ptr<Entry>& entry = entries_[code];
  if (!entry) {
    entry = std::make_unique<Entry>(Entry{"shellcheck:SC" + std::to_string(code), kRule});
    entry->rule.name = entry->name;
  }
  return entry->rule;
}

Findings findings(const Analysis& analysis, const std::vector<ShellText>& texts, const std::vector<Comment>& comments,
                  const CodeSettings& settings, const SuppressionPolicy& policy, Rules& rules) {
  Findings result;
  if (texts.empty()) return result;
  std::vector<Diagnostic> found;
  for (const Comment& comment : comments) {
    const std::optional<Severity> severity = settings.severity("SC" + std::to_string(comment.code), comment.severity);
    if (!severity || comment.text >= texts.size()) continue;
    const ShellText& text = texts[comment.text];
    const std::optional<TextRange> range = range_of(text, comment.begin, comment.end);
    if (!range) continue;
    const Rule& rule = rules.of(comment.code);
    found.push_back({.rule = &rule,
                     .variant = rule.variants.begin(),
                     .severity = *severity,
                     .range = place_of(text, *range),
                     .message = comment.message,
                     .aliases = {rule.name},
                     .fixes = fix_of(text, comment),
                     .related = {}});
  }
  std::stable_sort(found.begin(), found.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.range, a.rule->name) < std::tie(b.range, b.rule->name);
  });
  SuppressionSweep sweep = suppressions_of(analysis, policy);
  for (Diagnostic& diagnostic : found) {
    if (sweep.silences(diagnostic))
      ++result.suppressed;
    else
      result.diagnostics.push_back(std::move(diagnostic));
  }
  return result;
}

}  // namespace quaymaster::shellcheck
