#include "workspace/configuration/document_reader.h"

#include <utility>

#include "rules/settings.h"
#include "syntax/tree.h"
#include "syntax/yaml_documents.h"

namespace quaymaster::workspace {
namespace {

/// Of longer lists the rest is left out: nobody writes them, and each name is looked for among all rules.
constexpr std::size_t kLongestList = 1000;

}  // namespace

std::shared_ptr<const yaml::Document> parse_configuration(std::string_view text) {
  syntax::Parser parser(syntax::Grammar::Yaml);
  return yaml::parse_document(slice(text, syntax::yaml_documents(text).front()), parser);
}

TextRange inside_quotes(const yaml::Document& document, TextRange range) {
  const std::string_view text = slice(document.text(), range);
  if (text.size() < 2 || (text.front() != '"' && text.front() != '\'') || text.back() != text.front()) return range;
  return {range.begin + 1, range.end - 1};
}

std::optional<DocumentReader::Text> DocumentReader::text(const yaml::Value& value) {
  if (!value || value.is_null()) return std::nullopt;
  const auto found = value.string();
  if (!found) {
    problems.add_wrong_type(value.range(), "this has to be a string");
    return std::nullopt;
  }
  return Text{std::string(*found), value.content_range()};
}

std::vector<DocumentReader::Text> DocumentReader::texts(const yaml::Value& value) {
  std::vector<Text> list;
  if (value.is_mapping()) {
    problems.add_wrong_type(value.range(), "this has to be a string, or a list of them");
  } else if (!value.is_sequence()) {
    if (auto only = text(value)) list.push_back(std::move(*only));
  } else {
    for (const yaml::Element& element : value.items()) {
      if (list.size() == kLongestList) {
        problems.add_wrong_type(element.value.range(), "the list is too long; the rest is left out");
        break;
      }
      if (auto one = text(element.value)) list.push_back(std::move(*one));
    }
  }
  return list;
}

std::vector<std::string> DocumentReader::strings(const yaml::Value& value) {
  std::vector<std::string> list;
  for (Text& one : texts(value)) list.push_back(std::move(one.text));
  return list;
}

std::vector<std::string> DocumentReader::items(const yaml::Value& value) {
  std::vector<std::string> list;
  for (Text& one : texts(value)) {
    if (is_item(rules_, one.text))
      list.push_back(std::move(one.text));
    else if (!problems.full())
      problems.add_unknown_item(one.range, one.text, nearest_item(rules_, one.text));
  }
  return list;
}

std::optional<bool> DocumentReader::boolean(const yaml::Value& value) {
  if (!value || value.is_null()) return std::nullopt;
  const auto found = value.boolean();
  if (!found) problems.add_wrong_type(value.range(), "this has to be true or false");
  return found;
}

std::vector<yaml::Entry> DocumentReader::mapping(const yaml::Value& value) {
  if (!value || value.is_null()) return {};
  if (!value.is_mapping()) problems.add_wrong_type(value.range(), "this has to be a mapping of keys to values");
  return value.entries();
}

std::vector<yaml::Element> DocumentReader::sequence(const yaml::Value& value) {
  if (!value || value.is_null()) return {};
  if (!value.is_sequence()) problems.add_wrong_type(value.range(), "this has to be a list");
  return value.items();
}

void DocumentReader::unknown_key(const yaml::Entry& entry, std::span<const std::string_view> known) {
  if (entry.value.document() == nullptr) return;
  problems.add_unknown(inside_quotes(*entry.value.document(), entry.key_range), entry.key, "key", known);
}

}  // namespace quaymaster::workspace
