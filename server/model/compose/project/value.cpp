#include "model/compose/project/value.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace quaymaster::compose::project {
namespace {

void write(const Value& value, const std::string& path, std::string& out) {
  switch (value.kind) {
    case Value::Kind::Null: out += path + " = null\n"; return;
    case Value::Kind::Scalar: out += path + " = " + value.text + "\n"; return;
    case Value::Kind::Mapping: {
      if (value.pairs.empty()) out += path + " = {}\n";
      std::map<std::string_view, const Value*> sorted;
      for (const auto& [key, each] : value.pairs) sorted.emplace(key, &each);
      for (const auto& [key, each] : sorted)
        write(*each, path.empty() ? std::string(key) : path + "." + std::string(key), out);
      return;
    }
    case Value::Kind::Sequence:
      if (value.items.empty()) out += path + " = []\n";
      for (std::size_t i = 0; i < value.items.size(); ++i)
        write(value.items[i], path + "[" + std::to_string(i) + "]", out);
      return;
  }
}

}  // namespace

const Value* Value::find(std::string_view key) const {
  const auto found = std::ranges::find_if(pairs, [&](const Pair& pair) { return pair.key == key; });
  return found == pairs.end() ? nullptr : &found->value;
}

Value* Value::find(std::string_view key) { return const_cast<Value*>(std::as_const(*this).find(key)); }

std::string Value::text_of(std::string_view key) const {
  const Value* found = find(key);
  return found != nullptr ? found->text : std::string();
}

void Value::set(std::string_view key, Value value) {
  if (Value* found = find(key))
    *found = std::move(value);
  else
    pairs.push_back({std::string(key), std::move(value)});
}

void Value::erase(std::string_view key) {
  std::erase_if(pairs, [&](const Pair& pair) { return pair.key == key; });
}

Value scalar(std::string text, Origin origin) {
  Value value;
  value.kind = Value::Kind::Scalar;
  value.origin = origin;
  value.text = std::move(text);
  return value;
}

Value mapping(Origin origin) {
  Value value;
  value.kind = Value::Kind::Mapping;
  value.origin = origin;
  return value;
}

Value mapping(std::vector<Pair> pairs, Origin origin) {
  Value value = mapping(origin);
  std::unordered_map<std::string, std::size_t> places;
  for (Pair& pair : pairs) {
    const auto [found, added] = places.try_emplace(pair.key, value.pairs.size());
    if (added)
      value.pairs.push_back(std::move(pair));
    else
      value.pairs[found->second].value = std::move(pair.value);
  }
  return value;
}

Value sequence(std::vector<Value> items, Origin origin) {
  Value value;
  value.kind = Value::Kind::Sequence;
  value.origin = origin;
  value.items = std::move(items);
  return value;
}

Value value_of(const yaml::Value& value, std::uint32_t file) {
  Value result;
  result.origin = {file, value.range()};
  if (!value.present()) return result;
  const std::string& tag = value.node()->tag;
  if (tag == "!reset") result.tag = Value::Tag::Reset;
  if (tag == "!override") result.tag = Value::Tag::Override;
  if (value.is_scalar()) {
    result.kind = Value::Kind::Scalar;
    result.text = value.string().value_or("");
  } else if (value.is_mapping()) {
    result.kind = Value::Kind::Mapping;
    for (const yaml::Entry& entry : value.entries())
      result.pairs.push_back({std::string(entry.key), value_of(entry.value, file)});
  } else if (value.is_sequence()) {
    result.kind = Value::Kind::Sequence;
    for (const yaml::Element& item : value.items()) result.items.push_back(value_of(item.value, file));
  }
  return result;
}

std::string lines(const Value& value) {
  std::string out;
  write(value, "", out);
  return out;
}

}  // namespace quaymaster::compose::project
