#include "model/yaml/support.h"

#include "syntax/tree.h"

namespace quaymaster::tests {
namespace {

std::string_view name_of(yaml::Problem::Kind kind) {
  switch (kind) {
    case yaml::Problem::Kind::Syntax: return "syntax";
    case yaml::Problem::Kind::TabIndentation: return "tab";
    case yaml::Problem::Kind::DuplicateKey: return "duplicate-key";
    case yaml::Problem::Kind::UndefinedAlias: return "undefined-alias";
    case yaml::Problem::Kind::AliasCycle: return "alias-cycle";
    case yaml::Problem::Kind::TooManyValues: return "too-many-values";
    case yaml::Problem::Kind::TooDeep: return "too-deep";
    case yaml::Problem::Kind::NotRead: return "not-read";
  }
  return {};
}

}  // namespace

std::shared_ptr<const yaml::Document> parse_yaml(std::string_view text) {
  syntax::Parser parser(syntax::Grammar::Yaml);
  return yaml::parse_document(text, parser);
}

std::string dump(const yaml::Value& value) {
  if (!value.present()) return "absent";
  std::string out = value.shared() ? "^" : "";
  if (value.is_null()) return out + "null";
  if (value.is_scalar()) return out + '"' + std::string(*value.string()) + '"';
  std::string inner;
  for (const yaml::Entry& entry : value.entries())
    inner += (inner.empty() ? "" : ", ") + std::string(entry.key) + ": " + dump(entry.value);
  for (const yaml::Element& item : value.items()) inner += (inner.empty() ? "" : ", ") + dump(item.value);
  return out + (value.is_mapping() ? "{" + inner + "}" : "[" + inner + "]");
}

std::string dump_problems(const yaml::Document& document) {
  std::string out;
  for (const yaml::Problem& problem : document.problems())
    out += (out.empty() ? "" : " ") + std::string(name_of(problem.kind)) + "(" +
           std::string(slice(document.text(), problem.range)) + ")";
  return out;
}

}  // namespace quaymaster::tests
