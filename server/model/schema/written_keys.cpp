#include "model/schema/written_keys.h"

#include "model/yaml/value.h"

namespace quaymaster::schema {
namespace {

bool within(TextRange range, std::uint32_t offset) { return range.begin <= offset && offset <= range.end; }

/// The part of `node` that `offset` is in, with the schema moved on to it; null at the end of the way.
const yaml::Node* step_into(const yaml::Node& node, std::uint32_t offset, Node& about) {
  for (const yaml::Pair& pair : node.pairs) {
    if (!within(pair.range, offset)) continue;
    about = about.value_of(pair.name());
    return pair.value;
  }
  for (const yaml::Item& item : node.items) {
    if (!within(item.range, offset)) continue;
    about = about.item();
    return item.value;
  }
  return nullptr;
}

}  // namespace

std::optional<WrittenKey> key_at(const yaml::Document& document, std::uint32_t offset, Node root) {
  return key_at(document.root(), offset, root);
}

std::optional<WrittenKey> key_at(const yaml::Value& value, std::uint32_t offset, Node about) {
  const yaml::Node* node = value.node();
  while (node != nullptr && about.present()) {
    for (const yaml::Pair& pair : node->pairs) {
      if (!within(pair.key_range(), offset)) continue;
      const std::optional<Property> property = about.property(pair.name());
      if (!property) return std::nullopt;
      return WrittenKey{pair.key_range(), *property};
    }
    node = step_into(*node, offset, about);
  }
  return std::nullopt;
}

}  // namespace quaymaster::schema
