#pragma once
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

#include "quaymaster/text.h"

namespace quaymaster {

/// A key or an item of a YAML document, as its row alone says.
struct SketchNode {
  enum class Kind : std::uint8_t { Root, Key, Item };
  Kind kind = Kind::Root;
  std::size_t parent = 0;    ///< the place in the list of the node that it stands in
  std::uint32_t column = 0;  ///< of the key or the dash
  bool flow = false;         ///< in braces or brackets
  std::string_view key;      ///< without quotes
  TextRange range;           ///< the key without quotes, or the dash
  TextRange value;           ///< the scalar behind it in the same row, without quotes; empty when there is none
};

/// Where a cursor stands in a YAML document.
struct SketchPlace {
  enum class Role : std::uint8_t {
    Nothing,  ///< in a comment, a block scalar, behind a value …
    Start,    ///< where a value begins, that may be a mapping: in `parent` a key, or a scalar
    Key,      ///< a key of the mapping in `parent`, and nothing else
    Value,    ///< a scalar, which is the value of the key `parent`
    Alias,    ///< the name behind a `*`
  };
  Role role = Role::Nothing;
  std::size_t parent = 0;
  TextRange word;              ///< what is typed there, on both sides of the cursor; without quotes
  std::uint32_t column = 0;    ///< of the word, or of the cursor
  bool flow = false;           ///< in braces or brackets
  bool quoted = false;         ///< the word is in quotes
  bool colon_follows = false;  ///< the word is a key that has its colon
  bool own_row = false;        ///< nothing but blanks stands before the word
  bool needs_blank = false;    ///< the cursor touches the colon or the dash before it
};

/// The shape of a YAML document told by indentation, brackets and colons, row by row: what a half-typed row says is
/// there as well, and an error in one row costs that row. What is lost is what YAML does across rows: scalars of
/// several rows are taken for what their rows look like. Views go into the text that it was made of. Linear.
class YamlSketch {
 public:
  /// The document `range` of `text`, with the cursor at `offset` in it. All offsets are those of `text`.
  YamlSketch(std::string_view text, TextRange range, std::uint32_t offset);

  [[nodiscard]] const std::vector<SketchNode>& nodes() const { return nodes_; }  ///< in order; the first is the root
  [[nodiscard]] const SketchPlace& place() const { return place_; }

  /// The keys from the root down to the node, "-" for an item. Empty for the root.
  [[nodiscard]] std::vector<std::string_view> path(std::size_t node) const;
  /// The places of the nodes that stand in `node`; what is typed at the cursor is not among them.
  [[nodiscard]] std::vector<std::size_t> children(std::size_t node) const;
  /// The first node with this path of keys.
  [[nodiscard]] std::optional<std::size_t> find(std::initializer_list<std::string_view> path) const;

 private:
  std::vector<SketchNode> nodes_;
  SketchPlace place_;
};

}  // namespace quaymaster
