#include "model/compose/reader.h"

#include <algorithm>
#include <string>
#include <utility>

#include "model/yaml/scalar.h"

namespace quaymaster::compose {
namespace {

using container::EnvironmentEntry;

bool any_of(std::string_view text, std::initializer_list<std::string_view> words) {
  const auto equal = [&](std::string_view word) {
    return std::ranges::equal(text, word, {},
                              [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  };
  return std::ranges::any_of(words, equal);
}

/// One `NAME=value` or `NAME` of a list.
std::optional<EnvironmentEntry> list_variable(const yaml::Value& item, EnvironmentEntry::Origin origin) {
  const std::optional<Interpolated> read = interpolated(item);
  if (!read) return std::nullopt;
  const std::string& bytes = read->text.bytes();
  EnvironmentEntry entry;
  entry.origin = origin;
  entry.shared = item.shared();
  entry.item_range = item.range();
  entry.literal = read->literal();
  const std::size_t equals = bytes.find('=');
  const auto name_end = static_cast<std::uint32_t>(std::min(equals, bytes.size()));
  entry.name = bytes.substr(0, name_end);
  entry.name_range = read->text.to_file({0, name_end});
  if (equals == std::string::npos) {
    entry.value_range = {entry.name_range.end, entry.name_range.end};
    return entry;
  }
  entry.value = bytes.substr(equals + 1);
  entry.value_range = read->text.to_file({name_end + 1, read->text.size()});
  return entry;
}

EnvironmentEntry mapped_variable(const yaml::Entry& pair, EnvironmentEntry::Origin origin) {
  EnvironmentEntry entry;
  entry.origin = origin;
  entry.name = pair.key;
  entry.name_range = pair.key_range;
  entry.shared = pair.shared || pair.value.shared();
  entry.item_range = pair.range;
  entry.value_range = {pair.key_range.end, pair.key_range.end};
  if (const std::optional<Interpolated> read = interpolated(pair.value)) {
    entry.value = read->text.bytes();
    entry.value_range = pair.value.range();
    entry.literal = read->literal();
  }
  return entry;
}

}  // namespace

std::optional<Interpolated> interpolated(const yaml::Value& value) {
  if (!value.is_scalar()) return std::nullopt;
  return interpolate(yaml::mapped_scalar(*value.document(), *value.node()));
}

std::optional<Text> text_of(const yaml::Value& value) {
  const std::optional<Interpolated> read = interpolated(value);
  if (!read) return std::nullopt;
  return Text{read->text.bytes(), value.content_range(), read->literal(), read->known, value.shared()};
}

std::optional<Name> name_of(const yaml::Value& value) {
  const std::optional<Text> text = text_of(value);
  if (!text) return std::nullopt;
  return Name{text->text, text->range, text->literal, text->shared};
}

std::vector<Name> names_of(const yaml::Value& value) {
  std::vector<Name> names;
  for (const yaml::Entry& entry : value.entries())
    names.push_back({std::string(entry.key), entry.key_range, true, entry.shared});
  for (const yaml::Value& scalar : scalars_of(value))
    if (std::optional<Name> name = name_of(scalar)) names.push_back(*std::move(name));
  return names;
}

std::vector<yaml::Value> scalars_of(const yaml::Value& value) {
  std::vector<yaml::Value> scalars;
  if (value.is_scalar()) scalars.push_back(value);
  for (const yaml::Element& item : value.items())
    if (item.value.is_scalar()) scalars.push_back(item.value);
  return scalars;
}

std::vector<Text> texts_of(const yaml::Value& value) {
  std::vector<Text> texts;
  for (const yaml::Value& scalar : scalars_of(value))
    if (std::optional<Text> text = text_of(scalar)) texts.push_back(*std::move(text));
  return texts;
}

std::vector<EnvironmentEntry> variables_of(const yaml::Value& value, EnvironmentEntry::Origin origin) {
  std::vector<EnvironmentEntry> entries;
  for (const yaml::Entry& pair : value.entries()) entries.push_back(mapped_variable(pair, origin));
  for (const yaml::Element& item : value.items()) {
    // Only where `extends` brings a list and a mapping together.
    for (const yaml::Entry& pair : item.value.entries()) entries.push_back(mapped_variable(pair, origin));
    if (std::optional<EnvironmentEntry> entry = list_variable(item.value, origin)) entries.push_back(*std::move(entry));
  }
  return entries;
}

std::optional<bool> boolean(const yaml::Value& value) {
  const std::optional<Text> text = text_of(value);
  if (!text || !text->known) return std::nullopt;
  if (any_of(text->text, {"true", "yes", "on", "y", "t", "1"})) return true;
  if (any_of(text->text, {"false", "no", "off", "n", "f", "0"})) return false;
  return std::nullopt;
}

std::optional<container::Flag> flag_of(const yaml::Value& mapping, std::string_view key) {
  const std::optional<yaml::Entry> entry = mapping.entry(key);
  if (!entry) return std::nullopt;
  const std::optional<bool> value = boolean(entry->value);
  if (!value) return std::nullopt;
  return container::Flag{*value, entry->key_range, entry->value.range(), entry->shared || entry->value.shared()};
}

}  // namespace quaymaster::compose
