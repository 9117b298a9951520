#include <string>

#include "model/yaml/edit.h"
#include "model/yaml/layout.h"
#include "model/yaml/scalar.h"

namespace quaymaster::yaml {
namespace {

bool is_block_scalar(const Node& node) {
  return node.kind == Node::Kind::Scalar && (node.style == ScalarStyle::Literal || node.style == ScalarStyle::Folded);
}

std::optional<Edit> put(const Value& value, std::string text) {
  const Node* node = value.node();
  if (node == nullptr || value.shared() || is_block_scalar(*node)) return std::nullopt;
  if (node->kind != Node::Kind::Scalar && node->kind != Node::Kind::Null) return std::nullopt;
  if (!node->range.empty()) return Edit::replacement(node->range, std::move(text));
  if (node->parent == nullptr || node->range.begin == 0) return std::nullopt;
  const char before = value.document()->text()[node->range.begin - 1];
  if (before != ':' && before != '-' && node->properties.empty()) return std::nullopt;
  Edit edit = Edit::insertion(node->range.begin, " " + text);
  edit.claim = "value";
  return edit;
}

}  // namespace

std::optional<Edit> replace_scalar(const Value& value, std::string_view text) {
  if (!value.present()) return std::nullopt;
  return put(value, encode_scalar(text, value.node()->style, in_flow(*value.node())));
}

std::optional<Edit> replace_with_plain(const Value& value, std::string_view yaml) {
  return put(value, std::string(yaml));
}

}  // namespace quaymaster::yaml
