#include "rules/support/environment_names.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>

#include "text/ascii.h"

namespace quaymaster::rules {

bool is_environment_name(std::string_view word) {
  constexpr std::string_view kNames[] = {"production", "prod", "prd",         "live",   "staging",
                                         "stage",      "stg",  "preprod",     "preprd", "integ",
                                         "qa",         "uat",  "development", "dev",    "local"};
  return std::find(std::begin(kNames), std::end(kNames), ascii_lower(word)) != std::end(kNames);
}

std::optional<TextRange> environment_in_name(std::string_view name) {
  for (std::size_t begin = 0; begin < name.size();) {
    const std::size_t end = std::min(name.find_first_of(".-_", begin), name.size());
    if (is_environment_name(name.substr(begin, end - begin)))
      return TextRange{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    begin = end + 1;
  }
  return std::nullopt;
}

}  // namespace quaymaster::rules
