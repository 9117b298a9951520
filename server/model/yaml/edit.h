#pragma once
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/yaml/document.h"
#include "model/yaml/place.h"
#include "model/yaml/value.h"
#include "quaymaster/text.h"

/// Edits of YAML that keep what they do not own: comments, indentation, block and flow style, quotes, line endings.
/// Each gives one edit, or nothing where the text is shared through an alias or a merge key, or where a safe edit does
/// not exist. The ranges are in the document.
///
/// Insertions by several rules join (see Edit::claim): two new keys of one mapping go to one offset, and new keys of
/// different mappings never do. To that end a new key stands behind the last key of the mapping whose value is written
/// on the key's own lines, or before the first key if there is none; in the document's own mapping it stands at the
/// end.
namespace quaymaster::yaml {

struct NewPair;

/// A value to be written: a scalar, a mapping or a sequence.
struct NewValue {
  enum class Kind : std::uint8_t { Plain, String, Mapping, Sequence };
  Kind kind = Kind::Plain;
  std::string text;
  std::vector<NewPair> pairs;
  std::vector<NewValue> items;

  /// Text that is YAML already: `true`, `1000`, `"0.5"`.
  [[nodiscard]] static NewValue plain(std::string text);
  /// A string; it gets quotes where it needs them.
  [[nodiscard]] static NewValue string(std::string text);
  [[nodiscard]] static NewValue mapping(std::vector<NewPair> pairs);
  [[nodiscard]] static NewValue sequence(std::vector<NewValue> items);
};

struct NewPair {
  std::string key;
  NewValue value;
};

inline NewValue NewValue::plain(std::string text) { return {Kind::Plain, std::move(text), {}, {}}; }
inline NewValue NewValue::string(std::string text) { return {Kind::String, std::move(text), {}, {}}; }
inline NewValue NewValue::mapping(std::vector<NewPair> pairs) { return {Kind::Mapping, {}, std::move(pairs), {}}; }
inline NewValue NewValue::sequence(std::vector<NewValue> items) { return {Kind::Sequence, {}, {}, std::move(items)}; }

/// Adds the last key of `path` to the mapping that the keys before it lead to from `place`; creates those that are
/// missing, and fills what is null. Nothing if the last key has a value already, or a key before it has one that is no
/// mapping.
[[nodiscard]] std::optional<Edit> insert(const Place& place, std::span<const std::string_view> path,
                                         const NewValue& value);
[[nodiscard]] std::optional<Edit> insert(const Place& place, std::initializer_list<std::string_view> path,
                                         const NewValue& value);

/// Adds an item to the sequence at `path`; creates the sequence and the keys before it when they are missing.
[[nodiscard]] std::optional<Edit> append(const Place& place, std::initializer_list<std::string_view> path,
                                         const NewValue& item);

/// Takes a pair out of its mapping, with its lines and a comment at their end. The last pair of a mapping takes along
/// the key that the mapping belongs to. Nothing when a comment line would go, too.
[[nodiscard]] std::optional<Edit> remove_pair(const Place& place, std::string_view key);
/// The same for the pair whose key or whole range, or the item whose value or whole range, is `range`.
[[nodiscard]] std::optional<Edit> remove_at(const Document& document, TextRange range);

/// Gives a scalar, or a null that stands behind its key, another text: in the same quotes if it has some, without if
/// that means the same string. Nothing for block scalars.
[[nodiscard]] std::optional<Edit> replace_scalar(const Value& value, std::string_view text);
/// Puts YAML text (`true`, `1000`) in the place of a scalar or a null that stands behind its key.
[[nodiscard]] std::optional<Edit> replace_with_plain(const Value& value, std::string_view yaml);

/// The value of `document` whose range, or whose text between quotes, is `range`: the way back from a range of the
/// shared container types to an edit. Absent when there is none.
[[nodiscard]] Value value_at(const Document& document, TextRange range);

/// By how many blanks the document indents a mapping in a mapping: the smallest step found, 2 when there is none.
[[nodiscard]] int indentation_step(const Document& document);

}  // namespace quaymaster::yaml
