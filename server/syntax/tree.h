#pragma once
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
  struct Delete {
    void operator()(TSTree* tree) const;
  };
  std::unique_ptr<TSTree, Delete> tree_;
};

/// Parses texts of one grammar. Thread-compatible.
class Parser {
 public:
  explicit Parser(Grammar grammar);

  /// Never fails: what does not fit becomes error nodes. A text on which the parser spends more than its budget of work
  /// gives no tree.
  [[nodiscard]] std::optional<Tree> parse(std::string_view text);

 private:
  struct Delete {
    void operator()(TSParser* parser) const;
  };
  std::unique_ptr<TSParser, Delete> parser_;
};

}  // namespace quaymaster::syntax
