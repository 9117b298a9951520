#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/yaml/value.h"
#include "quaymaster/text.h"

namespace quaymaster::compose::project {

/// Where a value comes from.
struct Origin {
  std::uint32_t file = 0;  ///< its place in `Project::files`
  TextRange range;         ///< in the YAML document of that file
};

struct Pair;

/// A value of a project that has been put together of several files: aliases and merge keys are resolved. A value type.
struct Value {
  enum class Kind : std::uint8_t { Null, Scalar, Mapping, Sequence };
  /// `!reset` takes a value away from the files before, `!override` puts another in its place.
  enum class Tag : std::uint8_t { None, Reset, Override };
  Kind kind = Kind::Null;
  Tag tag = Tag::None;
  Origin origin;
  std::string text;          ///< of a scalar
  std::vector<Pair> pairs;   ///< of a mapping, in order, with unique keys
  std::vector<Value> items;  ///< of a sequence

  [[nodiscard]] bool is_scalar() const { return kind == Kind::Scalar; }
  [[nodiscard]] bool is_mapping() const { return kind == Kind::Mapping; }
  [[nodiscard]] bool is_sequence() const { return kind == Kind::Sequence; }
  [[nodiscard]] const Value* find(std::string_view key) const;
  [[nodiscard]] Value* find(std::string_view key);
  /// The text of the scalar `key`, or empty.
  [[nodiscard]] std::string text_of(std::string_view key) const;
  void set(std::string_view key, Value value);
  void erase(std::string_view key);
};

/// A key of a mapping with its value.
struct Pair {
  std::string key;
  Value value;
};

[[nodiscard]] Value scalar(std::string text, Origin origin);
[[nodiscard]] Value mapping(Origin origin);
/// Of pairs with the same key the last one stays, in the place of the first.
[[nodiscard]] Value mapping(std::vector<Pair> pairs, Origin origin);
[[nodiscard]] Value sequence(std::vector<Value> items, Origin origin);

/// What a YAML value is, as part of the file `file`.
[[nodiscard]] Value value_of(const yaml::Value& value, std::uint32_t file);

/// Each scalar and each empty collection of `value` on a line of its own, keys sorted:
/// `services.web.ports[0].target = 80`, `volumes.data = {}`.
[[nodiscard]] std::string lines(const Value& value);

}  // namespace quaymaster::compose::project
