#include "features/rule_page/peer_table.h"

#include <algorithm>
#include <vector>

#include "features/rule_page/markdown.h"

namespace quaymaster {
namespace {

std::vector<std::string_view> rules_for(const RuleSet& rules, std::string_view alias) {
  std::vector<std::string_view> names;
  for (const Rule* rule : rules) {
    const bool stands = std::ranges::any_of(rule->variants, [alias](const Variant& variant) {
      return std::ranges::find(variant.aliases, alias, &Alias::identifier) != variant.aliases.end();
    });
    if (stands) names.push_back(rule->name);
  }
  return names;
}

}  // namespace

std::string rule_links(std::span<const std::string_view> names) {
  std::string links;
  for (const std::string_view each : names) {
    const std::string name(each);
    links += (links.empty() ? "[" : ", [") + name + "](rules/" + name + ".md)";
  }
  return links;
}

std::string checks_of(std::string_view tool, std::span<const PeerCheck> checks, const RuleSet& rules) {
  std::vector<std::vector<std::string>> rows;
  for (const PeerCheck& check : checks) {
    if (!check.alias.starts_with(tool)) continue;
    const std::vector<std::string_view> names = rules_for(rules, check.alias);
    rows.push_back({inline_code(std::string(check.alias.substr(tool.size()))), std::string(check.finds),
                    names.empty() ? "none: " + std::string(check.why_not) : rule_links(names)});
  }
  return table({"check", "what it finds", "rule"}, rows);
}

std::string subject_table(std::span<const Subject> subjects) {
  std::vector<std::vector<std::string>> rows;
  for (const Subject& subject : subjects) {
    const std::vector<std::string_view> names(subject.rules.begin(), subject.rules.end());
    rows.push_back({std::string(slug(subject.family)), std::string(subject.finds),
                    names.empty() ? "none: " + std::string(subject.why_not) : rule_links(names)});
  }
  return table({"family", "what", "rule"}, rows);
}

}  // namespace quaymaster
