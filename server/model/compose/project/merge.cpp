#include "model/compose/project/merge.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <unordered_map>
#include <utility>

#include "model/compose/merge_rules.h"

namespace quaymaster::compose::project {
namespace {

using Path = std::vector<std::string_view>;

/// The path below the service, or empty.
std::string path_in_service(const Path& path) {
  std::string joined;
  if (path.size() < 3 || path.size() > 5 || path[0] != "services") return joined;
  for (std::size_t i = 2; i < path.size(); ++i) joined += (i > 2 ? "." : "") + std::string(path[i]);
  return joined;
}

bool in_assignments(Path path) {
  if (path.empty()) return false;
  path.pop_back();
  return is_assignments(path_in_service(path));
}

/// What an item of a normalised list is unique by; empty when it may repeat.
std::string unique_key(std::string_view path, const Value& item) {
  if (path == "ports") {
    const std::string ip = item.text_of("host_ip");
    return (ip.empty() ? "0.0.0.0" : ip) + ":" + item.text_of("published") + ":" + item.text_of("target") + "/" +
           item.text_of("protocol");
  }
  if (path == "volumes" || path == "devices") return item.text_of("target");
  if (path == "secrets" || path == "configs") {
    const std::string target = item.text_of("target");
    return target.empty() ? item.text_of("source") : target;
  }
  if (path == "env_file") return item.text_of("path");
  constexpr std::array<std::string_view, 12> kTexts{"cap_add",  "cap_drop",   "dns",          "dns_opt",
                                                    "expose",   "links",      "dns_search",   "tmpfs",
                                                    "profiles", "build.tags", "volumes_from", "build.platforms"};
  return std::ranges::find(kTexts, path) != kTexts.end() ? item.text : std::string();
}

/// Of items with the same key the last one stays, in the place of the first.
void remove_repeated(std::vector<Value>& items, std::string_view path) {
  std::unordered_map<std::string, std::size_t> places;
  std::vector<Value> kept;
  for (Value& item : items) {
    std::string key = unique_key(path, item);
    const auto [found, added] = places.try_emplace(std::move(key), kept.size());
    if (added || found->first.empty())
      kept.push_back(std::move(item));
    else
      kept[found->second] = std::move(item);
  }
  items = std::move(kept);
}

bool has_other_driver(const Value& earlier, const Value& later) {
  const std::string driver = earlier.text_of("driver");
  const std::string other = later.text_of("driver");
  return !driver.empty() && !other.empty() && driver != other;
}

Value merge(Value earlier, Value later, Path& path);

void merge_pairs(Value& earlier, Value& later, Path& path) {
  std::unordered_map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < earlier.pairs.size(); ++i) places.emplace(earlier.pairs[i].key, i);
  for (auto& [key, value] : later.pairs) {
    const auto found = places.find(key);
    if (found == places.end()) {
      earlier.pairs.push_back({std::move(key), std::move(value)});
      continue;
    }
    path.push_back(found->first);
    Value& place = earlier.pairs[found->second].value;
    place = merge(std::move(place), std::move(value), path);
    path.pop_back();
  }
}

Value merge(Value earlier, Value later, Path& path) {
  if (later.tag != Value::Tag::None) return later;
  const std::string place = path_in_service(path);
  // A variable without a value is one that is passed on; other keys without a value say nothing.
  if (later.kind == Value::Kind::Null && !in_assignments(path)) return earlier;
  if (is_replaced(place) || later.kind != earlier.kind) return later;
  if (later.is_mapping()) {
    if (place == "logging" && has_other_driver(earlier, later)) return later;
    merge_pairs(earlier, later, path);
    return earlier;
  }
  if (later.is_sequence()) {
    std::ranges::move(later.items, std::back_inserter(earlier.items));
    remove_repeated(earlier.items, place);
    return earlier;
  }
  return later;
}

}  // namespace

Value merge_files(Value earlier, Value later) {
  Path path;
  return merge(std::move(earlier), std::move(later), path);
}

Value merge_services(Value earlier, Value later) {
  Path path{"services", "it"};
  return merge(std::move(earlier), std::move(later), path);
}

void apply_tags(Value& value) {
  std::erase_if(value.pairs, [](const Pair& pair) { return pair.value.tag == Value::Tag::Reset; });
  std::erase_if(value.items, [](const Value& item) { return item.tag == Value::Tag::Reset; });
  for (auto& [key, each] : value.pairs) apply_tags(each);
  for (Value& item : value.items) apply_tags(item);
  value.tag = Value::Tag::None;
}

}  // namespace quaymaster::compose::project
