#include "model/schema/schema.h"

#include <algorithm>

#include "model/schema/tables.h"

namespace quaymaster::schema {
namespace {

const tables::NodeRow& row_of(std::uint32_t index) { return tables::kNodes[index]; }

std::span<const tables::PropertyRow> properties_of(std::uint32_t index) {
  const tables::Span span = row_of(index).properties;
  return {tables::kProperties + span.begin, span.count};
}

std::vector<std::string_view> texts_of(tables::Span span) {
  return {tables::kTexts + span.begin, tables::kTexts + span.begin + span.count};
}

Property property_of(const tables::PropertyRow& row) {
  return {row.name, row.description, row.default_value, Node(row.node), row.required, row.deprecated};
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

std::vector<Property> Node::properties() const {
  std::vector<Property> properties;
  properties.reserve(properties_of(index_).size());
  for (const tables::PropertyRow& row : properties_of(index_)) properties.push_back(property_of(row));
  return properties;
}

std::optional<Property> Node::property(std::string_view name) const {
  const std::span<const tables::PropertyRow> rows = properties_of(index_);
  const auto found = std::ranges::lower_bound(rows, name, {}, &tables::PropertyRow::name);
  if (found == rows.end() || found->name != name) return std::nullopt;
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

}  // namespace quaymaster::schema
