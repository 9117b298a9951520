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

/// How far a removal may be trusted that changes nothing for the program: safe, unless a comment at the end of a line
/// goes along, which may say what nobody finds out otherwise.
[[nodiscard]] Applicability trust_in_removal(const yaml::Document& document, const Edit& removal);

}  // namespace quaymaster::rules
