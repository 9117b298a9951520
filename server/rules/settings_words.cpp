#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

#include "rules/item.h"
#include "rules/settings.h"
#include "text/near_miss.h"

namespace quaymaster {
namespace {

constexpr std::array<std::string_view, kLabelFormatCount> kLabelFormats{"text",   "email", "hash", "rfc3339",
                                                                        "semver", "spdx",  "url"};
constexpr std::array<std::string_view, kBuilderCount> kBuilders{"buildkit", "docker", "buildah", "kaniko"};

/// The first number of a release; takes it and the dot behind it off.
int next_number(std::string_view& release) {
  const std::string_view part = release.substr(0, release.find('.'));
  release.remove_prefix(std::min(release.size(), part.size() + 1));
  int number = 0;
  std::from_chars(part.data(), part.data() + part.size(), number);
  return number;
}

bool is_release(std::string_view text) {
  return !text.empty() && text.front() != '.' && text.back() != '.' && text.find("..") == std::string_view::npos &&
         text.find_first_not_of("0123456789.") == std::string_view::npos;
}

std::vector<std::string> all_items(const RuleSet& rules) {
  std::vector<std::string> names{"all"};
  for (std::size_t i = 0; i < kPresetCount; ++i) names.emplace_back(to_string(static_cast<Preset>(i)));
  for (std::size_t i = 0; i < kFamilyCount; ++i) names.emplace_back(slug(static_cast<Family>(i)));
  for (const Rule* rule : rules) {
    names.emplace_back(rule->name);
    for (const Variant& variant : rule->variants) {
      if (!variant.name.empty()) names.push_back(std::string(rule->name) + "/" + std::string(variant.name));
      for (const Alias& alias : variant.aliases) names.emplace_back(alias.identifier);
    }
  }
  return names;
}

}  // namespace

std::string_view to_string(LabelFormat format) { return kLabelFormats[static_cast<std::size_t>(format)]; }
std::optional<LabelFormat> parse_label_format(std::string_view name) {
  const auto* found = std::ranges::find(kLabelFormats, name);
  if (found == kLabelFormats.end()) return std::nullopt;
  return static_cast<LabelFormat>(found - kLabelFormats.begin());
}

std::string_view to_string(Builder builder) { return kBuilders[static_cast<std::size_t>(builder)]; }
std::optional<Builder> parse_builder(std::string_view name) {
  const auto* found = std::ranges::find(kBuilders, name);
  if (found == kBuilders.end()) return std::nullopt;
  return static_cast<Builder>(found - kBuilders.begin());
}

OptionValue RuleOption::default_value() const {
  switch (kind) {
    case Kind::Boolean: return default_number != 0;
    case Kind::Integer: return default_number;
    case Kind::Strings: return StringList(default_strings.begin(), default_strings.end());
  }
  return false;
}

std::optional<PresetName> parse_preset_name(std::string_view item) {
  PresetName name;
  const std::size_t at = item.find('@');
  if (at != std::string_view::npos) {
    name.release = item.substr(at + 1);
    if (!is_release(name.release)) return std::nullopt;
    item = item.substr(0, at);
  }
  if (item == "all") return name;
  name.preset = parse_preset(item);
  return name.preset ? std::optional(name) : std::nullopt;
}

bool is_item(const RuleSet& rules, std::string_view item) {
  if (parse_preset_name(item) || !shellcheck_code(item).empty()) return true;
  return std::ranges::any_of(rules, [item](const Rule* rule) {
    return std::ranges::any_of(rule->variants, [&](const Variant& variant) {
      return names_variant(item, *rule, variant) || std::ranges::any_of(variant.aliases, [&](const Alias& alias) {
               return names_alias(item, alias.identifier);
             });
    });
  });
}

std::string nearest_item(const RuleSet& rules, std::string_view item) {
  const std::vector<std::string> names = all_items(rules);
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  return std::string(near_miss(item, candidates));
}

bool release_before(std::string_view a, std::string_view b) {
  while (!a.empty() || !b.empty()) {
    const int of_a = next_number(a);
    const int of_b = next_number(b);
    if (of_a != of_b) return of_a < of_b;
  }
  return false;
}

std::string shown(const OptionValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  std::string out;
  for (const std::string& text : std::get<StringList>(value)) out += (out.empty() ? "" : ", ") + text;
  return "[" + out + "]";
}

}  // namespace quaymaster
