#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/yaml/document.h"
#include "model/yaml/repair.h"
#include "syntax/tree.h"

namespace quaymaster::yaml {

/// Turns a syntax tree into the values of one document.
///
/// Invariants: an alias's target is complete when the alias is read, so that sizes and heights are known bottom-up and
/// nothing is ever visited twice; what all aliases expand to, taken together, stays under a limit, and so does every
/// reader that follows them.
class DocumentBuilder {
 public:
  explicit DocumentBuilder(std::string_view text);

  /// Reads the tree of the document's text or of a repaired copy of the same length.
  [[nodiscard]] std::shared_ptr<const Document> build(const RepairedTree& repaired) &&;

 private:
  /// What a value comes to when every alias in it is expanded.
  struct Extent {
    std::uint32_t values = 1;
    std::uint32_t height = 1;
  };
  struct Anchored {
    const Node* node = nullptr;
    Extent extent;
    bool open = true;  // still being read: an alias to it is a cycle
  };
  /// The parts of a `block_node` or `flow_node`.
  struct Parts {
    syntax::Node content;
    syntax::Node tag;
    syntax::Node anchor;
  };

  Node& add(Node::Kind kind, TextRange range, const Node* parent);
  [[nodiscard]] std::string_view text_of(const syntax::Node& node) const;
  void report(Problem::Kind kind, TextRange range, std::string name = {});

  Extent read_root(const syntax::Node& root);
  /// The value of `wrapper`, a `block_node` or `flow_node`, or nothing written at `empty_at` when it is null.
  const Node* read(const syntax::Node& wrapper, std::uint32_t empty_at, const Node* parent, std::uint32_t depth,
                   Extent& extent);
  Parts parts_of(const syntax::Node& wrapper);
  void read_content(Node& node, const syntax::Node& content, std::uint32_t depth, Extent& extent);
  void read_alias(Node& node, const syntax::Node& content, std::uint32_t depth, Extent& extent);
  void read_scalar(Node& node, const syntax::Node& content);
  void read_mapping(Node& node, const std::vector<syntax::Node>& children, std::uint32_t depth, Extent& extent);
  void read_pair(Node& mapping, const syntax::Node& pair, std::uint32_t depth, Extent& extent);
  void read_sequence(Node& node, const syntax::Node& content, std::uint32_t depth, Extent& extent);
  void note_comment(const syntax::Node& node);
  void find_duplicates(Node& mapping);

  std::shared_ptr<Document> document_;
  std::unordered_map<std::string, Anchored> anchors_;
  std::uint32_t expanded_ = 0;    // values that aliases add
  bool too_many_values_ = false;  // reported
};

}  // namespace quaymaster::yaml
