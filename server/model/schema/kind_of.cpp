#include "model/schema/kind_of.h"

#include "model/schema/formats.h"
#include "model/schema/placeholder.h"
#include "model/yaml/schema.h"

namespace quaymaster::schema {
namespace {

/// Digits with one point or an exponent, and no underscores: what all readers take for a number.
bool is_plain_decimal(std::string_view text) {
  return text.find_first_not_of("0123456789.eE+-") == std::string_view::npos && has_format(text, Format::Number);
}

/// What some readers take for a number, a date or a time, and others for a string.
bool is_disputed(std::string_view text) {
  if (!yaml::looks_numeric(text)) return false;
  return text.find_first_not_of("0123456789_.:+-eETZ ") == std::string_view::npos || text.starts_with("0x") ||
         text.starts_with("0o") || text.starts_with("0b");
}

std::optional<Kind> kind_of_plain(std::string_view text) {
  if (yaml::core_boolean(text)) return Kind::Boolean;
  if (yaml::core_integer(text)) return Kind::Integer;
  if (is_plain_decimal(text)) return Kind::Number;
  if (is_disputed(text)) return std::nullopt;
  return Kind::String;
}

std::optional<Kind> kind_of_plain_1_1(std::string_view text) {
  constexpr std::size_t kLongestBoolean = 5;
  constexpr std::string_view kBeginningsOfNumbers = "0123456789+-.";
  if (text.size() <= kLongestBoolean && yaml::boolean_1_1(text)) {
    // Readers do not agree on `y` and `n`.
    if (text.size() == 1) return std::nullopt;
    return Kind::Boolean;
  }
  if (text.empty() || kBeginningsOfNumbers.find(text.front()) == std::string_view::npos) return Kind::String;
  return kind_of_plain(text);
}

}  // namespace

bool is_filled_in(std::string_view text, Reader reader) {
  return reader == Reader::Kubernetes ? is_placeholder(text) : text.find('$') != std::string_view::npos;
}

std::optional<Kind> kind_of(const yaml::Document& document, const yaml::Node& node, Reader reader) {
  switch (node.kind) {
    case yaml::Node::Kind::Null: return Kind::Null;
    case yaml::Node::Kind::Mapping: return Kind::Mapping;
    case yaml::Node::Kind::Sequence: return Kind::Sequence;
    case yaml::Node::Kind::Alias: return kind_of(document, *node.target, reader);
    case yaml::Node::Kind::Scalar: break;
  }
  if (node.style != yaml::ScalarStyle::Plain || node.tag == "!!str") return Kind::String;
  if (!node.tag.empty() && node.tag != "!override") return std::nullopt;
  if (reader == Reader::Kubernetes) return kind_of_plain_1_1(node.text);
  if (is_filled_in(node.text, reader)) return std::nullopt;
  return kind_of_plain(node.text);
}

}  // namespace quaymaster::schema
