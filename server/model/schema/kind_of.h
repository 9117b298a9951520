#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "model/schema/schema.h"
#include "model/yaml/document.h"

namespace quaymaster::schema {

/// Who reads a document, and so decides what plain scalars mean.
enum class Reader : std::uint8_t {
  Compose,     ///< YAML's core schema, where the readers in use agree on it
  Kubernetes,  ///< what YAML 1.1 takes for a Boolean is one: `yes`, `on`
};

/// Whether something else stands in the place of the text, or of a part of it, by the time that the reader comes.
[[nodiscard]] bool is_filled_in(std::string_view text, Reader reader);

/// The kind of a value. Empty where readers do not agree, or where a tag, a variable or a template decides.
[[nodiscard]] std::optional<Kind> kind_of(const yaml::Document& document, const yaml::Node& node,
                                          Reader reader = Reader::Compose);

}  // namespace quaymaster::schema
