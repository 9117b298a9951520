#include "features/completion/yaml_sketch.h"

#include <algorithm>

#include "model/yaml/text_lines.h"

namespace quaymaster {
namespace {

using Role = SketchPlace::Role;
using Kind = SketchNode::Kind;

constexpr std::size_t kMaxDepth = 100;

bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// Reads rows one after the other.
class Scanner {
 public:
  Scanner(std::string_view text, TextRange range, std::uint32_t cursor, std::vector<SketchNode>& nodes,
          SketchPlace& place)
      : text_(text), range_(range), cursor_(cursor), nodes_(nodes), place_(place) {
    nodes_.emplace_back();
    block_.push_back(0);
  }

  void scan() {
    for (std::uint32_t at = range_.begin; at < range_.end; at = yaml::next_line(text_, at))
      row(std::max(at, yaml::line_begin(text_, at)), std::min(yaml::line_end(text_, at), range_.end));
    const bool behind_break =
        range_.end == range_.begin || text_[range_.end - 1] == '\n' || text_[range_.end - 1] == '\r';
    if (cursor_ == range_.end && behind_break && !seen_) row(cursor_, cursor_);
  }

 private:
  /// An open bracket: what stands in it belongs to `node`.
  struct Open {
    std::size_t node = 0;
    bool mapping = false;
    std::optional<std::size_t> key = {};  ///< whose value is expected or was read
    bool expects = true;                  ///< something may begin here
  };

  [[nodiscard]] bool at_cursor(std::uint32_t begin, std::uint32_t end) const {
    return cursor_in_row_ && begin <= cursor_ && cursor_ <= end;
  }
  [[nodiscard]] std::uint32_t skip_blanks(std::uint32_t at) const {
    while (at < end_ && is_blank(text_[at])) ++at;
    return at;
  }
  [[nodiscard]] std::uint32_t column_of(std::uint32_t at) const { return at - begin_; }
  [[nodiscard]] bool is_comment(std::uint32_t at) const {
    return at < end_ && text_[at] == '#' && (at == begin_ || is_blank(text_[at - 1]));
  }

  void row(std::uint32_t begin, std::uint32_t end) {
    begin_ = begin;
    end_ = end;
    cursor_in_row_ = begin <= cursor_ && cursor_ <= end;
    seen_ = seen_ || cursor_in_row_;
    const std::uint32_t at = skip_blanks(begin);
    const std::uint32_t indent = column_of(at);
    if (scalar_indent_) {
      const bool cursor_outside = at == end && cursor_in_row_ && column_of(cursor_) <= *scalar_indent_;
      if (!cursor_outside && (at == end || indent > *scalar_indent_)) return;
      if (!cursor_outside) scalar_indent_.reset();
    }
    if (!open_.empty() && (at == end || indent > flow_indent_ || text_[at] == ']' || text_[at] == '}'))
      return flow(begin);
    if (at == end) {
      if (cursor_in_row_) empty_row();
      return;
    }
    open_.clear();
    if (is_comment(at) || slice(text_, {at, end}).starts_with("---")) return;
    block(at);
  }

  void empty_row() {
    const std::uint32_t column = column_of(cursor_);
    std::size_t depth = block_.size();
    while (depth > 1 && nodes_[block_[depth - 1]].column >= column) --depth;
    start({cursor_, cursor_}, block_[depth - 1], column, true);
  }

  /// The cursor is where a value begins in the block of `parent`.
  void start(TextRange word, std::size_t parent, std::uint32_t column, bool own_row) {
    if (!nodes_[parent].value.empty()) return;  // it has a scalar, which goes on here
    for (std::size_t i = parent + 1; own_row && i < nodes_.size(); ++i)
      if (nodes_[i].parent == parent && nodes_[i].column != column) return;
    place_ = {.role = Role::Start, .parent = parent, .word = word, .column = column, .own_row = own_row};
  }

  std::size_t add(SketchNode node) {
    nodes_.push_back(node);
    return nodes_.size() - 1;
  }

  void leave(std::uint32_t column, bool for_item) {
    while (block_.size() > 1) {
      const SketchNode& top = nodes_[block_.back()];
      const bool stays =
          for_item ? top.column < column || (top.column == column && top.kind == Kind::Key) : top.column < column;
      if (stays) return;
      block_.pop_back();
    }
  }

  void enter(std::size_t node) {
    if (block_.size() < kMaxDepth) block_.push_back(node);
  }

  void block(std::uint32_t at) {
    const std::uint32_t first = at;
    while (at < end_ && text_[at] == '-' && (at + 1 == end_ || is_blank(text_[at + 1]))) {
      leave(column_of(at), true);
      const std::uint32_t dash = at;
      enter(add({Kind::Item, block_.back(), column_of(at), false, {}, {at, at + 1}, {}}));
      at = skip_blanks(at + 1);
      if (at < end_) continue;
      if (at_cursor(dash + 1, at)) {
        start({cursor_, cursor_}, block_.back(), column_of(cursor_), false);
        place_.needs_blank = cursor_ == dash + 1;
      }
      return;
    }
    const bool own_row = at == first;
    const std::uint32_t colon = key_end(at);
    if (colon == end_) {
      scalar_or_key(at, own_row);
      return;
    }
    leave(column_of(at), false);
    const TextRange key = unquoted({at, colon});
    if (at_cursor(at, colon)) {
      start(key, block_.back(), column_of(at), own_row);
      if (place_.role == Role::Start) place_.role = Role::Key;
      place_.colon_follows = true;
      place_.quoted = key.begin != at;
    }
    const std::size_t node = add({Kind::Key, block_.back(), column_of(at), false, slice(text_, key), key, {}});
    enter(node);
    value(colon + 1, node);
  }

  /// Something without a colon: the value of an item, a key that is being typed, or the rest of a scalar.
  void scalar_or_key(std::uint32_t at, bool own_row) {
    leave(column_of(at), false);
    const std::size_t parent = block_.back();
    const bool plain = std::string_view("[{\"'|>&*!#").find(text_[at]) == std::string_view::npos;
    if (!plain) return value(at, parent);
    const TextRange scalar = plain_scalar(at);
    if (at_cursor(at, scalar.end)) start(scalar, parent, column_of(at), own_row);
    if (nodes_[parent].kind == Kind::Item && !own_row) nodes_[parent].value = scalar;
  }

  [[nodiscard]] TextRange plain_scalar(std::uint32_t at) const {
    std::uint32_t end = at;
    for (std::uint32_t i = at; i < end_ && !is_comment(i); ++i)
      if (!is_blank(text_[i])) end = i + 1;
    return {at, end};
  }

  /// The colon behind the key at `at`, or the end of the row.
  [[nodiscard]] std::uint32_t key_end(std::uint32_t at) const {
    if (at < end_ && std::string_view("[{#|>").find(text_[at]) != std::string_view::npos) return end_;
    if (at < end_ && (text_[at] == '"' || text_[at] == '\'')) {
      const std::uint32_t behind = skip_blanks(string_end(at));
      return behind < end_ && text_[behind] == ':' ? behind : end_;
    }
    for (std::uint32_t i = at; i < end_ && !is_comment(i); ++i)
      if (text_[i] == ':' && (i + 1 == end_ || is_blank(text_[i + 1]))) return i;
    return end_;
  }

  /// Behind the closing quote of the string at `at`, or the end of the row.
  [[nodiscard]] std::uint32_t string_end(std::uint32_t at) const {
    const char quote = text_[at];
    for (std::uint32_t i = at + 1; i < end_; ++i) {
      if (quote == '"' && text_[i] == '\\')
        ++i;
      else if (text_[i] == quote)
        return i + 1;
    }
    return end_;
  }

  /// Without quotes and without blanks at the end.
  [[nodiscard]] TextRange unquoted(TextRange token) const {
    if (token.empty()) return token;
    const char quote = text_[token.begin];
    if (quote != '"' && quote != '\'') return yaml::trimmed(text_, token);
    const std::uint32_t end = std::min(string_end(token.begin), token.end);
    const bool closed = end > token.begin + 1 && text_[end - 1] == quote;
    return {token.begin + 1, closed ? end - 1 : end};
  }

  /// What stands behind the colon of the key `node`, or behind a dash.
  void value(std::uint32_t at, std::size_t node) {
    const std::uint32_t behind_colon = at;
    at = skip_blanks(at);
    while (at < end_ && (text_[at] == '&' || text_[at] == '!')) {
      std::uint32_t word_end = at;
      while (word_end < end_ && !is_blank(text_[word_end])) ++word_end;
      if (at_cursor(at, word_end)) return;
      at = skip_blanks(word_end);
    }
    const bool empty = at == end_ || is_comment(at);
    if (empty) {
      if (nodes_[node].kind != Kind::Key || !at_cursor(behind_colon, at)) return;
      value_place({cursor_, cursor_}, node);
      place_.needs_blank = text_[cursor_ - 1] == ':';
      return;
    }
    const char c = text_[at];
    if (c == '|' || c == '>') {
      scalar_indent_ = nodes_[node].column;
      // In an item the block is deeper than the key or the dash before it.
      nodes_[node].value = {at, at + 1};
    } else if (c == '[' || c == '{') {
      flow_indent_ = column_of(skip_blanks(begin_));
      flow_owner_ = node;
      flow(at);
    } else if (c == '*') {
      const TextRange alias = plain_scalar(at);
      nodes_[node].value = alias;
      if (at_cursor(at + 1, alias.end))
        place_ = {.role = Role::Alias, .parent = node, .word = {at + 1, alias.end}, .column = column_of(at)};
    } else {
      const TextRange token = c == '"' || c == '\'' ? TextRange{at, string_end(at)} : plain_scalar(at);
      const TextRange content = unquoted(token);
      nodes_[node].value = content;
      if (!at_cursor(content.begin, content.end)) return;
      value_place(content, node);
      place_.quoted = content.begin != token.begin;
    }
  }

  void value_place(TextRange word, std::size_t node) {
    const bool item = nodes_[node].kind == Kind::Item;
    place_ = {.role = item ? Role::Start : Role::Value, .parent = node, .word = word, .column = column_of(word.begin)};
  }

  /// Goes on inside of brackets, or begins with one.
  void flow(std::uint32_t at) {
    while (at < end_) {
      const std::uint32_t before = at;
      at = skip_blanks(at);
      empty_flow_place(before, at);
      if (at == end_ || is_comment(at)) return;
      const char c = text_[at];
      if (c == '[' || c == '{') {
        open_bracket(c == '{');
        ++at;
        if (at == end_) empty_flow_place(at, at);
      } else if (c == ']' || c == '}') {
        open_.pop_back();
        if (open_.empty()) return;
        open_.back().expects = false;
        ++at;
      } else if (c == ',') {
        open_.back().key.reset();
        open_.back().expects = true;
        ++at;
        if (at == end_) empty_flow_place(at, at);
      } else {
        at = flow_token(at);
      }
    }
    if (begin_ == end_) empty_flow_place(begin_, end_);
  }

  void open_bracket(bool mapping) {
    std::size_t node = flow_owner_;
    if (!open_.empty()) {
      Open& around = open_.back();
      around.expects = false;
      node = around.key ? *around.key : add({Kind::Item, around.node, 0, true, {}, {}, {}});
    }
    if (open_.size() < kMaxDepth) open_.push_back({node, mapping});
  }

  /// The cursor stands between `begin` and `end`, where there are blanks and no word.
  void empty_flow_place(std::uint32_t begin, std::uint32_t end) {
    if (open_.empty() || !open_.back().expects || !at_cursor(begin, end)) return;
    const bool word_follows =
        cursor_ == end && end < end_ && std::string_view(",]}").find(text_[end]) == std::string_view::npos;
    if (word_follows) return;
    flow_place({cursor_, cursor_}, false);
    place_.needs_blank = place_.role == Role::Value && cursor_ > begin_ && text_[cursor_ - 1] == ':';
  }

  void flow_place(TextRange word, bool colon_follows) {
    const Open& open = open_.back();
    place_ = {.parent = open.node, .word = word, .column = column_of(word.begin), .flow = true};
    place_.colon_follows = colon_follows;
    if (open.mapping && open.key) {
      place_.role = Role::Value;
      place_.parent = *open.key;
    } else if (open.mapping) {
      place_.role = Role::Key;
    } else {
      place_.role = Role::Start;
      place_.parent = add({Kind::Item, open.node, 0, true, {}, word, {}});
    }
  }

  std::uint32_t flow_token(std::uint32_t at) {
    const bool quoted = text_[at] == '"' || text_[at] == '\'';
    std::uint32_t end = at;
    if (quoted) {
      end = string_end(at);
    } else {
      while (end < end_ && !ends_plain_in_flow(end)) end = behind_variable(end);
      if (end == at) ++end;  // a colon that belongs to nothing
    }
    const TextRange content = unquoted({at, end});
    const std::uint32_t behind = skip_blanks(end);
    const bool key = behind < end_ && text_[behind] == ':';
    if (at_cursor(content.begin, content.end) && open_.back().expects) {
      flow_place(content, key);
      place_.quoted = quoted;
    }
    Open& open = open_.back();
    if (key) {
      std::size_t parent = open.node;
      if (!open.mapping) parent = add({Kind::Item, open.node, 0, true, {}, {}, {}});
      open.key = add({Kind::Key, parent, 0, true, slice(text_, content), content, {}});
      open.expects = true;
      if (behind + 1 == end_) empty_flow_place(behind + 1, behind + 1);
      return behind + 1;
    }
    open.expects = false;
    if (open.key)
      nodes_[*open.key].value = content;
    else if (!open.mapping)
      add({Kind::Item, open.node, 0, true, {}, content, content});
    return end;
  }

  [[nodiscard]] bool ends_plain_in_flow(std::uint32_t at) const {
    const char c = text_[at];
    if (c == ',' || c == '[' || c == ']' || c == '{' || c == '}' || is_comment(at)) return true;
    if (c != ':') return false;
    return at + 1 == end_ || is_blank(text_[at + 1]) ||
           std::string_view(",[]{}").find(text_[at + 1]) != std::string_view::npos;
  }

  /// Behind the variable that begins at `at`, with its braces, or behind the one byte.
  [[nodiscard]] std::uint32_t behind_variable(std::uint32_t at) const {
    if (text_[at] != '$' || at + 1 == end_ || text_[at + 1] != '{') return at + 1;
    const std::size_t end = slice(text_, {at + 2, end_}).find_first_of(" ,[]{}");
    const std::uint32_t stop = end == std::string_view::npos ? end_ : at + 2 + static_cast<std::uint32_t>(end);
    return stop < end_ && text_[stop] == '}' ? stop + 1 : stop;
  }

  std::string_view text_;
  TextRange range_;
  std::uint32_t cursor_;
  std::vector<SketchNode>& nodes_;
  SketchPlace& place_;
  std::uint32_t begin_ = 0;  // of the row
  std::uint32_t end_ = 0;
  bool cursor_in_row_ = false;
  bool seen_ = false;               // the row with the cursor
  std::vector<std::size_t> block_;  // the nodes around, outermost first
  std::vector<Open> open_;
  std::uint32_t flow_indent_ = 0;  // of the row with the outermost bracket
  std::size_t flow_owner_ = 0;
  std::optional<std::uint32_t> scalar_indent_;  // of the key whose block scalar is being read
};

}  // namespace

YamlSketch::YamlSketch(std::string_view text, TextRange range, std::uint32_t offset) {
  Scanner(text, range, offset, nodes_, place_).scan();
}

std::vector<std::string_view> YamlSketch::path(std::size_t node) const {
  std::vector<std::string_view> path;
  for (; node != 0; node = nodes_[node].parent)
    path.push_back(nodes_[node].kind == Kind::Item ? std::string_view("-") : nodes_[node].key);
  std::ranges::reverse(path);
  return path;
}

std::vector<std::size_t> YamlSketch::children(std::size_t node) const {
  std::vector<std::size_t> found;
  for (std::size_t i = node + 1; i < nodes_.size(); ++i) {
    const bool typed = place_.role != Role::Nothing && nodes_[i].range == place_.word;
    if (nodes_[i].parent == node && !typed) found.push_back(i);
  }
  return found;
}

std::optional<std::size_t> YamlSketch::find(std::initializer_list<std::string_view> path) const {
  std::size_t at = 0;
  for (const std::string_view key : path) {
    const std::vector<std::size_t> below = children(at);
    const auto found = std::ranges::find_if(below, [&](std::size_t i) { return nodes_[i].key == key; });
    if (found == below.end()) return std::nullopt;
    at = *found;
  }
  return at;
}

}  // namespace quaymaster
