#include "model/schema/words.h"

#include <cstddef>
#include <vector>

namespace quaymaster::schema {

std::string_view taken_scalar(Node about) {
  const Kinds kinds = about.kinds();
  switch (about.format()) {
    case Format::Boolean: return "`true` or `false`";
    case Format::Integer: return "a whole number";
    case Format::Number: return "a number";
    case Format::Duration: return "a duration like `30s`";
    case Format::Size: return "a size like `512m`";
    case Format::Quantity: return "a quantity like `500m` or `1Gi`";
    case Format::Any:
    case Format::Port:
    case Format::PullPolicy: break;
  }
  if (kinds.has(Kind::String) && kinds.has(Kind::Integer) && !kinds.has(Kind::Number))
    return "a whole number or a string";
  if (kinds.has(Kind::String)) return "a string";
  if (kinds.has(Kind::Number)) return "a number";
  if (kinds.has(Kind::Integer)) return "a whole number";
  return "`true` or `false`";
}

std::string taken_kinds(Node about) {
  const Kinds kinds = about.kinds();
  std::vector<std::string_view> parts;
  if (kinds.has_scalar()) parts.push_back(taken_scalar(about));
  if (kinds.has(Kind::Sequence)) parts.emplace_back("a list");
  if (kinds.has(Kind::Mapping)) parts.emplace_back("a mapping");
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += i + 1 == parts.size() ? " or " : ", ";
    text += parts[i];
  }
  return text;
}

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::Null: return "nothing";
    case Kind::Boolean: return "a Boolean";
    case Kind::Integer:
    case Kind::Number: return "a number";
    case Kind::String: return "a string";
    case Kind::Mapping: return "a mapping";
    case Kind::Sequence: return "a list";
  }
  return {};
}

}  // namespace quaymaster::schema
