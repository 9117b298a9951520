#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// What the schema of a file format says of its values: which keys there are, what they take, and what they are for.
/// The schemas are read when the program is built (schemas/generate.py) into constant tables, so nothing is
/// allocated or parsed at run time, and any thread may read. Text is as long-lived as the program.
///
/// Alternatives (`oneOf`, `anyOf`) are one value here that takes either: what a mapping may hold is in its keys, what a
/// list may hold in its items, and which kinds are taken in `kinds`. Where two alternatives of one kind differ,
/// whatever one of them takes is taken.
namespace quaymaster::schema {

/// The kinds of YAML values (core schema). Every integer is a number, too.
enum class Kind : std::uint8_t { Null, Boolean, Integer, Number, String, Mapping, Sequence };
inline constexpr std::size_t kKindCount = 7;

/// A set of kinds.
class Kinds {
 public:
  constexpr Kinds() = default;
  constexpr explicit Kinds(std::uint8_t bits) : bits_(bits) {}
  [[nodiscard]] constexpr bool has(Kind kind) const { return (bits_ >> static_cast<unsigned>(kind) & 1U) != 0; }
  /// Some kind that is written as a scalar that is not null.
  [[nodiscard]] constexpr bool has_scalar() const { return (bits_ & 0b0011110U) != 0; }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
  friend constexpr bool operator==(Kinds, Kinds) = default;

 private:
  std::uint8_t bits_ = 0;
};

/// What the text of a scalar has to look like, beyond its kind.
enum class Format : std::uint8_t {
  Any,
  Boolean,     ///< a string that says true or false
  Integer,     ///< a string that is a whole number
  Number,      ///< a string that is a number
  Duration,    ///< `1m30s`
  Size,        ///< a number of bytes: `512m`
  Port,        ///< `8080:80`
  PullPolicy,  ///< `always`, `every_12h` …
  Quantity,    ///< an amount of Kubernetes: `500m`, `1Gi`
};

/// Which keys a mapping with names of the user's choice takes.
enum class Names : std::uint8_t {
  None,  ///< no key but those that are listed
  Any,
  Word,  ///< letters, digits, `.`, `_`, `-`
};

struct Property;

/// What is said of one value. Absent where the schema says nothing; of an absent one every lookup fails too, so that
/// lookups can be chained. Cheap to copy.
class Node {
 public:
  constexpr Node() = default;
  constexpr explicit Node(std::uint32_t index) : index_(index) {}

  [[nodiscard]] bool present() const { return index_ != 0; }
  explicit operator bool() const { return present(); }
  /// Of the kinds of value at hand those that are taken. Empty: any.
  [[nodiscard]] Kinds kinds() const;
  [[nodiscard]] Format format() const;
  /// The only strings that are taken; empty when there is no such list.
  [[nodiscard]] std::vector<std::string_view> choices() const;
  [[nodiscard]] std::optional<std::int64_t> minimum() const;
  [[nodiscard]] std::optional<std::int64_t> maximum() const;
  /// Whether there are choices, a minimum or a maximum.
  [[nodiscard]] bool has_limits() const;

  /// The names of the keys that a mapping has to have.
  [[nodiscard]] std::vector<std::string_view> required() const;
  /// The keys of a mapping that are known by name, sorted.
  [[nodiscard]] std::vector<Property> properties() const;
  [[nodiscard]] std::optional<Property> property(std::string_view name) const;
  /// Whether there may be a key that is not listed, and how it may be spelt.
  [[nodiscard]] Names names() const;
  /// Keys `x-…` are for the user's own ends.
  [[nodiscard]] bool takes_extensions() const;
  /// The value of a key that is not listed.
  [[nodiscard]] Node other() const;
  /// The value of a key: `property`, or else `other`. Absent for a key that is refused, and for an extension.
  [[nodiscard]] Node value_of(std::string_view key) const;
  /// The values of a list.
  [[nodiscard]] Node item() const;

  /// Different for different nodes.
  [[nodiscard]] std::uint32_t id() const { return index_; }
  friend constexpr bool operator==(Node, Node) = default;

 private:
  std::uint32_t index_ = 0;
};

/// A key of a mapping that is known by name.
struct Property {
  std::string_view name;
  std::string_view description;    ///< plain text of the schema's authors; may be empty
  std::string_view default_value;  ///< as YAML; empty when the schema names none
  Node value;
  bool required = false;
  bool deprecated = false;
};

/// A whole Compose file.
[[nodiscard]] Node compose();

/// The value that the keys of `path` lead to from `root`, "[]" standing for an item of a list:
/// {"services", "web", "ports", "[]"}. Absent where the schema says nothing.
[[nodiscard]] Node descend(Node root, std::span<const std::string_view> path);

}  // namespace quaymaster::schema
