#include "features/symbols/symbols.h"

#include <algorithm>

#include "features/symbols/outlines.h"

namespace quaymaster {
namespace {

/// Whether no character of UTF-8 begins with `c`.
bool inside_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

}  // namespace

std::vector<DocumentSymbol> document_symbols(const Analysis& analysis) {
  if (!analysis.model) return {};
  if (const auto* dockerfile = analysis.model->as<DockerfileModel>()) return dockerfile_outline(analysis, *dockerfile);
  if (const auto* compose = analysis.model->as<ComposeModel>()) return compose_outline(analysis, *compose);
  if (const auto* manifests = analysis.model->as<kubernetes::File>()) return kubernetes_outline(analysis, *manifests);
  return {};
}

std::string one_line(const Analysis& analysis, TextRange range) {
  constexpr std::uint32_t kMaxBytes = 80;
  constexpr std::uint32_t kReadBytes = 4 * kMaxBytes;
  const bool all = range.size() <= kReadBytes;
  if (!all) {
    range.end = range.begin + kReadBytes;
    while (range.end > range.begin && inside_character(analysis.source.text[range.end])) --range.end;
  }
  std::string line;
  for (const char c : masked_slice(analysis, range)) {
    const bool blank = c == ' ' || (c >= '\t' && c <= '\r');
    if (!blank)
      line += c;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  }
  if (line.ends_with(' ')) line.pop_back();
  if (all && line.size() <= kMaxBytes) return line;
  std::size_t end = std::min<std::size_t>(line.size(), kMaxBytes);
  while (end > 0 && end < line.size() && inside_character(line[end])) --end;
  return line.substr(0, end) + "…";
}

}  // namespace quaymaster
