#pragma once
#include <cstdint>
#include <optional>

#include "model/schema/schema.h"
#include "model/yaml/document.h"
#include "model/yaml/value.h"
#include "quaymaster/text.h"

namespace quaymaster::schema {

/// A key that is written in a document, with what the schema says of it.
struct WrittenKey {
  TextRange range;  ///< of the key, with its quotes
  Property property;
};

/// The key at `offset`, where `root` is the schema of the whole document. Empty for what is no key, and for keys that
/// the schema does not know by name.
[[nodiscard]] std::optional<WrittenKey> key_at(const yaml::Document& document, std::uint32_t offset, Node root);
/// The same below a value of a document, which `about` is said of.
[[nodiscard]] std::optional<WrittenKey> key_at(const yaml::Value& value, std::uint32_t offset, Node about);

}  // namespace quaymaster::schema
