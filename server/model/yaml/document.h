#pragma once
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "quaymaster/text.h"
#include "syntax/tree.h"

/// YAML as a tree of values. All ranges are in the text of the document. Rules and models go through `Value`
/// (model/yaml/value.h), which follows aliases and merge keys; nodes are what is written.
namespace quaymaster::yaml {

struct Node;

/// `key: value` of a mapping.
struct Pair {
  TextRange range;              ///< from the key to the end of the value
  const Node* key = nullptr;    ///< never null
  const Node* value = nullptr;  ///< never null; a node of kind Null when nothing is written
  bool duplicate = false;       ///< an earlier pair of the mapping has the same key; lookups see the earlier one

  [[nodiscard]] TextRange key_range() const;      ///< with its quotes
  [[nodiscard]] const std::string& name() const;  ///< the decoded key; empty when the key is no scalar
};

/// `- value` of a block sequence, or one value of a flow sequence.
struct Item {
  TextRange range;              ///< with the dash in a block sequence
  const Node* value = nullptr;  ///< never null; a node of kind Null when nothing is written
};

/// How a scalar is written.
enum class ScalarStyle : std::uint8_t { Plain, SingleQuoted, DoubleQuoted, Literal, Folded };

/// One written value. Immutable; lives as long as its document.
struct Node {
  enum class Kind : std::uint8_t {
    Null,  ///< nothing, `~` or `null`; also what could not be read: an alias of nothing, text nested too deeply
    Scalar,
    Mapping,
    Sequence,
    Alias,
  };
  Kind kind = Kind::Null;
  ScalarStyle style = ScalarStyle::Plain;
  bool flow = false;  ///< a mapping or sequence in braces or brackets
  /// The value as written: a scalar with its quotes, a block scalar from its `|` to the end of its last line that is
  /// not blank, an alias with its `*`. Empty, behind the `:` or `-`, when nothing is written.
  TextRange range;
  TextRange properties;     ///< its tag and anchor; empty at the beginning of `range` when there are none
  std::string text;         ///< a scalar decoded; an alias's name
  std::string tag;          ///< as written, for example "!!str" or "!reset"; empty when there is none
  std::string anchor;       ///< without the `&`; empty when there is none
  std::vector<Pair> pairs;  ///< of a mapping, as written: merge keys and duplicates included
  std::vector<Item> items;  ///< of a sequence
  /// Of an alias: never null, and never an alias itself. Of a mapping or sequence that a model has merged: the one that
  /// is written.
  const Node* target = nullptr;
  const Node* parent = nullptr;  ///< the mapping or sequence that it is written in; null for the root
};

/// What is wrong with the text of a document.
struct Problem {
  enum class Kind : std::uint8_t {
    Syntax,          ///< text that fits nowhere, or a row that was left out so that the rest can be read
    TabIndentation,  ///< a tab where YAML wants blanks
    DuplicateKey,    ///< `name` is the key, `related` the first one
    UndefinedAlias,  ///< `name` is the anchor that is missing
    AliasCycle,      ///< an alias inside of what it stands for
    TooManyValues,   ///< an alias that would expand to more than is read
    TooDeep,         ///< values nested deeper than is read
    NotRead,         ///< the parser gave up: there are no values
  };
  Kind kind = Kind::Syntax;
  TextRange range;
  std::string name = {};
  std::optional<TextRange> related = {};

  friend bool operator==(const Problem&, const Problem&) = default;
};

class Value;

/// One YAML document: its text, its values and what is wrong with it. Immutable and shared; safe to read from any
/// thread. Independent of where the document stands in its file.
class Document : public std::enable_shared_from_this<Document> {
 public:
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] Value root() const;  ///< null when the document is empty or was not read
  [[nodiscard]] const std::vector<Problem>& problems() const { return problems_; }    ///< sorted by range
  [[nodiscard]] const std::vector<TextRange>& comments() const { return comments_; }  ///< from `#`, in order
  /// The line ending that most of the first lines have: "\n" or "\r\n".
  [[nodiscard]] std::string_view line_ending() const;

 private:
  friend class DocumentBuilder;
  Document() = default;

  std::string text_;
  std::deque<Node> nodes_;
  const Node* root_ = nullptr;
  std::vector<Problem> problems_;
  std::vector<TextRange> comments_;
};

/// Reads the first document of `text`. Never fails. The parser is one for YAML.
/// Where the text does not parse, rows are left out (at most three) so that the rest can be read; a value is expanded
/// through aliases to at most 100,000 values and 200 levels, in time linear in the text.
[[nodiscard]] std::shared_ptr<const Document> parse_document(std::string_view text, syntax::Parser& parser);

/// The innermost pair's or item's values at `offset`, from the root down to the innermost; empty outside of the root.
[[nodiscard]] std::vector<const Node*> path_at(const Document& document, std::uint32_t offset);

/// The outermost pair or item whose text begins in `range`, for example on one line. Empty when there is none.
[[nodiscard]] std::optional<TextRange> outermost_entry_in(const Document& document, TextRange range);

}  // namespace quaymaster::yaml
