#include "features/selection/candidates.h"
#include "model/yaml/value.h"

namespace quaymaster {
namespace {

/// Adds the ranges of a value, with and without quotes, tag and anchor.
void add_value(const yaml::Document& document, const yaml::Node& node, std::uint32_t begin,
               std::vector<TextRange>& ranges) {
  if (node.kind == yaml::Node::Kind::Scalar)
    ranges.push_back(yaml::Value(document, node).content_range().shifted(begin));
  ranges.push_back(node.range.shifted(begin));
  if (!node.properties.empty()) ranges.push_back(cover(node.properties, node.range).shifted(begin));
}

}  // namespace

void add_yaml_candidates(const PlacedDocument& placed, std::uint32_t offset, std::vector<TextRange>& ranges) {
  const yaml::Document& document = *placed.document;
  const auto size = static_cast<std::uint32_t>(document.text().size());
  if (offset < placed.begin || offset > placed.begin + size) return;
  const std::uint32_t at = offset - placed.begin;
  ranges.push_back(TextRange{placed.begin, placed.begin + size});
  const yaml::Node* node = document.root().node();
  while (node != nullptr) {
    add_value(document, *node, placed.begin, ranges);
    const yaml::Node* next = nullptr;
    for (const yaml::Pair& pair : node->pairs) {
      if (!pair.range.touches(at)) continue;
      ranges.push_back(pair.range.shifted(placed.begin));
      add_value(document, *pair.key, placed.begin, ranges);
      next = pair.value;
    }
    for (const yaml::Item& item : node->items) {
      if (!item.range.touches(at)) continue;
      ranges.push_back(item.range.shifted(placed.begin));
      next = item.value;
    }
    node = next;
  }
}

}  // namespace quaymaster
