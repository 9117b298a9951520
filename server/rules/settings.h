#pragma once
#include <string>
#include <string_view>

#include "quaymaster/config.h"
#include "quaymaster/rule.h"

namespace quaymaster {

/// A preset as an item names it: "strict", "all", or frozen at a release: "strict@1.0".
struct PresetName {
  std::optional<Preset> preset;   ///< empty: all
  std::string_view release = {};  ///< empty: this one
};
[[nodiscard]] std::optional<PresetName> parse_preset_name(std::string_view item);

/// Whether `item` names anything that there is. See Layer for what it may be.
[[nodiscard]] bool is_item(const RuleSet& rules, std::string_view item);
/// The name that `item` was probably meant to be; empty when none is near.
[[nodiscard]] std::string nearest_item(const RuleSet& rules, std::string_view item);

/// "0.9" comes before "0.10": releases compare by their numbers; what is no number counts as 0.
[[nodiscard]] bool release_before(std::string_view a, std::string_view b);

/// What an option says in a message: "true", "8", "[a, b]".
[[nodiscard]] std::string shown(const OptionValue& value);

}  // namespace quaymaster
