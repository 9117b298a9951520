#include <algorithm>
#include <functional>
#include <string>
#include <utility>

#include "quaymaster/config.h"
#include "rules/item.h"
#include "text/near_miss.h"

namespace quaymaster {
namespace {

constexpr std::array kLanguages{Language::Dockerfile, Language::Compose, Language::Kubernetes};

std::size_t index_of(Language language) { return static_cast<std::size_t>(language); }
std::size_t index_of(const Rule& rule, const Variant& variant) {
  return static_cast<std::size_t>(&variant - rule.variants.begin());
}

std::optional<Severity> severity_in(const Variant& variant, Preset preset) {
  const auto* found = std::ranges::find(variant.presets, preset, &PresetEntry::preset);
  if (found == variant.presets.end()) return std::nullopt;
  return found->severity;
}

/// What an item says about one variant in one language: nothing, or that it is meant, with the severity it then has.
std::optional<Severity> meant(std::string_view item, const Rule& rule, const Variant& variant, Language language) {
  if (item == "all") return variant.severity;
  if (const auto preset = parse_preset(item)) {
    // "hadolint" and "buildkit" are presets and not variants' names, so that there is no doubt.
    return severity_in(variant, *preset);
  }
  if (names_variant(item, rule, variant)) return variant.severity;
  for (const Alias& alias : variant.aliases)
    if (alias.language == language && names_alias(item, alias.identifier)) return variant.severity;
  return std::nullopt;
}

}  // namespace

const Settings::RuleEntry* Settings::entry(const Rule& rule) const {
  const auto found = std::ranges::lower_bound(entries_, &rule, std::less<>(), &RuleEntry::rule);
  return found == entries_.end() || found->rule != &rule ? nullptr : &*found;
}

std::optional<Severity> Settings::severity(const Rule& rule, const Variant& variant, Language language) const {
  const RuleEntry* found = entry(rule);
  return found == nullptr ? std::nullopt : found->severities[index_of(rule, variant)][index_of(language)];
}

bool Settings::any(const Rule& rule, Language language) const {
  const RuleEntry* found = entry(rule);
  return found != nullptr && std::ranges::any_of(found->severities, [language](const auto& by_language) {
           return by_language[index_of(language)].has_value();
         });
}

/// Makes the settings of a selection, item by item.
struct SettingsBuilder {
  explicit SettingsBuilder(const RuleSet& set) : rules(set) {
    for (const Rule* rule : rules) settings.entries_.push_back({rule, {}});
    std::ranges::sort(settings.entries_, std::less<>(), &Settings::RuleEntry::rule);
  }

  /// Switches on what `item` means, or off. False when it means nothing.
  bool apply(std::string_view item, bool on) {
    bool known = item == "all" || parse_preset(item).has_value();
    for (Settings::RuleEntry& entry : settings.entries_)
      for (const Variant& variant : entry.rule->variants)
        for (const Language language : kLanguages)
          if (const auto severity =
                  !variant.languages.contains(language) ? std::nullopt : meant(item, *entry.rule, variant, language)) {
            known = true;
            auto& slot = entry.severities[index_of(*entry.rule, variant)][index_of(language)];
            // What is on keeps the severity that the preset gave it.
            if (!on)
              slot.reset();
            else if (!slot)
              slot = severity_from_preset(variant, *severity);
          }
    return known;
  }

  [[nodiscard]] Severity severity_from_preset(const Variant& variant, Severity otherwise) const {
    return preset ? severity_in(variant, *preset).value_or(otherwise) : otherwise;
  }

  [[nodiscard]] UnknownItem unknown(const std::string& item) const {
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
    const std::vector<std::string_view> candidates(names.begin(), names.end());
    return {item, std::string(near_miss(item, candidates))};
  }

  void set_fingerprint() {
    std::uint64_t hash = 0xCBF29CE484222325U;  // FNV-1a
    for (const Settings::RuleEntry& entry : settings.entries_)
      for (const auto& by_language : entry.severities)
        for (const std::optional<Severity>& severity : by_language)
          hash = (hash ^ (severity ? static_cast<unsigned>(*severity) + 1 : 0)) * 0x100000001B3U;
    settings.fingerprint_ = hash;
  }

  const RuleSet& rules;
  std::optional<Preset> preset;
  Settings settings;
};

ResolvedSelection resolve(const RuleSet& rules, const Selection& selection) {
  SettingsBuilder builder(rules);
  ResolvedSelection result;
  builder.preset = parse_preset(selection.preset);
  const auto apply = [&](const std::vector<std::string>& items, bool on) {
    for (const std::string& item : items)
      if (!builder.apply(item, on)) result.unknown.push_back(builder.unknown(item));
  };
  const bool preset_known = builder.preset || selection.preset == "all";
  if (!preset_known) result.unknown.push_back(builder.unknown(selection.preset));
  if (selection.select)
    apply(*selection.select, true);
  else if (preset_known)
    builder.apply(selection.preset, true);
  apply(selection.extend_select, true);
  apply(selection.ignore, false);
  builder.set_fingerprint();
  result.settings = std::move(builder.settings);
  return result;
}

}  // namespace quaymaster
