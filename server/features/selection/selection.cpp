#include "features/selection/selection.h"

#include <algorithm>

#include "features/selection/candidates.h"

namespace quaymaster {
namespace {

bool is_word_byte(char c) {
  return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

TextRange word_around(std::string_view text, std::uint32_t at) {
  TextRange word{at, at};
  while (word.begin > 0 && is_word_byte(text[word.begin - 1])) --word.begin;
  while (word.end < text.size() && is_word_byte(text[word.end])) ++word.end;
  return word;
}

std::vector<TextRange> selection_ranges(const Analysis& analysis, std::uint32_t offset) {
  const std::string_view text = analysis.source.text;
  const auto size = static_cast<std::uint32_t>(text.size());
  offset = std::min(offset, size);
  std::vector<TextRange> candidates = {word_around(text, offset), {0, size}};
  if (analysis.model) {
    if (const auto* dockerfile = analysis.model->as<DockerfileModel>())
      add_dockerfile_candidates(*dockerfile, offset, candidates);
    for (const PlacedDocument& placed : yaml_documents_of(*analysis.model))
      add_yaml_candidates(placed, offset, candidates);
  }
  std::ranges::stable_sort(candidates, {}, &TextRange::size);
  std::vector<TextRange> chain;
  for (const TextRange range : candidates) {
    if (!range.touches(offset) || range.end > size || (range.empty() && size > 0)) continue;
    if (chain.empty() || (range.contains(chain.back()) && range != chain.back())) chain.push_back(range);
  }
  return chain;
}

}  // namespace quaymaster
