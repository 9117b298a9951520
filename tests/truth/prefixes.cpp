#include "truth/prefixes.h"

#include <algorithm>
#include <random>
#include <type_traits>
#include <variant>

#include "analysis/document_model.h"
#include "rules/unused_suppression_item.h"
#include "syntax/dockerfile_segments.h"
#include "syntax/yaml_documents.h"
#include "text/utf8.h"

namespace quaymaster::tests {
namespace {

/// Only the rules that look at a segment and its context, not at the file as a whole.
RuleSet segment_rules(Language language) {
  const auto sees_the_file = [language](const Check& check) {
    return std::visit(
        [language]<class Node>(CheckFunction<Node>) {
          if constexpr (std::is_same_v<Node, container::Container>) return language == Language::Dockerfile;
          return std::is_same_v<Node, dockerfile::File> || std::is_same_v<Node, dockerfile::BuildFile> ||
                 std::is_same_v<Node, kubernetes::File> || std::is_same_v<Node, rules::KubernetesInWorkspace> ||
                 std::is_same_v<Node, UnusedSuppressionItem>;
        },
        check);
  };
  std::vector<const Rule*> rules;
  for (const Rule* rule : built_in_rules())
    if (std::ranges::none_of(rule->checks, sees_the_file)) rules.push_back(rule);
  return RuleSet(std::move(rules));
}

bool between_characters(std::string_view text, std::uint32_t at) {
  return at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
}

std::string problems_of_ranges(const Analysis& analysis) {
  const std::string& text = analysis.source.text;
  const bool utf8 = is_utf8(text);
  std::string out;
  for (const Diagnostic& diagnostic : analysis.diagnostics) {
    const TextRange range = diagnostic.range;
    if (range.begin > range.end || range.end > text.size())
      out += "a range outside of the text: " + code_of(diagnostic) + "\n";
    else if (utf8 && (!between_characters(text, range.begin) || !between_characters(text, range.end)))
      out += "a range that cuts a character: " + code_of(diagnostic) + "\n";
  }
  return out;
}

std::vector<TextRange> segments_of(Language language, std::string_view text) {
  if (language != Language::Dockerfile) return syntax::yaml_documents(text);
  std::vector<TextRange> result;
  for (const syntax::DockerfileSegment& segment : syntax::dockerfile_segments(text).segments)
    result.push_back(segment.range);
  return result;
}

/// Whether the segment at `segment` means the same in both: always so in YAML; in a Dockerfile when what is known of
/// the file around it is.
bool same_meaning(const Analysis& a, const Analysis& b, TextRange segment) {
  const auto* left = a.model->as<DockerfileModel>();
  const auto* right = b.model->as<DockerfileModel>();
  if (left == nullptr || right == nullptr) return true;
  const auto placed = [segment](const DockerfileModel& model) {
    const auto found = std::ranges::lower_bound(model.file.instructions, segment.begin, {}, &dockerfile::Placed::begin);
    return found == model.file.instructions.end() || found->begin != segment.begin ? nullptr : &*found;
  };
  const dockerfile::Placed* one = placed(*left);
  const dockerfile::Placed* other = placed(*right);
  // Both were made with one cache, in which equal contexts are one object.
  return one != nullptr && other != nullptr && one->context == other->context;
}

std::vector<Diagnostic> findings_in(const Analysis& analysis, TextRange segment) {
  std::vector<Diagnostic> result;
  for (const Diagnostic& diagnostic : analysis.diagnostics)
    if (segment.begin <= diagnostic.range.begin && diagnostic.range.end <= segment.end &&
        diagnostic.range.begin < segment.end)
      result.push_back(diagnostic);
  return result;
}

}  // namespace

std::string analyze_prefixes(std::string_view path, Language language, std::string_view text,
                             std::span<const std::uint32_t> cuts) {
  const Analyzer analyzer(segment_rules(language));
  Selection everything;
  everything.preset = "all";
  const Settings settings = resolve(analyzer.rules(), everything).settings;
  AnalysisCache cache;
  const std::vector<TextRange> whole = segments_of(language, text);
  std::string out;
  int round = 0;
  for (const std::uint32_t cut : cuts) {
    const std::string where = std::string(path) + ", the first " + std::to_string(cut) + " bytes: ";
    const std::string prefix(text.substr(0, cut));
    const Analysis analysis = analyzer.analyze({std::string(path), language, prefix}, settings, &cache);
    if (const std::string problems = problems_of_ranges(analysis); !problems.empty()) out += where + problems;

    std::vector<TextRange> segments = segments_of(language, prefix);
    if (segments.empty()) continue;
    segments.pop_back();
    // A heredoc whose end is cut off has no body: what is in it are instructions, for as long as it is open.
    std::size_t same = 0;
    while (same < segments.size() && same < whole.size() && segments[same] == whole[same]) ++same;
    const bool open_heredoc = same < segments.size() && prefix.find("<<") != std::string::npos;
    if (same < segments.size() && !open_heredoc) out += where + "other segments than in the whole\n";

    const std::uint32_t begin = segments.empty() ? 0 : segments.back().end;
    const Analysis shorter = analyzer.analyze({std::string(path), language, prefix.substr(0, begin)}, settings, &cache);
    for (std::size_t i = 0; i < same; ++i)
      if (same_meaning(shorter, analysis, segments[i]) &&
          findings_in(shorter, segments[i]) != findings_in(analysis, segments[i]))
        out += where + "other findings in segment " + std::to_string(i) + "\n";
    if (++round % 8 == 0 &&
        analyzer.analyze({std::string(path), language, prefix}, settings).diagnostics != analysis.diagnostics)
      out += where + "cached differs from fresh\n";
  }
  return out;
}

std::vector<std::uint32_t> line_cuts(std::string_view text) {
  std::vector<std::uint32_t> cuts;
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1))
    cuts.push_back(static_cast<std::uint32_t>(at + 1));
  return cuts;
}

std::vector<std::uint32_t> byte_cuts(std::string_view text) {
  std::vector<std::uint32_t> cuts(text.size());
  for (std::uint32_t i = 0; i < cuts.size(); ++i) cuts[i] = i + 1;
  return cuts;
}

std::vector<std::uint32_t> random_cuts(std::string_view text, std::size_t number, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<std::uint32_t> cuts;
  for (std::size_t i = 0; i < number; ++i) cuts.push_back(static_cast<std::uint32_t>(random() % (text.size() + 1)));
  return cuts;
}

}  // namespace quaymaster::tests
