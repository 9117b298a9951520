#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "syntax/tree.h"

namespace quaymaster::shell {

/// The grammar does not know a here-document that stands before its command (`<<EOF cat > file`), nor a ';' behind one
/// in its line. The text with those where `root`, the tree of `text`, shows an error overwritten by blanks, their
/// bodies and ends included, so that the commands around them can be read; empty when there are none.
[[nodiscard]] std::optional<std::string> without_misread_heredocs(std::string_view text, const syntax::Node& root);

}  // namespace quaymaster::shell
