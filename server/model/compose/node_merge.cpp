#include "model/compose/node_merge.h"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <utility>

#include "model/compose/merge_rules.h"
#include "model/yaml/aliases.h"
#include "model/yaml/value.h"

namespace quaymaster::compose {
namespace {

using yaml::Node;
using Kind = Node::Kind;

/// Paths that matter have three keys at most.
constexpr int kPathDepth = 3;

/// `!reset` and `!override` say that nothing is merged.
bool stands_by_itself(const Node& node) { return node.tag == "!reset" || node.tag == "!override"; }

std::string joined(std::string_view path, std::string_view key, int depth) {
  if (depth >= kPathDepth || (depth > 0 && path.empty())) return {};
  return path.empty() ? std::string(key) : std::string(path) + '.' + std::string(key);
}

}  // namespace

Node& NodeMerge::make(Kind kind, const Node& written) {
  Node& node = nodes_.emplace_back();
  node.kind = kind;
  node.flow = written.flow;
  node.range = node.properties = written.range;
  node.properties.end = node.properties.begin;
  node.parent = written.parent;
  if (kind == Kind::Mapping || kind == Kind::Sequence) node.target = &written;
  return node;
}

/// A text as a list of one.
const Node& NodeMerge::as_list(const Node& node) {
  if (node.kind == Kind::Sequence) return node;
  Node& list = make(Kind::Sequence, node);
  if (node.kind == Kind::Scalar) list.items.push_back({node.range, &node});
  for (const yaml::Entry& entry : yaml::Value(document_, node).entries()) {
    Node& key = make(Kind::Scalar, node);
    key.range = entry.key_range;
    key.text = entry.key;
    Node& pair = make(Kind::Mapping, *entry.value.node());
    pair.range = entry.range;
    pair.target = nullptr;
    pair.pairs.push_back({entry.range, &key, entry.value.node()});
    list.items.push_back({entry.range, &pair});
  }
  return list;
}

/// A list of names as a mapping of nothing by those names; the text of `build` as its context.
const Node& NodeMerge::as_mapping(const Node& node, std::string_view path) {
  if (node.kind == Kind::Mapping) return node;
  Node& mapping = make(Kind::Mapping, node);
  const auto add = [&](const Node& key, const Node& value, TextRange range) {
    mapping.pairs.push_back({range, &key, &value});
  };
  if (node.kind == Kind::Scalar) {
    Node& key = make(Kind::Scalar, node);
    key.range.end = key.range.begin;
    key.text = path == "build" ? "context" : node.text;
    add(key, node, node.range);
  }
  for (const yaml::Item& item : node.items) {
    const Node& name = followed(*item.value);
    if (name.kind != Kind::Scalar) continue;
    Node& nothing = make(Kind::Null, name);
    nothing.range.begin = nothing.range.end;
    add(name, nothing, name.range);
  }
  return mapping;
}

const Node* NodeMerge::values(const Node& own, const Node& base, std::string_view path, int depth) {
  if (stands_by_itself(own) || is_replaced(path)) return &own;
  const bool text_or_list = is_list_or_text(path) && own.kind != Kind::Mapping && base.kind != Kind::Mapping;
  if (own.kind == Kind::Mapping && base.kind == Kind::Mapping) {
    const yaml::Value own_driver = yaml::Value(document_, own).get("driver");
    const yaml::Value base_driver = yaml::Value(document_, base).get("driver");
    if (path == "logging" && own_driver && base_driver && own_driver.string() != base_driver.string()) return &own;
    return mappings(own, base, path, depth);
  }
  if (own.kind == Kind::Sequence && base.kind == Kind::Sequence) return lists(own, base, path);
  if (text_or_list || (is_assignments(path) && (own.kind == Kind::Sequence || base.kind == Kind::Sequence)))
    return lists(as_list(own), as_list(base), path);
  if (is_names(path) || path == "build") {
    const bool readable = own.kind != Kind::Null && base.kind != Kind::Null && own.kind != base.kind;
    if (readable) return mappings(as_mapping(own, path), as_mapping(base, path), path, depth);
  }
  return &own;
}

const Node* NodeMerge::mappings(const Node& own, const Node& base, std::string_view path, int depth) {
  const yaml::Value own_value(document_, own);
  Node& merged = make(Kind::Mapping, own);
  merged.tag = own.tag;
  merged.anchor = own.anchor;
  merged.properties = own.properties;
  merged.pairs = own.pairs;
  if (own.target != nullptr) merged.target = own.target;
  for (const yaml::Entry& entry : yaml::Value(document_, base).entries()) {
    const std::optional<yaml::Entry> mine = own_value.entry(entry.key);
    if (!mine || entry.value.node() == nullptr) continue;
    const Node* result = mine->value.is_null() ? entry.value.node()
                                               : values(*mine->value.node(), *entry.value.node(),
                                                        joined(path, entry.key, depth), depth + 1);
    if (result == mine->value.node()) continue;
    const bool inherited = mine->value.is_null() || mine->shared || mine->value.shared();
    if (inherited) {
      Node& alias = make(Kind::Alias, *result);
      alias.target = result;
      result = &alias;
    }
    const auto written = std::ranges::find_if(
        merged.pairs, [&](const yaml::Pair& pair) { return !pair.duplicate && pair.name() == entry.key; });
    if (written != merged.pairs.end()) {
      written->value = result;
      continue;
    }
    Node& key = make(Kind::Scalar, own);
    key.range = mine->key_range;
    key.text = entry.key;
    merged.pairs.push_back({mine->range, &key, result});
  }
  Node& key = make(Kind::Scalar, own);
  key.range.begin = key.range.end;
  key.text = "<<";
  merged.pairs.push_back({key.range, &key, &base});
  return &merged;
}

const Node* NodeMerge::lists(const Node& own, const Node& base, std::string_view path) {
  Node& merged = make(Kind::Sequence, own);
  const auto key_of = [&](const yaml::Item& item) {
    const yaml::Value value(document_, *item.value);
    const std::vector<yaml::Entry> entries = is_assignments(path) ? value.entries() : std::vector<yaml::Entry>();
    return entries.empty() ? item_key(path, value) : std::string(entries.front().key);
  };
  std::unordered_set<std::string> replaced;
  for (const yaml::Item& item : own.items)
    if (std::string key = key_of(item); !key.empty()) replaced.insert(std::move(key));
  for (const yaml::Item& item : base.items) {
    if (replaced.contains(key_of(item))) continue;
    Node& alias = make(Kind::Alias, *item.value);
    alias.target = &followed(*item.value);
    merged.items.push_back({item.range, &alias});
  }
  merged.items.insert(merged.items.end(), own.items.begin(), own.items.end());
  return &merged;
}

}  // namespace quaymaster::compose
