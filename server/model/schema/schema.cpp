#include "model/schema/schema.h"

#include <algorithm>
#include <tuple>

#include "model/schema/kubernetes_objects.h"
#include "model/schema/tables.h"

namespace quaymaster::schema {
namespace {

const tables::NodeRow& row_of(std::uint32_t index) { return tables::kNodes[index]; }

std::span<const tables::PropertyRow> properties_of(std::uint32_t index) {
  const tables::Span span = row_of(index).properties;
  return {tables::kProperties + span.begin, span.count};
}

std::string_view text_of(tables::Text text) { return {tables::kPool + text.begin, text.size}; }

std::vector<std::string_view> texts_of(tables::Span span) {
  std::vector<std::string_view> texts;
  texts.reserve(span.count);
  for (const tables::Text& text : std::span(tables::kTexts + span.begin, span.count)) texts.push_back(text_of(text));
  return texts;
}

Property property_of(const tables::PropertyRow& row) {
  return {text_of(row.name), text_of(row.description), text_of(row.default_value), Node(row.node), row.required,
          row.deprecated};
}

std::span<const tables::ObjectRow> object_rows() { return {tables::kObjects, tables::kObjectCount}; }

KubernetesObject object_of(const tables::ObjectRow& row) {
  return {text_of(row.api_version), text_of(row.kind), text_of(row.description), Node(row.node)};
}

}  // namespace

Kinds Node::kinds() const { return Kinds(row_of(index_).kinds); }

Format Node::format() const { return row_of(index_).format; }

std::vector<std::string_view> Node::choices() const { return texts_of(row_of(index_).choices); }

std::vector<std::string_view> Node::required() const { return texts_of(row_of(index_).required); }

std::optional<std::int64_t> Node::minimum() const {
  if (!row_of(index_).has_minimum) return std::nullopt;
  return row_of(index_).minimum;
}

std::optional<std::int64_t> Node::maximum() const {
  if (!row_of(index_).has_maximum) return std::nullopt;
  return row_of(index_).maximum;
}

bool Node::has_limits() const {
  const tables::NodeRow& row = row_of(index_);
  return row.choices.count > 0 || row.has_minimum || row.has_maximum;
}

std::vector<Property> Node::properties() const {
  std::vector<Property> properties;
  properties.reserve(properties_of(index_).size());
  for (const tables::PropertyRow& row : properties_of(index_)) properties.push_back(property_of(row));
  return properties;
}

std::optional<Property> Node::property(std::string_view name) const {
  const std::span<const tables::PropertyRow> rows = properties_of(index_);
  const auto name_of = [](const tables::PropertyRow& row) { return text_of(row.name); };
  const auto found = std::ranges::lower_bound(rows, name, {}, name_of);
  if (found == rows.end() || name_of(*found) != name) return std::nullopt;
  return property_of(*found);
}

Names Node::names() const { return row_of(index_).names; }

bool Node::takes_extensions() const { return row_of(index_).takes_extensions; }

Node Node::other() const { return Node(row_of(index_).other); }

Node Node::value_of(std::string_view key) const {
  if (const std::optional<Property> known = property(key)) return known->value;
  return takes_extensions() && key.starts_with("x-") ? Node() : other();
}

Node Node::item() const { return Node(row_of(index_).item); }

Node descend(Node root, std::span<const std::string_view> path) {
  for (const std::string_view step : path) root = step == "[]" ? root.item() : root.value_of(step);
  return root;
}

Node compose() { return Node(tables::kComposeRoot); }

Node kubernetes(std::string_view api_version, std::string_view kind) {
  const std::span<const tables::ObjectRow> rows = object_rows();
  const auto key_of = [](const tables::ObjectRow& row) {
    return std::tuple(text_of(row.api_version), text_of(row.kind));
  };
  const std::tuple wanted(api_version, kind);
  const auto found = std::ranges::lower_bound(rows, wanted, {}, key_of);
  return found == rows.end() || key_of(*found) != wanted ? Node() : Node(found->node);
}

std::vector<KubernetesObject> kubernetes_objects() {
  std::vector<KubernetesObject> objects;
  objects.reserve(object_rows().size());
  for (const tables::ObjectRow& row : object_rows()) objects.push_back(object_of(row));
  return objects;
}

}  // namespace quaymaster::schema
