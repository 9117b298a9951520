#include "syntax/tree.h"

#include <algorithm>
#include <limits>
#include <tree_sitter/api.h>

#include "text/minimal_diff.h"

extern "C" {
const TSLanguage* tree_sitter_dockerfile();
const TSLanguage* tree_sitter_yaml();
const TSLanguage* tree_sitter_bash();
}

namespace quaymaster::syntax {

/// Between our node and the library's, which have the same parts.
struct NodeAccess {
  static TSNode unwrap(const Node& node) {
    TSNode raw{};
    std::ranges::copy(node.context_, raw.context);
    raw.id = node.id_;
    raw.tree = node.tree_;
    return raw;
  }
  static Node wrap(TSNode raw) {
    Node node;
    std::ranges::copy(raw.context, node.context_);
    node.id_ = raw.id;
    node.tree_ = raw.tree;
    return node;
  }
};

namespace {

const TSLanguage* language_of(Grammar grammar) {
  switch (grammar) {
    case Grammar::Dockerfile: return tree_sitter_dockerfile();
    case Grammar::Yaml: return tree_sitter_yaml();
    case Grammar::Bash: return tree_sitter_bash();
  }
  return nullptr;
}

std::vector<Node> children_of(const Node& node, bool named_only) {
  std::vector<Node> result;
  TSTreeCursor cursor = ts_tree_cursor_new(NodeAccess::unwrap(node));
  if (ts_tree_cursor_goto_first_child(&cursor)) {
    do {
      const TSNode child = ts_tree_cursor_current_node(&cursor);
      if (!named_only || ts_node_is_named(child)) result.push_back(NodeAccess::wrap(child));
    } while (ts_tree_cursor_goto_next_sibling(&cursor));
  }
  ts_tree_cursor_delete(&cursor);
  return result;
}

}  // namespace

std::string_view Node::kind() const { return ts_node_type(NodeAccess::unwrap(*this)); }

TextRange Node::range() const {
  const TSNode raw = NodeAccess::unwrap(*this);
  return {ts_node_start_byte(raw), ts_node_end_byte(raw)};
}

bool Node::named() const { return ts_node_is_named(NodeAccess::unwrap(*this)); }
bool Node::error() const { return ts_node_is_error(NodeAccess::unwrap(*this)); }
bool Node::missing() const { return ts_node_is_missing(NodeAccess::unwrap(*this)); }
bool Node::has_error() const { return ts_node_has_error(NodeAccess::unwrap(*this)); }

Node Node::field(std::string_view name) const {
  return NodeAccess::wrap(
      ts_node_child_by_field_name(NodeAccess::unwrap(*this), name.data(), static_cast<std::uint32_t>(name.size())));
}

Node Node::parent() const { return NodeAccess::wrap(ts_node_parent(NodeAccess::unwrap(*this))); }
std::vector<Node> Node::children() const { return children_of(*this, false); }
std::vector<Node> Node::named_children() const { return children_of(*this, true); }

Tree::Tree(TSTree* owned) : tree_(owned) {}
void Tree::Delete::operator()(TSTree* tree) const { ts_tree_delete(tree); }
Node Tree::root() const { return NodeAccess::wrap(ts_tree_root_node(tree_.get())); }

/// A step of error recovery costs up to ten microseconds in a grammar as large as that of Bash. A hundred kilobytes of
/// good shell text are within these bounds, and what is hostile costs three seconds at most.
constexpr std::size_t kMostBashWork = 16U << 10U;

Parser::Parser(Grammar grammar)
    : parser_(ts_parser_new()),
      most_work_(grammar == Grammar::Bash ? kMostBashWork : std::numeric_limits<std::size_t>::max()) {
  ts_parser_set_language(parser_.get(), language_of(grammar));
}
void Parser::Delete::operator()(TSParser* parser) const { ts_parser_delete(parser); }

namespace {

struct InputText {
  std::string_view text;
  WorkBudget& budget;
};

constexpr std::size_t kPiece = 512;

/// The end of the text once the budget is gone, so that a single step cannot go on; the tree is thrown away then.
const char* read_piece(void* payload, std::uint32_t offset, TSPoint, std::uint32_t* length) {
  auto& input = *static_cast<InputText*>(payload);
  input.budget.count_piece();
  const std::size_t size = input.text.size();
  const std::size_t begin = input.budget.exhausted() ? size : std::min<std::size_t>(offset, size);
  *length = static_cast<std::uint32_t>(std::min(size - begin, kPiece));
  return input.text.data() + begin;
}

bool give_up(TSParseState* state) {
  auto& input = *static_cast<InputText*>(state->payload);
  input.budget.count_hundred_steps();
  return input.budget.exhausted();
}

TSPoint point_at(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const auto rows = static_cast<std::uint32_t>(std::ranges::count(before, '\n'));
  const std::size_t newline = before.rfind('\n');
  const std::size_t line = newline == std::string_view::npos ? 0 : newline + 1;
  return {rows, static_cast<std::uint32_t>(offset - line)};
}

}  // namespace

std::optional<Tree> Parser::parse_from(const TSTree* old, std::string_view text, WorkBudget& budget) {
  InputText input_text{text, budget};
  const TSInput input{&input_text, read_piece, TSInputEncodingUTF8, nullptr};
  const TSParseOptions options{&input_text, give_up};
  TSTree* raw = ts_parser_parse_with_options(parser_.get(), old, input, options);
  if (raw == nullptr) {
    ts_parser_reset(parser_.get());
    return std::nullopt;
  }
  Tree tree(raw);
  if (budget.exhausted()) return std::nullopt;
  return tree;
}

std::optional<Tree> Parser::parse(std::string_view text) {
  WorkBudget budget(std::min(text.size(), most_work_));
  return parse(text, budget);
}

std::optional<Tree> Parser::parse(std::string_view text, WorkBudget& budget) {
  return parse_from(nullptr, text, budget);
}

std::optional<Tree> Parser::parse_again(std::string_view text, const Tree& old, std::string_view old_text) {
  const Tree edited(ts_tree_copy(old.tree_.get()));
  if (const std::optional<Edit> edit = minimal_edit(old_text, text)) {
    const std::uint32_t begin = edit->range.begin;
    const std::uint32_t new_end = begin + static_cast<std::uint32_t>(edit->text.size());
    const TSInputEdit change{begin,
                             edit->range.end,
                             new_end,
                             point_at(old_text, begin),
                             point_at(old_text, edit->range.end),
                             point_at(text, new_end)};
    ts_tree_edit(edited.tree_.get(), &change);
  }
  WorkBudget budget(std::min(text.size(), most_work_));
  return parse_from(edited.tree_.get(), text, budget);
}

}  // namespace quaymaster::syntax
