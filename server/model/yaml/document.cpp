#include "model/yaml/document.h"

#include <algorithm>

#include "model/yaml/document_builder.h"
#include "model/yaml/repair.h"
#include "model/yaml/value.h"

namespace quaymaster::yaml {
namespace {

bool within(TextRange range, std::uint32_t offset) { return range.touches(offset); }

/// The value of the pair or item of `node` that `offset` is at; null when there is none.
const Node* child_at(const Node& node, std::uint32_t offset) {
  for (const Pair& pair : node.pairs)
    if (within(pair.range, offset)) return within(pair.key->range, offset) ? pair.key : pair.value;
  for (const Item& item : node.items)
    if (within(item.range, offset)) return item.value;
  return nullptr;
}

}  // namespace

TextRange Pair::key_range() const { return key->range; }

const std::string& Pair::name() const {
  static const std::string kNone;
  const Node* scalar = key->kind == Node::Kind::Alias ? key->target : key;
  return scalar->kind == Node::Kind::Scalar ? scalar->text : kNone;
}

Value Document::root() const { return root_ == nullptr ? Value() : Value(*this, *root_); }

std::string_view Document::line_ending() const {
  constexpr std::size_t kExaminedLines = 100;
  std::size_t breaks = 0;
  std::size_t with_return = 0;
  for (std::size_t at = text_.find('\n'); at != std::string::npos && breaks < kExaminedLines;
       at = text_.find('\n', at + 1)) {
    ++breaks;
    if (at > 0 && text_[at - 1] == '\r') ++with_return;
  }
  return 2 * with_return > breaks ? "\r\n" : "\n";
}

std::shared_ptr<const Document> parse_document(std::string_view text, syntax::Parser& parser) {
  return DocumentBuilder(text).build(parse_repaired(text, parser));
}

std::vector<const Node*> path_at(const Document& document, std::uint32_t offset) {
  std::vector<const Node*> path;
  const Node* node = document.root().node();
  while (node != nullptr && within(node->range, offset)) {
    path.push_back(node);
    node = child_at(*node, offset);
  }
  if (node != nullptr && !path.empty()) path.push_back(node);
  return path;
}

std::optional<TextRange> outermost_entry_in(const Document& document, TextRange range) {
  const auto starts_in = [&](TextRange entry) { return range.begin <= entry.begin && entry.begin < range.end; };
  const Node* node = document.root().node();
  while (node != nullptr) {
    const Node* next = nullptr;
    for (const Pair& pair : node->pairs) {
      if (starts_in(pair.range)) return pair.range;
      if (pair.range.begin < range.begin && range.begin < pair.range.end) next = pair.value;
    }
    for (const Item& item : node->items) {
      if (starts_in(item.range)) return item.range;
      if (item.range.begin < range.begin && range.begin < item.range.end) next = item.value;
    }
    node = next;
  }
  return std::nullopt;
}

}  // namespace quaymaster::yaml
