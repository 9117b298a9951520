#include "model/yaml/document_builder.h"

#include <algorithm>
#include <unordered_map>

#include "model/yaml/scalar.h"
#include "model/yaml/schema.h"
#include "model/yaml/text_lines.h"

namespace quaymaster::yaml {
namespace {

constexpr std::uint32_t kExpandedValues = 100'000;
constexpr std::uint32_t kLevels = 200;
constexpr std::size_t kProblems = 100;

bool is_value(const syntax::Node& node) { return node.kind() == "block_node" || node.kind() == "flow_node"; }

bool is_pair(const syntax::Node& node) { return node.kind() == "block_mapping_pair" || node.kind() == "flow_pair"; }

/// Trailing comments and blank lines belong to a node of the syntax tree, but not to a value.
std::uint32_t written_end(const Node& node) { return std::max(node.range.end, node.properties.end); }

ScalarStyle style_of(std::string_view kind, std::string_view written) {
  if (kind == "double_quote_scalar") return ScalarStyle::DoubleQuoted;
  if (kind == "single_quote_scalar") return ScalarStyle::SingleQuoted;
  if (kind == "block_scalar") return written.starts_with('>') ? ScalarStyle::Folded : ScalarStyle::Literal;
  return ScalarStyle::Plain;
}

}  // namespace

DocumentBuilder::DocumentBuilder(std::string_view text) : document_(new Document()) { document_->text_ = text; }

std::shared_ptr<const Document> DocumentBuilder::build(const RepairedTree& repaired) && {
  document_->problems_ = repaired.problems;
  if (repaired.tree) read_root(repaired.tree->root());
  if (document_->root_ == nullptr) {
    const auto end = static_cast<std::uint32_t>(document_->text_.size());
    document_->root_ = &add(Node::Kind::Null, {end, end}, nullptr);
  }
  std::ranges::sort(document_->problems_, {}, &Problem::range);
  std::ranges::sort(document_->comments_);
  return std::move(document_);
}

Node& DocumentBuilder::add(Node::Kind kind, TextRange range, const Node* parent) {
  Node& node = document_->nodes_.emplace_back();
  node.kind = kind;
  node.range = range;
  node.properties = {range.begin, range.begin};
  node.parent = parent;
  return node;
}

std::string_view DocumentBuilder::text_of(const syntax::Node& node) const {
  return slice(document_->text_, node.range());
}

void DocumentBuilder::report(Problem::Kind kind, TextRange range, std::string name) {
  if (document_->problems_.size() < kProblems) document_->problems_.push_back({kind, range, std::move(name)});
}

void DocumentBuilder::note_comment(const syntax::Node& node) {
  if (node.kind() == "comment") document_->comments_.push_back(node.range());
}

DocumentBuilder::Extent DocumentBuilder::read_root(const syntax::Node& root) {
  Extent extent;
  std::vector<syntax::Node> open{root};
  while (!open.empty() && document_->root_ == nullptr) {
    const syntax::Node outer = open.back();
    open.pop_back();
    const std::vector<syntax::Node> children = outer.children();
    if (outer.error() && std::ranges::any_of(children, is_pair)) {
      // Nothing holds the tree together any more: the pairs that were recognised are better than nothing.
      Node& mapping = add(Node::Kind::Mapping, outer.range(), nullptr);
      document_->root_ = &mapping;
      read_mapping(mapping, children, 1, extent);
      return extent;
    }
    for (const syntax::Node& child : children) {
      note_comment(child);
      if (document_->root_ == nullptr && is_value(child) && !outer.error())
        document_->root_ = read(child, child.range().begin, nullptr, 1, extent);
    }
    for (auto child = children.rbegin(); child != children.rend(); ++child)
      if (child->kind() == "document" || child->error()) open.push_back(*child);
  }
  return extent;
}

DocumentBuilder::Parts DocumentBuilder::parts_of(const syntax::Node& wrapper) {
  Parts parts;
  for (const syntax::Node& child : wrapper.children()) {
    const std::string_view kind = child.kind();
    if (kind == "tag")
      parts.tag = child;
    else if (kind == "anchor")
      parts.anchor = child;
    else if (kind == "comment")
      note_comment(child);
    else if (child.named() && !child.error() && parts.content.null())
      parts.content = child;
  }
  return parts;
}

const Node* DocumentBuilder::read(const syntax::Node& wrapper, std::uint32_t empty_at, const Node* parent,
                                  std::uint32_t depth, Extent& extent) {
  if (wrapper.null()) return &add(Node::Kind::Null, {empty_at, empty_at}, parent);
  const Parts parts = parts_of(wrapper);
  const std::uint32_t end = wrapper.range().end;
  Node& node =
      add(Node::Kind::Null,
          parts.content.null() ? TextRange{end, end} : trimmed(document_->text_, parts.content.range()), parent);
  if (!parts.tag.null()) node.tag = text_of(parts.tag);
  if (!parts.anchor.null()) node.anchor = text_of(parts.anchor).substr(1);
  if (!parts.tag.null() || !parts.anchor.null()) {
    const TextRange first = parts.tag.null() ? parts.anchor.range() : parts.tag.range();
    node.properties = cover(first, parts.anchor.null() ? first : parts.anchor.range());
  }
  Anchored* anchored = nullptr;
  if (!node.anchor.empty()) {
    anchored = &anchors_[node.anchor];
    *anchored = {&node, {}, true};
  }
  if (depth > kLevels) {
    report(Problem::Kind::TooDeep, {node.range.begin, std::min(node.range.begin + 1, node.range.end)});
  } else if (!parts.content.null()) {
    read_content(node, parts.content, depth, extent);
  } else if (node.tag == "!!str" || node.tag == "!") {
    node.kind = Node::Kind::Scalar;
  }
  if (anchored != nullptr && anchored->node == &node) {
    anchored->extent = extent;
    anchored->open = false;
  }
  return &node;
}

void DocumentBuilder::read_content(Node& node, const syntax::Node& content, std::uint32_t depth, Extent& extent) {
  const std::string_view kind = content.kind();
  if (kind == "block_mapping" || kind == "flow_mapping") {
    node.kind = Node::Kind::Mapping;
    node.flow = kind == "flow_mapping";
    read_mapping(node, content.children(), depth, extent);
  } else if (kind == "block_sequence" || kind == "flow_sequence") {
    node.kind = Node::Kind::Sequence;
    node.flow = kind == "flow_sequence";
    read_sequence(node, content, depth, extent);
  } else if (kind == "alias") {
    read_alias(node, content, depth, extent);
  } else {
    read_scalar(node, content);
  }
}

void DocumentBuilder::read_alias(Node& node, const syntax::Node& content, std::uint32_t depth, Extent& extent) {
  node.text = text_of(content).substr(1);
  const auto found = anchors_.find(node.text);
  if (found == anchors_.end()) return report(Problem::Kind::UndefinedAlias, node.range, node.text);
  const Anchored& anchored = found->second;
  if (anchored.open) return report(Problem::Kind::AliasCycle, node.range, node.text);
  if (anchored.extent.values > kExpandedValues - expanded_ || depth + anchored.extent.height > kLevels) {
    // One such alias explains the others.
    if (!too_many_values_) report(Problem::Kind::TooManyValues, node.range, node.text);
    too_many_values_ = true;
    return;
  }
  expanded_ += anchored.extent.values;
  extent = anchored.extent;
  const Node* target = anchored.node;
  if (target->kind == Node::Kind::Null) return;
  node.kind = Node::Kind::Alias;
  node.target = target;
}

void DocumentBuilder::read_scalar(Node& node, const syntax::Node& content) {
  const std::string_view written = text_of(content);
  node.kind = Node::Kind::Scalar;
  node.style = style_of(content.kind(), written);
  if (node.style == ScalarStyle::Plain && line_end(written, 0) == written.size()) {
    node.text = written;
    if (is_null_word(written) && node.tag != "!!str") node.kind = Node::Kind::Null;
  } else {
    node.text = mapped_scalar(*document_, node).bytes();
  }
}

void DocumentBuilder::read_mapping(Node& node, const std::vector<syntax::Node>& children, std::uint32_t depth,
                                   Extent& extent) {
  for (const syntax::Node& child : children) {
    note_comment(child);
    if (is_pair(child)) {
      read_pair(node, child, depth, extent);
    } else if (is_value(child)) {  // `{a, b}`: keys without values
      Extent key;
      Extent value;
      Pair pair;
      pair.range = child.range();
      pair.key = read(child, pair.range.begin, &node, depth + 1, key);
      pair.value = read({}, pair.range.end, &node, depth + 1, value);
      node.pairs.push_back(pair);
      extent.values += 2;
    }
  }
  if (!node.pairs.empty()) {
    extent.height = std::max(extent.height, 2U);
    if (!node.flow) node.range = {node.pairs.front().range.begin, node.pairs.back().range.end};
  }
  find_duplicates(node);
}

void DocumentBuilder::read_pair(Node& mapping, const syntax::Node& pair, std::uint32_t depth, Extent& extent) {
  syntax::Node key;
  syntax::Node value;
  bool behind_colon = false;
  std::uint32_t empty_at = pair.range().begin;
  for (const syntax::Node& child : pair.children()) {
    note_comment(child);
    if (child.kind() == ":") {
      behind_colon = true;
      empty_at = child.range().end;
    } else if (is_value(child)) {
      (behind_colon ? value : key) = child;
      if (!behind_colon) empty_at = child.range().end;
    }
  }
  Extent key_extent;
  Extent value_extent;
  Pair read_in;
  read_in.key = read(key, pair.range().begin, &mapping, depth + 1, key_extent);
  read_in.value = read(value, empty_at, &mapping, depth + 1, value_extent);
  read_in.range = {pair.range().begin, std::max(empty_at, written_end(*read_in.value))};
  mapping.pairs.push_back(read_in);
  // Saturation is not needed: what aliases add is limited, and the rest is text.
  extent.values += key_extent.values + value_extent.values;
  extent.height = std::max(extent.height, 1 + std::max(key_extent.height, value_extent.height));
}

void DocumentBuilder::read_sequence(Node& node, const syntax::Node& content, std::uint32_t depth, Extent& extent) {
  for (const syntax::Node& child : content.children()) {
    note_comment(child);
    Extent item_extent;
    Item item;
    item.range = child.range();
    if (child.kind() == "block_sequence_item") {
      syntax::Node value;
      for (const syntax::Node& part : child.children()) {
        note_comment(part);
        if (is_value(part)) value = part;
      }
      item.value = read(value, item.range.begin + 1, &node, depth + 1, item_extent);
      item.range.end = std::max(item.range.begin + 1, written_end(*item.value));
    } else if (child.kind() == "flow_node") {
      item.value = read(child, item.range.begin, &node, depth + 1, item_extent);
    } else if (child.kind() == "flow_pair") {  // `[a: b]`: a mapping without braces
      Node& mapping = add(Node::Kind::Mapping, item.range, &node);
      mapping.flow = true;
      if (depth < kLevels) read_pair(mapping, child, depth + 1, item_extent);
      item.value = &mapping;
    } else {
      continue;
    }
    node.items.push_back(item);
    extent.values += item_extent.values;
    extent.height = std::max(extent.height, 1 + item_extent.height);
  }
  if (!node.flow && !node.items.empty()) node.range = {node.items.front().range.begin, node.items.back().range.end};
}

void DocumentBuilder::find_duplicates(Node& mapping) {
  std::unordered_map<std::string_view, const Pair*> seen;
  for (Pair& pair : mapping.pairs) {
    if (pair.key->kind != Node::Kind::Scalar) continue;
    const auto [first, is_new] = seen.try_emplace(pair.key->text, &pair);
    if (is_new) continue;
    pair.duplicate = true;
    report(Problem::Kind::DuplicateKey, pair.key->range, pair.key->text);
    if (document_->problems_.back().range == pair.key->range)
      document_->problems_.back().related = first->second->key->range;
  }
}

}  // namespace quaymaster::yaml
