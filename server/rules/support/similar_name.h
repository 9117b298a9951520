#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/yaml/value.h"
#include "quaymaster/fix.h"

namespace quaymaster::rules {

/// The one of `candidates` that `text` is but a slip away from: one letter too many, too few, wrong, or swapped. Empty
/// when there is none, or more than one. Names that differ in their digits alone, or in a last part of one letter
/// (`db-a`, `db-b`), are siblings, and not slips.
[[nodiscard]] std::string_view similar_name(std::string_view text, std::span<const std::string_view> candidates);

/// The unsafe fix that writes `text` in the place of the scalar `value` of a document that begins at `begin`. None
/// where the text is shared.
[[nodiscard]] std::vector<Fix> replaced_word(const yaml::Value& value, std::string_view text, std::uint32_t begin);

/// "; did you mean `x`?", or nothing for an empty name.
[[nodiscard]] std::string did_you_mean(std::string_view name);

}  // namespace quaymaster::rules
