#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "syntax/tree.h"

namespace quaymaster::shell {

/// The grammar does not know a here-document that stands before its command (`<<EOF cat > file`). The text with
/// those that `root`, the tree of `text`, shows overwritten by blanks, their bodies and ends included; empty when there
/// are none.
[[nodiscard]] std::optional<std::string> without_leading_heredocs(std::string_view text, const syntax::Node& root);

}  // namespace quaymaster::shell
