#include <algorithm>
#include <vector>

#include "model/yaml/edit.h"
#include "model/yaml/layout.h"
#include "model/yaml/text_lines.h"

namespace quaymaster::yaml {
namespace {

/// A pair or an item, in what it is an entry of.
struct Member {
  const Node* collection;
  std::size_t index;
};

std::size_t size_of(const Node& collection) { return std::max(collection.pairs.size(), collection.items.size()); }

TextRange range_of(const Node& collection, std::size_t index) {
  return collection.kind == Node::Kind::Mapping ? collection.pairs[index].range : collection.items[index].range;
}

const Node& value_of(const Member& member) {
  return member.collection->kind == Node::Kind::Mapping ? *member.collection->pairs[member.index].value
                                                        : *member.collection->items[member.index].value;
}

/// The entry of a written collection that `range` begins in, or begins behind; entries are in order of the text.
std::optional<Member> entry_around(const Node& collection, TextRange range) {
  std::size_t first = 0;
  std::size_t behind = size_of(collection);
  while (first < behind) {
    const std::size_t middle = first + (behind - first) / 2;
    if (range_of(collection, middle).begin <= range.begin)
      first = middle + 1;
    else
      behind = middle;
  }
  if (first == 0) return std::nullopt;
  return Member{&collection, first - 1};
}

/// The entry that the collection is the value of; nothing for the root.
std::optional<Member> entry_of(const Node& collection) {
  if (collection.parent == nullptr) return std::nullopt;
  const std::optional<Member> entry = entry_around(*collection.parent, collection.range);
  return entry && &value_of(*entry) == &collection ? entry : std::nullopt;
}

/// Whether something inside has an anchor, which an alias elsewhere may need.
bool has_anchor(const Member& member) {
  std::vector<const Node*> open{&value_of(member)};
  if (member.collection->kind == Node::Kind::Mapping) open.push_back(member.collection->pairs[member.index].key);
  while (!open.empty()) {
    const Node& node = *open.back();
    open.pop_back();
    if (!node.anchor.empty()) return true;
    for (const Pair& pair : node.pairs) open.insert(open.end(), {pair.key, pair.value});
    for (const Item& item : node.items) open.push_back(item.value);
  }
  return false;
}

std::optional<Edit> remove_flow(const Member& member) {
  const TextRange range = range_of(*member.collection, member.index);
  if (member.index + 1 < size_of(*member.collection))
    return Edit::deletion({range.begin, range_of(*member.collection, member.index + 1).begin});
  return Edit::deletion({range_of(*member.collection, member.index - 1).end, range.end});
}

/// Where the terminator of the line before the one that begins at `line` begins; `line` if there is no such line.
std::uint32_t terminator_before(std::string_view text, std::uint32_t line) {
  if (slice(text, {0, line}).ends_with("\r\n")) return line - 2;
  const bool has_line_before = line > 0 && (text[line - 1] == '\n' || text[line - 1] == '\r');
  return has_line_before ? line - 1 : line;
}

std::optional<Edit> remove_block(std::string_view text, const Member& member) {
  const TextRange range = range_of(*member.collection, member.index);
  if (text[range.begin] == '?' || !ends_line(text, range.end)) return std::nullopt;
  if (!begins_line(text, range.begin)) {  // behind the dash of an item: the next entry moves up
    if (member.index + 1 == size_of(*member.collection)) return std::nullopt;
    const std::uint32_t next = range_of(*member.collection, member.index + 1).begin;
    if (!trimmed(text, {line_end(text, range.end), next}).empty()) return std::nullopt;
    return Edit::deletion({range.begin, next});
  }
  const std::uint32_t begin = line_begin(text, range.begin);
  // Of the last line, which has no terminator, the one before it goes.
  const bool terminated = line_end(text, range.end) < text.size();
  return Edit::deletion({terminated ? begin : terminator_before(text, begin), next_line(text, range.end)});
}

/// Whether a line of `range` is a comment and nothing else: it may say why, and nobody would see it go.
bool holds_comment_line(const Document& document, TextRange range) {
  const std::vector<TextRange>& comments = document.comments();
  const auto first = std::ranges::lower_bound(comments, range.begin, {}, &TextRange::begin);
  return std::any_of(first, comments.end(), [&](TextRange comment) {
    return comment.begin < range.end && begins_line(document.text(), comment.begin);
  });
}

std::optional<Edit> remove(const Document& document, Member member) {
  while (size_of(*member.collection) == 1) {
    const std::optional<Member> outer = entry_of(*member.collection);
    if (!outer) return std::nullopt;
    member = *outer;
  }
  if (has_anchor(member)) return std::nullopt;
  const bool flow = member.collection->flow || in_flow(*member.collection);
  std::optional<Edit> edit = flow ? remove_flow(member) : remove_block(document.text(), member);
  if (edit && holds_comment_line(document, edit->range)) return std::nullopt;
  return edit;
}

bool same_text(const Document& document, const Node& node, TextRange range) {
  return node.range == range || Value(document, node).content_range() == range;
}

/// The child of `node` that `range` lies in, or null.
const Node* child_around(const Node& node, TextRange range) {
  const std::optional<Member> entry = entry_around(node, range);
  return entry && value_of(*entry).range.contains(range) ? &value_of(*entry) : nullptr;
}

}  // namespace

std::optional<Edit> remove_pair(const Place& place, std::string_view key) {
  if (place.shared || place.mapping == nullptr || place.mapping->kind != Node::Kind::Mapping) return std::nullopt;
  for (std::size_t i = 0; i < place.mapping->pairs.size(); ++i)
    if (place.mapping->pairs[i].name() == key) return remove(*place.document, {place.mapping, i});
  return std::nullopt;
}

std::optional<Edit> remove_at(const Document& document, TextRange range) {
  for (const Node* node = document.root().node(); node != nullptr; node = child_around(*node, range)) {
    const std::optional<Member> entry = entry_around(*node, range);
    if (!entry) return std::nullopt;
    const Node& named =
        node->kind == Node::Kind::Mapping ? *node->pairs[entry->index].key : *node->items[entry->index].value;
    if (range_of(*node, entry->index) == range || same_text(document, named, range)) return remove(document, *entry);
  }
  return std::nullopt;
}

Value value_at(const Document& document, TextRange range) {
  for (const Node* node = document.root().node(); node != nullptr; node = child_around(*node, range)) {
    if (node->kind == Node::Kind::Alias) break;
    if (same_text(document, *node, range)) return {document, *node};
  }
  return {};
}

}  // namespace quaymaster::yaml
