#include "model/yaml/reorder.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "model/yaml/layout.h"
#include "model/yaml/text_lines.h"
#include "model/yaml/value.h"

namespace quaymaster::yaml {
namespace {

struct Member {
  TextRange range;
  const Node* value;
};

std::vector<Member> members_of(const Node& collection) {
  std::vector<Member> members;
  members.reserve(collection.pairs.size() + collection.items.size());
  for (const Pair& pair : collection.pairs) members.push_back({pair.range, pair.value});
  for (const Item& item : collection.items) members.push_back({item.range, item.value});
  return members;
}

bool is_blank_line(std::string_view text, std::uint32_t at) {
  return trimmed(text, {line_begin(text, at), line_end(text, at)}).empty();
}

/// By how much the comment that is alone on the line at `at` is indented; nothing for any other line.
std::optional<std::uint32_t> comment_indent(std::string_view text, std::uint32_t at) {
  const TextRange line{line_begin(text, at), line_end(text, at)};
  const TextRange written = trimmed(text, line);
  if (written.empty() || text[written.begin] != '#') return std::nullopt;
  return written.begin - line.begin;
}

/// Whether the blank lines below the entry belong to its text: `|+`.
bool keeps_blank_lines(std::string_view text, const Node& value) {
  const Node* last = &value;
  while (!last->flow && (!last->pairs.empty() || !last->items.empty()))
    last = last->pairs.empty() ? last->items.back().value : last->pairs.back().value;
  if (last->style != ScalarStyle::Literal && last->style != ScalarStyle::Folded) return false;
  const std::string_view header = slice(text, {last->range.begin, line_end(text, last->range.begin)});
  return header.substr(0, header.find('#')).find('+') != std::string_view::npos;
}

/// The end of the lines of an entry that ends at `end`: behind the comments below it that are indented more deeply.
std::uint32_t end_of_lines(std::string_view text, std::uint32_t end, std::uint32_t indent) {
  std::uint32_t at = next_line(text, end);
  for (std::uint32_t next = at; next < text.size(); next = next_line(text, next)) {
    if (is_blank_line(text, next)) continue;
    if (comment_indent(text, next).value_or(0) <= indent) break;
    at = next_line(text, next);
  }
  return at;
}

/// The first line of an entry below another one that ends at `end`: that of the first comment.
std::uint32_t begin_of_lines(std::string_view text, std::uint32_t end, std::uint32_t line) {
  while (end < line && is_blank_line(text, end)) end = next_line(text, end);
  return end;
}

/// The first of the comment lines that stand right above `line`.
std::uint32_t begin_of_comments(std::string_view text, std::uint32_t line) {
  while (line > 0) {
    const std::uint32_t above = line_begin(text, line - 1);
    if (above == line || !comment_indent(text, above)) break;
    line = above;
  }
  return line;
}

/// The lines of each entry; nothing if they do not have lines of their own.
std::optional<std::vector<TextRange>> lines_of(std::string_view text, const std::vector<Member>& members) {
  std::vector<TextRange> lines;
  lines.reserve(members.size());
  for (const Member& member : members) {
    const TextRange range = member.range;
    if (text[range.begin] == '?' || !begins_line(text, range.begin) || !ends_line(text, range.end)) return std::nullopt;
    if (keeps_blank_lines(text, *member.value)) return std::nullopt;
    const std::uint32_t line = line_begin(text, range.begin);
    const std::uint32_t begin =
        lines.empty() ? begin_of_comments(text, line) : begin_of_lines(text, lines.back().end, line);
    lines.push_back({begin, end_of_lines(text, range.end, range.begin - line)});
  }
  return lines;
}

/// The member that `range` lies in; their number when there is none.
std::size_t member_around(const std::vector<Member>& members, TextRange range) {
  const auto next = std::ranges::upper_bound(members, range.begin, {}, [](const Member& m) { return m.range.begin; });
  if (next == members.begin()) return members.size();
  const auto found = std::prev(next);
  return found->range.contains(range) ? static_cast<std::size_t>(found - members.begin()) : members.size();
}

/// Every node that is written inside of `root`.
template <class Visit>
void visit_nodes(const Node& root, Visit visit) {
  std::vector<const Node*> open{&root};
  while (!open.empty()) {
    const Node& node = *open.back();
    open.pop_back();
    visit(node);
    for (const Pair& pair : node.pairs) open.insert(open.end(), {pair.key, pair.value});
    for (const Item& item : node.items) open.push_back(item.value);
  }
}

/// The anchors in the entries by their names; nothing if two have the same name, so that their order counts.
std::optional<std::unordered_map<std::string_view, const Node*>> anchors_of(const std::vector<Member>& members) {
  std::unordered_map<std::string_view, const Node*> anchors;
  bool repeated = false;
  for (const Member& member : members)
    visit_nodes(*member.value, [&](const Node& node) {
      if (!node.anchor.empty() && !anchors.emplace(node.anchor, &node).second) repeated = true;
    });
  if (repeated) return std::nullopt;
  return anchors;
}

/// Whether each alias still stands below its anchor, and means the same; `place[i]` is where the entry `i` goes.
bool keeps_aliases(const std::vector<Member>& members, const std::vector<std::size_t>& place) {
  const auto anchors = anchors_of(members);
  if (!anchors) return false;
  bool kept = true;
  for (std::size_t from = 0; from < members.size(); ++from)
    visit_nodes(*members[from].value, [&](const Node& node) {
      if (node.kind != Node::Kind::Alias) return;
      const std::size_t to = member_around(members, node.target->range);
      if (to < members.size() && place[to] > place[from]) kept = false;
      const auto anchor = anchors->find(node.text);
      if (anchor != anchors->end() && anchor->second != node.target) kept = false;
    });
  return kept;
}

std::string with_line_ending(std::string_view lines, std::string_view line_ending) {
  return std::string(lines) + (lines.ends_with('\n') || lines.ends_with('\r') ? "" : std::string(line_ending));
}

std::string without_line_ending(std::string lines) {
  if (lines.ends_with('\n')) lines.pop_back();
  if (lines.ends_with('\r')) lines.pop_back();
  return lines;
}

}  // namespace

std::optional<std::vector<Edit>> reorder(const Document& document, const Node& collection,
                                         std::span<const std::size_t> order) {
  if (collection.flow || in_flow(collection)) return std::nullopt;
  const std::vector<Member> members = members_of(collection);
  if (order.size() != members.size()) return std::nullopt;
  if (std::ranges::any_of(collection.pairs, [](const Pair& pair) { return pair.duplicate; })) return std::nullopt;
  const std::string_view text = document.text();
  const std::optional<std::vector<TextRange>> lines = lines_of(text, members);
  if (!lines) return std::nullopt;

  // What stands right above the first key of a document may be about all of it, or be meant for a program.
  const bool first_has_comment = begins_line(text, lines->front().begin) && comment_indent(text, lines->front().begin);
  if (collection.parent == nullptr && order.front() != 0 && first_has_comment) return std::nullopt;

  std::vector<std::size_t> place(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  if (!keeps_aliases(members, place)) return std::nullopt;

  std::vector<Edit> edits;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (order[i] == i) continue;
    const TextRange into = (*lines)[i];
    std::string moved = with_line_ending(slice(text, (*lines)[order[i]]), document.line_ending());
    if (with_line_ending(slice(text, into), document.line_ending()).size() != into.size())
      moved = without_line_ending(std::move(moved));
    edits.push_back(Edit::replacement(into, std::move(moved)));
  }
  return edits;
}

}  // namespace quaymaster::yaml
