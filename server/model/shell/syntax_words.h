#pragma once
#include <string_view>
#include <vector>

#include "model/shell/script.h"
#include "syntax/tree.h"
#include "text/mapped_text.h"

/// Words, assignments and redirections out of the trees of tree-sitter-bash.
namespace quaymaster::shell {

/// A word, and the nodes that it is written with. It has no nodes when it is no text of a shell.
struct SyntaxWord {
  Word word;
  std::vector<syntax::Node> nodes;
};

/// Words that the grammar splits although nothing stands between them, or only an escaped line end, are one.
class WordReader {
 public:
  explicit WordReader(std::string_view text) : text_(text) {}

  void add(const syntax::Node& node);
  /// The words so far.
  [[nodiscard]] std::vector<SyntaxWord> finish();

 private:
  std::string_view text_;
  std::vector<SyntaxWord> words_;
};

/// The word that `nodes`, adjacent ones, are; its text with the way back to `text`.
[[nodiscard]] MappedText decoded(std::string_view text, TextRange range, const std::vector<syntax::Node>& nodes);

[[nodiscard]] Assignment assignment(std::string_view text, const syntax::Node& node);

/// A redirection node. Behind the target the grammar lets more words follow, which are words of the command: they go
/// into `surplus`.
[[nodiscard]] Redirection redirection(std::string_view text, const syntax::Node& node,
                                      std::vector<syntax::Node>& surplus);

/// The words of a test, `[` and `]` included: the grammar makes an expression of them.
[[nodiscard]] std::vector<syntax::Node> words_of_test(const syntax::Node& test);

/// The outermost substitutions of commands or processes in a node, itself included, in order.
void find_substitutions(const syntax::Node& node, std::vector<syntax::Node>& found);

}  // namespace quaymaster::shell
