#include "model/yaml/document_reader.h"

#include <algorithm>
#include <string>
#include <utility>

#include "model/yaml/document_builder.h"

namespace quaymaster::yaml {
namespace {

/// Shorter texts are parsed sooner than a tree pays for its memory: forty bytes for each byte of the text.
constexpr std::size_t kLongText = 64U << 10U;
constexpr std::size_t kKept = 2;

/// The bytes that both begin and end with.
std::size_t common_size(std::string_view a, std::string_view b) {
  const auto begin = static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
  a.remove_prefix(begin);
  b.remove_prefix(begin);
  std::size_t end = 0;
  while (end < a.size() && end < b.size() && a[a.size() - 1 - end] == b[b.size() - 1 - end]) ++end;
  return begin + end;
}

}  // namespace

std::vector<ParsedText>::iterator DocumentReader::base_of(std::string_view text) {
  auto best = kept_.end();
  std::size_t best_size = text.size() / 2;
  for (auto kept = kept_.begin(); kept != kept_.end(); ++kept) {
    const std::size_t size = common_size(kept->text, text);
    if (size <= best_size) continue;
    best = kept;
    best_size = size;
  }
  return best;
}

std::shared_ptr<const Document> DocumentReader::read(std::string_view text) {
  if (text.size() < kLongText) return parse_document(text, parser_);
  const auto base = base_of(text);
  RepairedTree repaired = parse_repaired(text, parser_, base == kept_.end() ? nullptr : &*base);
  std::shared_ptr<const Document> document = DocumentBuilder(text).build(repaired);
  if (!repaired.problems.empty() || !repaired.tree) return document;
  if (base != kept_.end()) kept_.erase(base);
  kept_.insert(kept_.begin(), ParsedText{std::string(text), *std::move(repaired.tree)});
  if (kept_.size() > kKept) kept_.pop_back();
  return document;
}

}  // namespace quaymaster::yaml
