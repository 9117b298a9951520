#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "model/yaml/document.h"
#include "quaymaster/fix.h"
#include "quaymaster/text.h"

namespace quaymaster::rules {

/// The unsafe fix that takes a pair or an item out of `document`: the one whose key, value or whole is `range` (see
/// yaml::remove_at). None where the text is shared, or where it cannot go without harm to what stands around it.
[[nodiscard]] std::vector<Fix> removal(const yaml::Document& document, TextRange range, bool shared, std::string title,
                                       std::string_view caveat);

}  // namespace quaymaster::rules
