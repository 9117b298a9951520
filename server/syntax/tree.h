#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "quaymaster/text.h"

struct TSLanguage;
struct TSParser;
struct TSTree;

/// The one wrapper of tree-sitter. Nothing else includes its header.
namespace quaymaster::syntax {

enum class Grammar : std::uint8_t { Dockerfile, Yaml, Bash };

/// A node of a syntax tree. A small value that stays valid as long as its tree.
class Node {
 public:
  Node() = default;

  [[nodiscard]] bool null() const { return id_ == nullptr; }
  /// The name of the node in its grammar: static storage.
  [[nodiscard]] std::string_view kind() const;
  [[nodiscard]] TextRange range() const;
  [[nodiscard]] bool named() const;
  [[nodiscard]] bool error() const;                       ///< an ERROR node: text that fits nowhere
  [[nodiscard]] bool missing() const;                     ///< a token that the parser had to invent
  [[nodiscard]] bool has_error() const;                   ///< this node or one below is an error or missing
  [[nodiscard]] Node field(std::string_view name) const;  ///< null when there is none
  [[nodiscard]] Node parent() const;
  /// All children in order, read with one pass of a cursor.
  [[nodiscard]] std::vector<Node> children() const;
  [[nodiscard]] std::vector<Node> named_children() const;

  friend bool operator==(const Node& a, const Node& b) { return a.id_ == b.id_; }

 private:
  friend class Tree;
  friend struct NodeAccess;

  std::uint32_t context_[4] = {};
  const void* id_ = nullptr;
  const TSTree* tree_ = nullptr;
};

/// A syntax tree; owns its nodes, not its text.
class Tree {
 public:
  explicit Tree(TSTree* owned);

  [[nodiscard]] Node root() const;

 private:
  friend class Parser;

  struct Delete {
    void operator()(TSTree* tree) const;
  };
  std::unique_ptr<TSTree, Delete> tree_;
};

/// What parsing may cost. Both measures are needed: the runtime counts its steps, but one step may look ahead to the
/// end of the text, again and again where quotes do not close; so the text is handed out in small pieces, which are
/// counted. A real text needs a tenth of its budget at most.
class WorkBudget {
 public:
  explicit WorkBudget(std::size_t text_size)
      : hundred_steps_left_(1'000 + text_size / 8), pieces_left_(4'000 + text_size / 16) {}

  void count_hundred_steps() { hundred_steps_left_ -= hundred_steps_left_ > 0 ? 1 : 0; }
  void count_piece() { pieces_left_ -= pieces_left_ > 0 ? 1 : 0; }
  [[nodiscard]] bool exhausted() const { return hundred_steps_left_ == 0 || pieces_left_ == 0; }
  /// Whether at least as much is left as a budget for a text of that length has.
  [[nodiscard]] bool enough_for(std::size_t text_size) const {
    const WorkBudget needed(text_size);
    return hundred_steps_left_ >= needed.hundred_steps_left_ && pieces_left_ >= needed.pieces_left_;
  }

 private:
  std::size_t hundred_steps_left_;
  std::size_t pieces_left_;  ///< of half a kilobyte
};

/// Parses texts of one grammar. Thread-compatible.
class Parser {
 public:
  explicit Parser(Grammar grammar);

  /// Never fails: what does not fit becomes error nodes. A text on which the parser spends more than its budget of work
  /// gives no tree.
  [[nodiscard]] std::optional<Tree> parse(std::string_view text);
  /// The same on a budget that several parses share.
  [[nodiscard]] std::optional<Tree> parse(std::string_view text, WorkBudget& budget);

  /// The same from `old`, the tree of `old_text`, which stays as it is: the work depends on what changed. Where neither
  /// tree has an error this is the tree that `parse` gives; error recovery may take another way.
  [[nodiscard]] std::optional<Tree> parse_again(std::string_view text, const Tree& old, std::string_view old_text);

 private:
  [[nodiscard]] std::optional<Tree> parse_from(const TSTree* old, std::string_view text, WorkBudget& budget);

  struct Delete {
    void operator()(TSParser* parser) const;
  };
  std::unique_ptr<TSParser, Delete> parser_;
  std::size_t most_work_;  ///< the length of the text whose budget no text gets more than
};

}  // namespace quaymaster::syntax
