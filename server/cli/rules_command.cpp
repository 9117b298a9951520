#include <algorithm>
#include <charconv>
#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/rule_lookup.h"
#include "cli/style.h"
#include "cli/terminal_text.h"

namespace quaymaster::cli {
namespace {

using Json = nlohmann::ordered_json;

struct RulesOptions {
  std::string format = "text";
  std::string since;
};

std::string_view to_string(FixAvailability fix) {
  switch (fix) {
    case FixAvailability::None: return "none";
    case FixAvailability::Sometimes: return "sometimes";
    case FixAvailability::Always: return "always";
  }
  return "none";
}

/// The numbers of a version: "0.10" → {0, 10}. Empty when it is none.
std::vector<int> version_numbers(std::string_view version) {
  std::vector<int> numbers;
  while (true) {
    const std::string_view part = version.substr(0, version.find('.'));
    int number = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
    if (error != std::errc() || end != part.data() + part.size()) return {};
    numbers.push_back(number);
    if (part.size() == version.size()) return numbers;
    version.remove_prefix(part.size() + 1);
  }
}

/// The release that brought the first variant.
std::string_view first_release(const Rule& rule) {
  return std::ranges::min_element(rule.variants, {}, [](const Variant& v) { return version_numbers(v.since); })->since;
}

/// The languages of the variants, each once, in the order of the enumeration.
std::vector<std::string_view> languages_of(Languages languages) {
  std::vector<std::string_view> names;
  for (const Language language : {Language::Dockerfile, Language::Compose, Language::Kubernetes})
    if (languages.contains(language)) names.push_back(quaymaster::to_string(language));
  return names;
}

Languages languages_of(const Rule& rule) {
  Languages all;
  for (const Variant& variant : rule.variants) all = all | variant.languages;
  return all;
}

/// The presets that any variant is in, in the order of the enumeration.
std::vector<std::string_view> presets_of(const Rule& rule) {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < kPresetCount; ++i) {
    const auto has = [&](const Variant& variant) {
      return std::ranges::any_of(variant.presets,
                                 [&](const PresetEntry& entry) { return entry.preset == static_cast<Preset>(i); });
    };
    if (std::ranges::any_of(rule.variants, has)) names.push_back(quaymaster::to_string(static_cast<Preset>(i)));
  }
  return names;
}

/// The worst that any variant reports.
Severity severity_of(const Rule& rule) {
  return std::ranges::min_element(rule.variants, {}, &Variant::severity)->severity;
}

Json variant_json(const Variant& variant) {
  Json presets = Json::object();
  for (const PresetEntry& entry : variant.presets)
    presets[std::string(quaymaster::to_string(entry.preset))] = quaymaster::to_string(entry.severity);
  Json aliases = Json::object();
  for (const Alias& alias : variant.aliases)
    aliases[std::string(quaymaster::to_string(alias.language))].push_back(alias.identifier);
  return {{"name", variant.name},
          {"summary", variant.summary},
          {"severity", quaymaster::to_string(variant.severity)},
          {"since", variant.since},
          {"languages", languages_of(variant.languages)},
          {"presets", std::move(presets)},
          {"aliases", std::move(aliases)}};
}

Json options_json(const Rule& rule) {
  Json options = Json::array();
  for (const RuleOption& option : rule.options) {
    Json value;
    std::visit([&value](const auto& held) { value = held; }, option.default_value());
    options.push_back({{"name", option.name}, {"default", std::move(value)}, {"summary", option.doc}});
  }
  return options;
}

Json rule_json(const Rule& rule) {
  Json variants = Json::array();
  for (const Variant& variant : rule.variants) variants.push_back(variant_json(variant));
  return {{"name", rule.name},
          {"family", slug(rule.family)},
          {"severity", quaymaster::to_string(severity_of(rule))},
          {"title", rule.title},
          {"since", first_release(rule)},
          {"languages", languages_of(languages_of(rule))},
          {"aliases", aliases_of(rule)},
          {"variants", std::move(variants)},
          {"presets", presets_of(rule)},
          {"options", options_json(rule)},
          {"fix", to_string(rule.fix)}};
}

std::string joined(const std::vector<std::string_view>& words) {
  std::string out;
  for (const std::string_view word : words) out += (out.empty() ? "" : ", ") + std::string(word);
  return out;
}

void write_text(const std::vector<const Rule*>& rules, const Style& style, std::ostream& out) {
  std::size_t width = 0;
  for (const Rule* rule : rules) width = std::max(width, rule->name.size());
  for (std::size_t i = 0; i < kFamilyCount; ++i) {
    const auto family = static_cast<Family>(i);
    bool heading = false;
    for (const Rule* rule : rules) {
      if (rule->family != family) continue;
      if (!heading) out << style.paint(Look::Strong, title(family)) << " (" << slug(family) << ")\n";
      heading = true;
      const Severity severity = severity_of(*rule);
      out << "  " << padded(rule->name, width) << "  "
          << style.paint(look_of(severity), padded(quaymaster::to_string(severity), 11)) << "  " << rule->title << "\n";
      const std::string presets = joined(presets_of(*rule));
      const std::string fix = rule->fix == FixAvailability::None ? "" : "; fix: " + std::string(to_string(rule->fix));
      out << std::string(width + 17, ' ')
          << style.paint(Look::Dim, joined(languages_of(languages_of(*rule))) + "; " +
                                        (presets.empty() ? "only when selected" : presets) + fix)
          << "\n";
      for (const Variant& variant : rule->variants)
        if (!variant.name.empty()) out << "    /" << padded(variant.name, width - 2) << " " << variant.summary << "\n";
    }
    if (heading) out << "\n";
  }
  out << rules.size() << " rules. More about one: quaymaster explain NAME\n";
}

int list_rules(const RulesOptions& options, Streams& streams) {
  const std::vector<int> since = version_numbers(options.since);
  if (!options.since.empty() && since.empty()) {
    streams.err << "quaymaster: --since takes a version, for example 0.1\n";
    return kCouldNotRun;
  }
  std::vector<const Rule*> chosen;
  for (const Rule* rule : built_in_rules())
    if (std::ranges::any_of(rule->variants, [&](const Variant& v) { return version_numbers(v.since) >= since; }))
      chosen.push_back(rule);
  if (options.format == "json") {
    Json rules = Json::array();
    for (const Rule* rule : chosen) rules.push_back(rule_json(*rule));
    streams.out << Json{{"rules", std::move(rules)}}.dump(1, ' ', false, Json::error_handler_t::replace) << "\n";
  } else {
    write_text(chosen, style_of_out(ColourChoice::Auto, streams), streams.out);
  }
  return kClean;
}

}  // namespace

void add_rules_command(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("rules", "List all rules");
  const auto options = std::make_shared<RulesOptions>();
  command->add_option("--format", options->format, "text (default) or json")
      ->option_text("NAME")
      ->check(CLI::IsMember({"text", "json"}));
  command->add_option("--since", options->since, "Only rules with something new in this release or a later one")
      ->option_text("VERSION");
  command->callback(
      [options, &action] { action = [options](Streams& streams) { return list_rules(*options, streams); }; });
}

}  // namespace quaymaster::cli
