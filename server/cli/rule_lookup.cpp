#include "cli/rule_lookup.h"

#include <algorithm>
#include <set>

#include "rules/item.h"
#include "text/near_miss.h"

namespace quaymaster::cli {
namespace {

bool names(std::string_view item, const Rule& rule, const Variant& variant) {
  if (item == rule.name || item == code_of(rule, variant)) return true;
  return std::ranges::any_of(variant.aliases, [&](const Alias& alias) { return names_alias(item, alias.identifier); });
}

}  // namespace

std::vector<const Rule*> rules_named(const RuleSet& rules, std::string_view item) {
  std::vector<const Rule*> found;
  for (const Rule* rule : rules)
    if (std::ranges::any_of(rule->variants, [&](const Variant& variant) { return names(item, *rule, variant); }))
      found.push_back(rule);
  return found;
}

std::string nearest_name(const RuleSet& rules, std::string_view item) {
  std::set<std::string> known;
  for (std::size_t i = 0; i < kFamilyCount; ++i) known.emplace(slug(static_cast<Family>(i)));
  for (const Rule* rule : rules) {
    known.emplace(rule->name);
    for (const Variant& variant : rule->variants) known.insert(code_of(*rule, variant));
    for (const std::string& alias : aliases_of(*rule)) {
      known.insert(alias);
      known.insert(alias.substr(alias.find(':') + 1));
    }
  }
  const std::vector<std::string_view> candidates(known.begin(), known.end());
  return std::string(near_miss(item, candidates));
}

std::string code_of(const Rule& rule, const Variant& variant) {
  std::string code(rule.name);
  if (!variant.name.empty()) code += "/" + std::string(variant.name);
  return code;
}

std::vector<std::string> aliases_of(const Rule& rule) {
  std::set<std::string> aliases;
  for (const Variant& variant : rule.variants)
    for (const Alias& alias : variant.aliases) aliases.emplace(alias.identifier);
  return {aliases.begin(), aliases.end()};
}

}  // namespace quaymaster::cli
