#include <algorithm>
#include <string>

#include "model/yaml/edit.h"
#include "model/yaml/layout.h"
#include "model/yaml/text_lines.h"

namespace quaymaster::yaml {
namespace {

/// Whether a new line may follow the value: it ends on a line that nothing else shares, and no other mapping or
/// sequence would put its new entries there.
bool is_anchor(std::string_view text, const Node& value, std::uint32_t entry_end) {
  const bool block_scalar =
      value.kind == Node::Kind::Scalar && (value.style == ScalarStyle::Literal || value.style == ScalarStyle::Folded);
  const bool block =
      block_scalar || (!value.flow && (value.kind == Node::Kind::Mapping || value.kind == Node::Kind::Sequence));
  return !block && !value.range.empty() && ends_line(text, entry_end);
}

Edit claimed(Edit edit, std::string_view claim) {
  edit.claim = claim;
  return edit;
}

/// A new entry of a block collection: behind the last entry that allows it, or before the first.
template <class Entry>
Edit block_entry(std::string_view text, const std::vector<Entry>& entries, const std::string& entry,
                 const Layout& layout) {
  const std::uint32_t first = entries.front().range.begin;
  const std::string new_line = std::string(layout.line_ending) + std::string(column(text, first), ' ');
  for (auto last = entries.rbegin(); last != entries.rend(); ++last)
    if (is_anchor(text, *last->value, last->range.end))
      return Edit::insertion(line_end(text, last->range.end), new_line + entry);
  return Edit::insertion(first, entry + new_line);
}

/// A new entry of a collection in braces or brackets. `entry` is on one line.
template <class Entry>
std::optional<Edit> flow_entry(std::string_view text, const Node& node, const std::vector<Entry>& entries,
                               const std::string& entry, std::string_view claim) {
  const char open = text[node.range.begin];
  if ((open != '{' && open != '[') || node.range.size() < 2) return std::nullopt;
  if (entries.empty()) {
    const TextRange inside{node.range.begin + 1, node.range.end - 1};
    if (!trimmed(text, inside).empty()) return std::nullopt;
    return claimed(Edit::insertion(inside.begin, entry), std::string(1, open));
  }
  if (entries.back().value->range.empty()) return std::nullopt;
  return claimed(Edit::insertion(entries.back().range.end, ", " + entry), claim);
}

/// The innermost value that the last line of `node` belongs to.
const Node& last_value(const Node& node) {
  const Node* at = &node;
  while (!at->flow && (!at->pairs.empty() || !at->items.empty()))
    at = at->pairs.empty() ? at->items.back().value : at->pairs.back().value;
  return *at;
}

/// A new pair at the end of the document's own mapping, where nothing that is indented can go. Nothing if the line
/// before it is not its own, or has no terminator.
std::optional<Edit> document_entry(std::string_view text, const Node& root, const std::string& pair,
                                   const Layout& layout) {
  const Node& last = last_value(root);
  const bool block_scalar = last.style == ScalarStyle::Literal || last.style == ScalarStyle::Folded;
  if (root.parent != nullptr || column(text, root.range.begin) != 0 || block_scalar) return std::nullopt;
  if (is_anchor(text, *root.pairs.back().value, root.range.end)) return std::nullopt;
  if (!ends_line(text, root.range.end) || line_end(text, root.range.end) == text.size()) return std::nullopt;
  return Edit::insertion(next_line(text, root.range.end), pair + std::string(layout.line_ending));
}

bool writes_json(const Node& mapping) {
  return !mapping.pairs.empty() && mapping.pairs.back().key->style == ScalarStyle::DoubleQuoted;
}

/// Where a path leads as far as it exists, and the keys that are left.
struct Reached {
  const Node* node;
  std::span<const std::string_view> rest;
};

std::optional<Reached> follow(const Document& document, const Node* node, std::span<const std::string_view> path) {
  while (!path.empty() && node->kind == Node::Kind::Mapping) {
    const std::optional<Entry> entry = Value(document, *node).entry(path.front());
    if (!entry) break;
    if (entry->shared || entry->value.shared()) return std::nullopt;
    node = entry->value.node();
    path = path.subspan(1);
  }
  return Reached{node, path};
}

/// The value inside of mappings with the keys of `path`, outermost first.
NewValue wrapped(std::span<const std::string_view> path, NewValue value) {
  for (auto key = path.rbegin(); key != path.rend(); ++key)
    value = NewValue::mapping({{std::string(*key), std::move(value)}});
  return value;
}

/// Gives a null behind a key of a block mapping a value.
std::optional<Edit> fill(const Document& document, const Node& null, const NewValue& value, std::string_view claim) {
  const std::string_view text = document.text();
  if (null.parent == nullptr || null.parent->kind != Node::Kind::Mapping || in_flow(null)) return std::nullopt;
  const Layout layout = layout_of(document);
  const std::uint32_t by = value.kind == NewValue::Kind::Sequence ? layout.sequence_offset : layout.step;
  const std::string filling = block_text(value, column(text, null.parent->range.begin) + by, layout);
  const bool one_line = filling.find('\n') == std::string::npos;
  if (!null.range.empty()) {
    std::uint32_t begin = null.range.begin;
    while (begin > 0 && text[begin - 1] == ' ') --begin;
    if (!one_line && !trimmed(text, {null.range.end, line_end(text, null.range.end)}).empty()) return std::nullopt;
    return claimed(Edit::replacement({begin, null.range.end}, filling), claim);
  }
  if (!ends_line(text, null.range.begin)) return std::nullopt;
  const std::uint32_t at = one_line ? null.range.begin : line_end(text, null.range.begin);
  return claimed(Edit::insertion(at, filling), claim);
}

std::optional<Edit> insert_pair(const Document& document, const Node& mapping, std::string_view key,
                                const NewValue& value) {
  const std::string_view text = document.text();
  if (mapping.flow || in_flow(mapping))
    return flow_entry(text, mapping, mapping.pairs, flow_pair(key, value, writes_json(mapping)), key);
  if (mapping.pairs.empty()) return std::nullopt;
  const Layout layout = layout_of(document);
  const std::string pair = block_pair(key, value, column(text, mapping.range.begin), layout);
  if (std::optional<Edit> edit = document_entry(text, mapping, pair, layout)) return claimed(*std::move(edit), key);
  return claimed(block_entry(text, mapping.pairs, pair, layout), key);
}

std::optional<Edit> append_item(const Document& document, const Node& sequence, const NewValue& item) {
  const std::string_view text = document.text();
  if (sequence.flow || in_flow(sequence)) {
    const bool json = !sequence.items.empty() && sequence.items.back().value->style == ScalarStyle::DoubleQuoted;
    const std::string entry = flow_text(item, json);
    return flow_entry(text, sequence, sequence.items, entry, entry);
  }
  if (sequence.items.empty()) return std::nullopt;
  const Layout layout = layout_of(document);
  const std::string entry = block_item(item, column(text, sequence.range.begin), layout);
  return claimed(block_entry(text, sequence.items, entry, layout), entry);
}

std::optional<Edit> insert_at(const Document& document, const Reached& reached, const NewValue& value) {
  if (reached.node->kind == Node::Kind::Null) {
    const std::string_view claim = reached.rest.empty() ? std::string_view("value") : reached.rest.front();
    return fill(document, *reached.node, wrapped(reached.rest, value), claim);
  }
  if (reached.node->kind != Node::Kind::Mapping || reached.rest.empty()) return std::nullopt;
  return insert_pair(document, *reached.node, reached.rest.front(), wrapped(reached.rest.subspan(1), value));
}

}  // namespace

std::optional<Edit> insert(const Place& place, std::span<const std::string_view> path, const NewValue& value) {
  if (place.shared || place.mapping == nullptr || path.empty()) return std::nullopt;
  const std::optional<Reached> reached = follow(*place.document, place.mapping, path);
  return reached ? insert_at(*place.document, *reached, value) : std::nullopt;
}

std::optional<Edit> insert(const Place& place, std::initializer_list<std::string_view> path, const NewValue& value) {
  return insert(place, std::span(path.begin(), path.size()), value);
}

std::optional<Edit> append(const Place& place, std::initializer_list<std::string_view> path, const NewValue& item) {
  if (place.shared || place.mapping == nullptr || path.size() == 0) return std::nullopt;
  const std::optional<Reached> reached = follow(*place.document, place.mapping, std::span(path.begin(), path.size()));
  if (!reached) return std::nullopt;
  if (reached->node->kind == Node::Kind::Sequence && reached->rest.empty())
    return append_item(*place.document, *reached->node, item);
  return insert_at(*place.document, *reached, NewValue::sequence({item}));
}

}  // namespace quaymaster::yaml
