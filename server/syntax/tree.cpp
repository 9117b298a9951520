#include "syntax/tree.h"

#include <algorithm>
#include <tree_sitter/api.h>

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

Parser::Parser(Grammar grammar) : parser_(ts_parser_new()) {
  ts_parser_set_language(parser_.get(), language_of(grammar));
}
void Parser::Delete::operator()(TSParser* parser) const { ts_parser_delete(parser); }

namespace {

/// A budget of work for one parse, in calls of the progress function, which the runtime makes every hundred steps. Real
/// texts of a megabyte need a few thousand; a hostile one that makes error recovery explode is given up.
struct WorkBudget {
  std::uint64_t calls_left;
};

bool exhausted(TSParseState* state) {
  auto& budget = *static_cast<WorkBudget*>(state->payload);
  return budget.calls_left == 0 || --budget.calls_left == 0;
}

struct InputText {
  std::string_view text;
};

const char* read_input(void* payload, std::uint32_t offset, TSPoint, std::uint32_t* length) {
  const std::string_view text = static_cast<const InputText*>(payload)->text;
  const std::size_t begin = std::min<std::size_t>(offset, text.size());
  *length = static_cast<std::uint32_t>(text.size() - begin);
  return text.data() + begin;
}

}  // namespace

std::optional<Tree> Parser::parse(std::string_view text) {
  InputText input_text{text};
  const TSInput input{&input_text, read_input, TSInputEncodingUTF8, nullptr};
  WorkBudget budget{20'000 + text.size() / 10};
  const TSParseOptions options{&budget, exhausted};
  TSTree* tree = ts_parser_parse_with_options(parser_.get(), nullptr, input, options);
  if (tree == nullptr) {
    ts_parser_reset(parser_.get());
    return std::nullopt;
  }
  return Tree(tree);
}

}  // namespace quaymaster::syntax
