#include "features/completion/schema_keys.h"

#include "syntax/yaml_documents.h"

namespace quaymaster {
namespace {

std::string kinds_of(schema::Kinds kinds) {
  std::string out;
  const auto add = [&](bool holds, std::string_view word) {
    if (holds) out += (out.empty() ? "" : " or ") + std::string(word);
  };
  add(kinds.has(schema::Kind::String), "string");
  add(kinds.has(schema::Kind::Number) || kinds.has(schema::Kind::Integer), "number");
  add(kinds.has(schema::Kind::Boolean), "true/false");
  add(kinds.has(schema::Kind::Sequence), "list");
  add(kinds.has(schema::Kind::Mapping), "mapping");
  return out;
}

SchemaKey::Shape shape_of(schema::Node node) {
  const schema::Kinds kinds = node.kinds();
  if (kinds.empty() || kinds.has_scalar()) return SchemaKey::Shape::Scalar;
  if (!kinds.has(schema::Kind::Mapping)) return SchemaKey::Shape::Sequence;
  // A list of names, or a mapping from names to what is said of them: mostly a list.
  const bool names = kinds.has(schema::Kind::Sequence) && node.other().kinds().has(schema::Kind::Mapping);
  return names ? SchemaKey::Shape::Sequence : SchemaKey::Shape::Mapping;
}

}  // namespace

std::vector<SchemaKey> schema_keys(schema::Node mapping) {
  std::vector<SchemaKey> keys;
  for (const schema::Property& property : mapping.properties())
    if (!property.deprecated)
      keys.push_back({property.name, kinds_of(property.value.kinds()), shape_of(property.value)});
  return keys;
}

CompletionItem key_item(const SchemaKey& key, const SketchPlace& place, bool dash) {
  CompletionItem item{.label = std::string(key.name), .kind = CompletionItem::Kind::Key, .detail = key.detail};
  const std::string front = dash ? "- " : "";
  item.text = front + item.label;
  if (place.colon_follows) return item;
  const bool scalar = key.shape == SchemaKey::Shape::Scalar || place.flow;
  const std::string begin = front + escaped_for_snippet(item.label) + ":";
  const std::string row = "\n" + std::string(place.column + front.size() + 2, ' ');
  item.text += scalar ? ": " : ":";
  if (scalar)
    item.snippet = begin + " $0";
  else
    item.snippet = begin + row + (key.shape == SchemaKey::Shape::Sequence ? "- $0" : "$0");
  return item;
}

void separate(std::vector<CompletionItem>& items, const SketchPlace& place) {
  if (!place.needs_blank) return;
  for (CompletionItem& item : items) {
    item.text.insert(0, 1, ' ');
    if (!item.snippet.empty()) item.snippet.insert(0, 1, ' ');
  }
}

TextRange document_at(std::string_view text, std::uint32_t offset) {
  for (const TextRange document : syntax::yaml_documents(text))
    if (offset < document.end || document.end == text.size()) return document;
  return {0, static_cast<std::uint32_t>(text.size())};
}

}  // namespace quaymaster
