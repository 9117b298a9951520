#include "rules/item.h"

#include <algorithm>
#include <string>

#include "text/ascii.h"

namespace quaymaster {

bool names_variant(std::string_view item, const Rule& rule, const Variant& variant) {
  if (item == rule.name || item == slug(rule.family)) return true;
  return !variant.name.empty() && item == std::string(rule.name) + "/" + std::string(variant.name);
}

bool names_alias(std::string_view item, std::string_view alias) {
  return equals_ignoring_case(item, alias) || equals_ignoring_case(item, alias.substr(alias.find(':') + 1));
}

bool names_finding(std::string_view item, const Diagnostic& diagnostic) {
  if (item == "all" || names_variant(item, *diagnostic.rule, *diagnostic.variant)) return true;
  return std::ranges::any_of(diagnostic.aliases, [item](std::string_view alias) { return names_alias(item, alias); });
}

std::string shellcheck_code(std::string_view item) {
  for (const std::string_view tool : {"shellcheck:", "hadolint:"})
    if (item.starts_with(tool)) item.remove_prefix(tool.size());
  const std::string lower = ascii_lower(item);
  constexpr std::size_t kSize = 6;
  const bool code =
      lower.size() == kSize && lower.starts_with("sc") && lower.find_first_not_of("0123456789", 2) == std::string::npos;
  return code ? "SC" + lower.substr(2) : std::string();
}

}  // namespace quaymaster
