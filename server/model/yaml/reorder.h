#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "model/yaml/document.h"
#include "quaymaster/text.h"

namespace quaymaster::yaml {

/// Puts the entries of a block mapping or a block sequence into another order: at place `i` will stand what stands at
/// `order[i]` now. Whole entries move, with the comment lines above them and with what is commented out below them and
/// indented more deeply; blank lines between entries stay where they are, and so does what stands above a blank line at
/// the top. Nothing where entries share lines, where an alias would come before its anchor, or where the text would
/// mean something else; in flow style, too.
[[nodiscard]] std::optional<std::vector<Edit>> reorder(const Document& document, const Node& collection,
                                                       std::span<const std::size_t> order);

}  // namespace quaymaster::yaml
