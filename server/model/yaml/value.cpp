#include "model/yaml/value.h"

#include <algorithm>
#include <unordered_set>

#include "model/yaml/aliases.h"
#include "model/yaml/schema.h"

namespace quaymaster::yaml {
namespace {

/// The mappings that the merge key `pair` brings, earlier ones first.
std::vector<const Node*> merged_mappings(const Pair& pair) {
  std::vector<const Node*> mappings;
  const auto add = [&](const Node& node) {
    if (const Node& mapping = followed(node); mapping.kind == Node::Kind::Mapping) mappings.push_back(&mapping);
  };
  const Node& value = followed(*pair.value);
  add(value);
  for (const Item& item : value.items) add(*item.value);
  return mappings;
}

Entry entry_of(const Document& document, const Pair& pair, bool shared) {
  return {pair.name(), pair.key_range(), pair.range, Value(document, *pair.value, shared), shared};
}

bool is_entry(const Pair& pair) { return !pair.duplicate && !pair.name().empty() && !is_merge(*pair.key); }

std::optional<Entry> find(const Document& document, const Node& mapping, std::string_view key, bool shared) {
  for (const Pair& pair : mapping.pairs)
    if (is_entry(pair) && pair.name() == key) return entry_of(document, pair, shared);
  for (const Pair& pair : mapping.pairs) {
    if (!is_merge(*pair.key)) continue;
    for (const Node* merged : merged_mappings(pair))
      if (std::optional<Entry> entry = find(document, *merged, key, true)) return entry;
  }
  return std::nullopt;
}

struct Collector {
  const Document& document;
  std::vector<Entry> entries = {};
  std::unordered_set<std::string_view> seen = {};

  void add(const Node& mapping, bool shared) {
    for (const Pair& pair : mapping.pairs)
      if (is_entry(pair) && seen.insert(pair.name()).second) entries.push_back(entry_of(document, pair, shared));
    for (const Pair& pair : mapping.pairs)
      if (is_merge(*pair.key))
        for (const Node* merged : merged_mappings(pair)) add(*merged, true);
  }
};

}  // namespace

Value::Value(const Document& document, const Node& node, bool shared)
    : document_(&document), node_(&followed(node)), shared_(shared || node.kind == Node::Kind::Alias) {}

TextRange Value::content_range() const {
  TextRange inner = range();
  if (!is_scalar() || (node_->style != ScalarStyle::SingleQuoted && node_->style != ScalarStyle::DoubleQuoted))
    return inner;
  const char quote = node_->style == ScalarStyle::SingleQuoted ? '\'' : '"';
  if (inner.size() > 1 && document_->text()[inner.end - 1] == quote) --inner.end;
  ++inner.begin;
  return inner;
}

Place Value::place() const {
  // A merged mapping knows the written one that it stands for.
  const Node* written = node_->target != nullptr ? node_->target : node_;
  return {document_->shared_from_this(), written, shared_};
}

Value Value::get(std::string_view key) const {
  const std::optional<Entry> found = entry(key);
  return found ? found->value : Value();
}

Value Value::get(std::initializer_list<std::string_view> path) const {
  Value value = *this;
  for (const std::string_view key : path) value = value.get(key);
  return value;
}

std::optional<Entry> Value::entry(std::string_view key) const {
  return is_mapping() ? find(*document_, *node_, key, shared_) : std::nullopt;
}

std::vector<Entry> Value::entries() const {
  if (!is_mapping()) return {};
  Collector collector{*document_};
  collector.add(*node_, shared_);
  return std::move(collector.entries);
}

std::vector<Element> Value::items() const {
  std::vector<Element> elements;
  if (!is_sequence()) return elements;
  elements.reserve(node_->items.size());
  for (const Item& item : node_->items)
    elements.push_back({item.range, Value(*document_, *item.value, shared_), shared_});
  return elements;
}

std::optional<std::string_view> Value::string() const {
  if (!is_scalar()) return std::nullopt;
  return node_->text;
}

std::optional<std::int64_t> Value::integer() const {
  if (!is_scalar() || node_->style != ScalarStyle::Plain || node_->tag == "!!str") return std::nullopt;
  return core_integer(node_->text);
}

std::optional<bool> Value::boolean() const {
  if (!is_scalar() || node_->style != ScalarStyle::Plain || node_->tag == "!!str") return std::nullopt;
  return core_boolean(node_->text);
}

std::optional<bool> Value::boolean_1_1() const {
  if (!is_scalar() || node_->style != ScalarStyle::Plain || node_->tag == "!!str") return std::nullopt;
  return yaml::boolean_1_1(node_->text);
}

}  // namespace quaymaster::yaml
