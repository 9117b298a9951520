#pragma once
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

#include "model/yaml/document.h"
#include "model/yaml/place.h"

namespace quaymaster::yaml {

struct Entry;
struct Element;

/// A value of a document as a reader of YAML sees it: aliases followed, merge keys (`<<`) looked through. Or nothing: a
/// lookup that fails gives an absent value, of which every lookup fails too, so that lookups can be chained.
/// Valid as long as the document. Cheap to copy.
class Value {
 public:
  Value() = default;
  /// The value that `node` of `document` stands for.
  Value(const Document& document, const Node& node, bool shared = false);

  [[nodiscard]] bool present() const { return node_ != nullptr; }
  explicit operator bool() const { return present(); }
  [[nodiscard]] bool is_null() const { return present() && node_->kind == Node::Kind::Null; }
  [[nodiscard]] bool is_scalar() const { return present() && node_->kind == Node::Kind::Scalar; }
  [[nodiscard]] bool is_mapping() const { return present() && node_->kind == Node::Kind::Mapping; }
  [[nodiscard]] bool is_sequence() const { return present() && node_->kind == Node::Kind::Sequence; }

  /// Reached through an alias or a merge key: the text belongs to others too, and no edit may go there.
  [[nodiscard]] bool shared() const { return shared_; }
  [[nodiscard]] TextRange range() const { return present() ? node_->range : TextRange{}; }
  /// Of a quoted scalar the text between the quotes; `range()` of everything else.
  [[nodiscard]] TextRange content_range() const;
  [[nodiscard]] const Node* node() const { return node_; }
  [[nodiscard]] const Document* document() const { return document_; }
  /// The value as a place for new keys. It must be present.
  [[nodiscard]] Place place() const;

  // Mappings. Own keys win over merged ones, earlier merges over later ones, the first of duplicates over the rest.
  [[nodiscard]] Value get(std::string_view key) const;
  /// `get` of each key in turn.
  [[nodiscard]] Value get(std::initializer_list<std::string_view> path) const;
  [[nodiscard]] std::optional<Entry> entry(std::string_view key) const;
  /// Own entries in order, then merged ones. Only those with scalar keys.
  [[nodiscard]] std::vector<Entry> entries() const;

  /// The values of a sequence in order.
  [[nodiscard]] std::vector<Element> items() const;

  // Scalars.
  /// The decoded text of any scalar, whatever its type: "80" for `80`. Not of null.
  [[nodiscard]] std::optional<std::string_view> string() const;
  /// A plain scalar that is an integer in the YAML 1.2 core schema (decimal, 0o, 0x) and fits.
  [[nodiscard]] std::optional<std::int64_t> integer() const;
  /// A plain scalar that is a Boolean in the YAML 1.2 core schema: true, True, TRUE, false …
  [[nodiscard]] std::optional<bool> boolean() const;
  /// The same in YAML 1.1, which Kubernetes reads: also y, yes, on, n, no, off.
  [[nodiscard]] std::optional<bool> boolean_1_1() const;

 private:
  const Document* document_ = nullptr;
  const Node* node_ = nullptr;
  bool shared_ = false;
};

/// A key of a mapping with its value.
struct Entry {
  std::string_view key;  ///< decoded
  TextRange key_range;   ///< with its quotes
  TextRange range;       ///< the whole pair
  Value value;
  bool shared = false;  ///< the pair itself was reached through an alias or a merge key
};

/// A value of a sequence.
struct Element {
  TextRange range;  ///< with its dash in a block sequence
  Value value;
  bool shared = false;  ///< the sequence itself was reached through an alias or a merge key
};

}  // namespace quaymaster::yaml
