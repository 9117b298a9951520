#include "rules/settings.h"

#include <algorithm>
#include <cassert>
#include <functional>

#include "quaymaster/config.h"
#include "rules/item.h"

namespace quaymaster {
namespace {

constexpr std::array kLanguages{Language::Dockerfile, Language::Compose, Language::Kubernetes};

std::size_t index_of(Language language) { return static_cast<std::size_t>(language); }
std::size_t index_of(const Rule& rule, const Variant& variant) {
  return static_cast<std::size_t>(&variant - rule.variants.begin());
}
std::size_t index_of(const Rule& rule, std::string_view option) {
  const auto* found = std::ranges::find(rule.options, option, &RuleOption::name);
  return static_cast<std::size_t>(found - rule.options.begin());
}

/// The severity that a preset gives to a variant; empty when it is not in it.
std::optional<Severity> severity_in(const PresetName& name, const Variant& variant) {
  if (!name.release.empty() && release_before(name.release, variant.since)) return std::nullopt;
  if (!name.preset) return variant.severity;
  const auto* found = std::ranges::find(variant.presets, *name.preset, &PresetEntry::preset);
  if (found == variant.presets.end()) return std::nullopt;
  return found->severity;
}

/// What an item says about one variant in one language: nothing, or that it is meant, with the severity it then has.
std::optional<Severity> meant(std::string_view item, const Rule& rule, const Variant& variant, Language language) {
  if (!variant.languages.contains(language)) return std::nullopt;
  // "hadolint" and "buildkit" are presets and not variants' names, so that there is no doubt.
  if (const auto preset = parse_preset_name(item)) return severity_in(*preset, variant);
  if (names_variant(item, rule, variant)) return variant.severity;
  for (const Alias& alias : variant.aliases)
    if (alias.language == language && names_alias(item, alias.identifier)) return variant.severity;
  return std::nullopt;
}

template <class T>
void take_if_said(std::optional<T>& slot, const std::optional<T>& said) {
  if (said) slot = said;
}

/// FNV-1a over everything that a value holds.
class Hash {
 public:
  void add(std::uint64_t number) { value_ = (value_ ^ number) * 0x100000001B3U; }
  void add(std::string_view text) {
    for (const char c : text) add(static_cast<std::uint64_t>(static_cast<unsigned char>(c)));
    add(std::uint64_t{256});
  }
  void add(const StringList& list) {
    for (const std::string& text : list) add(std::string_view(text));
    add(std::uint64_t{257});
  }
  void add(std::optional<bool> flag) { add(std::uint64_t{flag ? (*flag ? 2U : 1U) : 0U}); }
  void add(const OptionValue& option) {
    if (const auto* list = std::get_if<StringList>(&option))
      add(*list);
    else if (const auto* number = std::get_if<std::int64_t>(&option))
      add(static_cast<std::uint64_t>(*number));
    else
      add(std::optional(std::get<bool>(option)));
  }
  [[nodiscard]] std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xCBF29CE484222325U;
};

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

const OptionValue& Settings::option(const Rule& rule, std::string_view name) const {
  const RuleEntry* found = entry(rule);
  assert(found != nullptr);
  return found->options.at(index_of(rule, name));
}

/// Makes the settings of layers, language by language.
struct SettingsBuilder {
  explicit SettingsBuilder(const RuleSet& set) : rules(set) {
    for (const Rule* rule : rules) {
      std::vector<OptionValue> defaults;
      for (const RuleOption& option : rule->options) defaults.push_back(option.default_value());
      settings.entries_.push_back({rule, {}, std::move(defaults)});
    }
    std::ranges::sort(settings.entries_, std::less<>(), &Settings::RuleEntry::rule);
  }

  /// What is known of one variant in one language while the layers are gone through.
  struct Slot {
    std::optional<Severity> on;
    std::optional<Severity> demanded;  // named in so many words; kept when it is switched off and on again
    int layer = -1;                    // the last one that decided
  };
  [[nodiscard]] Slot& slot(const Rule& rule, const Variant& variant) {
    const auto found = std::ranges::lower_bound(settings.entries_, &rule, std::less<>(), &Settings::RuleEntry::rule);
    return slots[static_cast<std::size_t>(found - settings.entries_.begin())][index_of(rule, variant)];
  }

  /// Calls `act` with the slot, and the severity of its own, of every variant that `item` means.
  template <class Act>
  void for_each_meant(std::string_view item, Language language, const Act& act) {
    for (const Rule* rule : rules)
      for (const Variant& variant : rule->variants)
        if (const auto severity = meant(item, *rule, variant, language)) act(slot(*rule, variant), variant, *severity);
  }

  void switch_on(std::string_view item, Language language, int layer) {
    for_each_meant(item, language, [&](Slot& slot, const Variant& variant, Severity severity) {
      const std::optional<Severity> of_preset = severity_from_presets(variant);
      // Of two presets the worse severity counts.
      const bool preset = parse_preset_name(item).has_value();
      if (!slot.on || (preset && severity < *slot.on)) slot.on = preset ? severity : of_preset.value_or(severity);
      slot.layer = layer;
    });
  }
  void switch_off(std::string_view item, Language language, int layer) {
    for_each_meant(item, language, [&](Slot& slot, const Variant&, Severity) {
      slot.on.reset();
      slot.layer = layer;
    });
  }

  [[nodiscard]] std::optional<Severity> severity_from_presets(const Variant& variant) const {
    std::optional<Severity> worst;
    for (const std::string& name : presets)
      if (const auto preset = parse_preset_name(name))
        if (const auto severity = severity_in(*preset, variant); severity && (!worst || *severity < *worst))
          worst = severity;
    return worst;
  }

  void set_rule(const RuleSetting& setting, Language language, int layer) {
    for_each_meant(setting.item, language, [&](Slot& slot, const Variant& variant, Severity severity) {
      if (setting.severity) slot.demanded = setting.severity;
      if (setting.state == RuleSetting::State::Unset) return;
      if (setting.state == RuleSetting::State::Off)
        slot.on.reset();
      else if (!slot.on)
        slot.on = severity_from_presets(variant).value_or(severity);
      slot.layer = layer;
    });
  }

  /// Settings of a rule come before those of its variants, whatever their order in the file.
  [[nodiscard]] std::vector<const RuleSetting*> general_first(const Layer& layer) const {
    std::vector<const RuleSetting*> ordered;
    for (const RuleSetting& setting : layer.rules) ordered.push_back(&setting);
    std::ranges::stable_partition(ordered, [&](const RuleSetting* s) { return rules.find(s->item) != nullptr; });
    return ordered;
  }

  /// The last layer that says from which set to start.
  static int base_of(const std::vector<Layer>& layers, Language language) {
    int base = -1;
    for (std::size_t i = 0; i < layers.size(); ++i)
      if (layers[i].languages.contains(language) && (layers[i].select || !layers[i].presets.empty()))
        base = static_cast<int>(i);
    return base;
  }

  void resolve_language(const std::vector<Layer>& layers, Language language) {
    slots.assign(settings.entries_.size(), {});
    presets.clear();
    for (const Layer& layer : layers)
      if (layer.languages.contains(language) && !layer.presets.empty()) presets = layer.presets;
    const int base = base_of(layers, language);
    const bool selected = base >= 0 && layers[static_cast<std::size_t>(base)].select.has_value();
    if (base >= 0) {
      const Layer& layer = layers[static_cast<std::size_t>(base)];
      for (const std::string& item : selected ? *layer.select : layer.presets) switch_on(item, language, base);
    }
    for (int i = 0; i < static_cast<int>(layers.size()); ++i) {
      const Layer& layer = layers[static_cast<std::size_t>(i)];
      if (!layer.languages.contains(language)) continue;
      // Who selects means this and nothing else: what earlier layers switch on or off does not count.
      const bool overruled = selected && i < base;
      if (!overruled) {
        for (const std::string& item : layer.extend_select) switch_on(item, language, i);
        for (const std::string& item : layer.ignore) switch_off(item, language, i);
      }
      for (const RuleSetting* setting : general_first(layer)) {
        RuleSetting applied{setting->item, overruled ? RuleSetting::State::Unset : setting->state, setting->severity};
        set_rule(applied, language, i);
      }
    }
    store(language);
  }

  void store(Language language) {
    for (std::size_t i = 0; i < settings.entries_.size(); ++i)
      for (std::size_t v = 0; v < settings.entries_[i].rule->variants.size(); ++v) {
        const Slot& slot = slots[i][v];
        if (slot.on) settings.entries_[i].severities[v][index_of(language)] = slot.demanded.value_or(*slot.on);
      }
    for (Provenance::OfVariant& of : provenance.variants)
      of.layers[index_of(language)] = slot(*of.rule, *of.variant).layer;
  }

  void set_options(const Layer& layer, int index) {
    for (const RuleSetting& setting : layer.rules) {
      const Rule* rule = rules.find(setting.item);
      if (rule == nullptr) continue;
      auto& entry = *std::ranges::lower_bound(settings.entries_, rule, std::less<>(), &Settings::RuleEntry::rule);
      for (const auto& [name, value] : setting.options) {
        const std::size_t at = index_of(*rule, name);
        if (at >= entry.options.size() || entry.options[at].index() != value.index()) continue;
        entry.options[at] = value;
        for (Provenance::OfOption& of : provenance.options)
          if (of.rule == rule && of.option == name) of.layer = index;
      }
    }
  }

  void set_project(const Layer& layer) {
    Project& project = settings.project_;
    take_if_said(project.trusted_registries, layer.project.trusted_registries);
    if (!layer.project.labels.empty()) project.labels = layer.project.labels;
    take_if_said(project.strict_labels, layer.project.strict_labels);
    take_if_said(project.kubernetes, layer.project.kubernetes);
    take_if_said(project.builder, layer.project.builder);
    SuppressionPolicy& policy = settings.suppressions_;
    take_if_said(policy.inline_comments, layer.suppressions.inline_comments);
    take_if_said(policy.require_reason, layer.suppressions.require_reason);
    take_if_said(policy.hadolint_pragmas, layer.suppressions.hadolint_pragmas);
  }

  void set_fingerprint() {
    Hash hash;
    for (const Settings::RuleEntry& entry : settings.entries_) {
      for (const auto& by_language : entry.severities)
        for (const std::optional<Severity>& severity : by_language)
          hash.add(std::uint64_t{severity ? static_cast<unsigned>(*severity) + 1U : 0U});
      for (const OptionValue& option : entry.options) hash.add(option);
    }
    const Project& project = settings.project_;
    hash.add(project.trusted_registries.value_or(StringList{"\n"}));
    for (const RequiredLabel& label : project.labels) {
      hash.add(std::string_view(label.name));
      hash.add(static_cast<std::uint64_t>(label.format));
    }
    hash.add(project.strict_labels);
    hash.add(project.kubernetes ? (std::uint64_t{project.kubernetes->major} << 32U) + project.kubernetes->minor : 0U);
    hash.add(project.builder ? static_cast<std::uint64_t>(*project.builder) + 1U : 0U);
    hash.add(settings.suppressions_.inline_comments);
    hash.add(settings.suppressions_.require_reason);
    hash.add(settings.suppressions_.hadolint_pragmas);
    settings.fingerprint_ = hash.value();
  }

  void prepare_provenance() {
    for (const Rule* rule : rules) {
      for (const Variant& variant : rule->variants) provenance.variants.push_back({rule, &variant, {-1, -1, -1}});
      for (const RuleOption& option : rule->options) provenance.options.push_back({rule, option.name, -1});
    }
  }

  const RuleSet& rules;
  Settings settings;
  Provenance provenance;
  std::vector<std::array<Slot, 16>> slots;  // by entry, then by variant
  std::vector<std::string> presets;         // what counts in the language at hand
};

ResolvedSelection resolve_layers(const RuleSet& rules, const std::vector<Layer>& layers) {
  SettingsBuilder builder(rules);
  builder.prepare_provenance();
  for (const Language language : kLanguages) builder.resolve_language(layers, language);
  ResolvedSelection result;
  const auto look_at = [&](const std::vector<std::string>& items) {
    for (const std::string& item : items)
      if (!is_item(rules, item)) result.unknown.push_back({item, nearest_item(rules, item)});
  };
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const Layer& layer = layers[i];
    builder.set_options(layer, static_cast<int>(i));
    builder.set_project(layer);
    for (const std::string& preset : layer.presets)
      if (!parse_preset_name(preset)) result.unknown.push_back({preset, nearest_item(rules, preset)});
    if (layer.select) look_at(*layer.select);
    look_at(layer.extend_select);
    look_at(layer.ignore);
    for (const RuleSetting& setting : layer.rules) look_at({setting.item});
  }
  builder.set_fingerprint();
  result.settings = std::move(builder.settings);
  result.provenance = std::move(builder.provenance);
  return result;
}

ResolvedSelection resolve(const RuleSet& rules, const Selection& selection) {
  Layer layer;
  layer.presets = {selection.preset};
  layer.select = selection.select;
  layer.extend_select = selection.extend_select;
  layer.ignore = selection.ignore;
  return resolve_layers(rules, {std::move(layer)});
}

}  // namespace quaymaster
