#include "analysis/suppression/unused.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "analysis/workspace_checks.h"
#include "rules/item.h"
#include "syntax/dockerfile_line.h"
#include "text/near_miss.h"

namespace quaymaster::suppression {
namespace {

bool is_blank_before_comment(char c) { return c == ' ' || c == '\t'; }

/// Takes a comment away: its line, when it is alone on it, or with the blanks before it.
Edit comment_removal(std::string_view text, TextRange comment) {
  std::uint32_t begin = comment.begin;
  while (begin > 0 && is_blank_before_comment(text[begin - 1])) --begin;
  const bool alone = begin == 0 || text[begin - 1] == '\n';
  return Edit::replacement({begin, alone ? syntax::line_end(text, comment.begin) : comment.end}, "");
}

/// Takes one of several names away, with what parts it from the next or, for the last one, from the one before.
Edit item_removal(const Suppression& suppression, const Item& item) {
  const std::vector<Item>& items = suppression.items;
  const auto index = static_cast<std::size_t>(&item - items.data());
  if (index + 1 < items.size()) return Edit::replacement({item.range.begin, items[index + 1].range.begin}, "");
  return Edit::replacement({items[index - 1].range.end, item.range.end}, "");
}

bool names(std::string_view item, const Rule& rule, const Variant& variant, Language language) {
  return names_variant(item, rule, variant) || std::ranges::any_of(variant.aliases, [&](const Alias& alias) {
           return alias.language == language && names_alias(item, alias.identifier);
         });
}

enum class Meaning : std::uint8_t { Nothing, LookedFor, NotLookedFor };

/// Whether everything that `item` names in a file of `language` is looked for. A rule that looks at other files is only
/// where those are known.
Meaning meaning_of(std::string_view item, const RuleSet& rules, const Settings& settings, Language language,
                   bool surroundings_known) {
  Meaning meaning = Meaning::Nothing;
  for (const Rule* rule : rules)
    for (const Variant& variant : rule->variants) {
      if (!names(item, *rule, variant, language)) continue;
      if (!settings.severity(*rule, variant, language)) return Meaning::NotLookedFor;
      if (!surroundings_known && looks_around(*rule)) return Meaning::NotLookedFor;
      meaning = Meaning::LookedFor;
    }
  return meaning;
}

/// The rule or variant that `item` was probably meant to name.
std::string nearest_name(std::string_view item, const RuleSet& rules) {
  std::vector<std::string> names;
  for (const Rule* rule : rules) {
    names.emplace_back(rule->name);
    for (const Variant& variant : rule->variants)
      if (!variant.name.empty()) names.push_back(std::string(rule->name) + "/" + std::string(variant.name));
  }
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  return std::string(near_miss(item, candidates));
}

}  // namespace

std::vector<UnusedSuppressionItem> surely_unused(const std::vector<SuppressionSweep::Unused>& unused,
                                                 std::string_view text, const RuleSet& rules, const Settings& settings,
                                                 Language language, bool surroundings_known) {
  std::vector<UnusedSuppressionItem> result;
  for (const auto& [suppression, item] : unused) {
    const Meaning meaning = meaning_of(item->name, rules, settings, language, surroundings_known);
    if (meaning == Meaning::NotLookedFor || item->name == "all") continue;
    std::string nearest = meaning == Meaning::Nothing ? nearest_name(item->name, rules) : std::string();
    // It may be the name of a check of another tool that there is no rule for.
    if (meaning == Meaning::Nothing && nearest.empty()) continue;
    Edit removal = suppression->items.size() == 1 ? comment_removal(text, suppression->comment)
                                                  : item_removal(*suppression, *item);
    result.push_back({item->name, item->range, std::move(removal), std::move(nearest)});
  }
  std::ranges::sort(result, {}, &UnusedSuppressionItem::range);
  return result;
}

}  // namespace quaymaster::suppression
