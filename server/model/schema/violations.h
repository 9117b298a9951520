#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "model/schema/schema.h"
#include "model/yaml/document.h"
#include "model/yaml/value.h"
#include "quaymaster/text.h"

namespace quaymaster::schema {

/// A place of a document that is not as the schema says.
struct Violation {
  enum class Problem : std::uint8_t {
    UnknownKey,   ///< `node` is the key
    KeySpelling,  ///< `node` is the key: it has characters that a name may not have
    KeyNotText,   ///< `node` is the key: a number or a Boolean
    WrongKind,    ///< `node` is the value, of a kind that is not taken
    Choice,       ///< `node` is a string that is none of `about`'s choices
    Bounds,       ///< `node` is a number below the minimum or above the maximum
    Format,       ///< `node` is a string that does not have the format
    MissingKey,   ///< `node` is the mapping that lacks the key `missing`
  };
  Problem problem = Problem::UnknownKey;
  /// The key or the scalar; of a mapping or list the key that it belongs to, or what it begins with in a list.
  TextRange range;
  const yaml::Node* node = nullptr;  ///< never null; lives as long as the document
  Node about;                        ///< of the mapping for what is wrong with keys, else of the value
  /// The key whose value it is, or whose list it is an item of; for keys the one of the mapping. Empty at the top.
  std::string_view name;
  bool in_list = false;           ///< it is (in) an item of `name`'s list
  bool shared = false;            ///< reached through an alias or a merge key
  std::string_view missing = {};  ///< of MissingKey
};

/// What is wrong with `document`, in order. Each place is judged once, where it is written, whether it is reached
/// through aliases and merge keys or not; what nothing of the schema reaches (`x-…`) is not judged, nor what `!reset`
/// drops and what has another tag. A scalar with a variable in it (`$`) may be any scalar.
[[nodiscard]] std::vector<Violation> violations(const yaml::Document& document, Node root);

/// What is wrong with an object of Kubernetes, in order; `about` is what is said of its kind. Null is as good as
/// nothing is written, and so is an empty string where words are listed. A text that a template fills in may be
/// anything. Silent about `status`, which the server drops, and about objects that are encrypted (`sops`).
[[nodiscard]] std::vector<Violation> violations(const yaml::Value& object, Node about);

}  // namespace quaymaster::schema
