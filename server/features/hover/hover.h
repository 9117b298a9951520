#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "quaymaster/analyzer.h"
#include "quaymaster/text.h"

namespace quaymaster {

struct Hover {
  TextRange range;       ///< what the text is about
  std::string markdown;  ///< CommonMark; secrets are masked
};

/// What there is to say about the byte at `offset`: each finding there, worst first, in the order family, what is wrong
/// here, what happens, before and after, what the fix leaves open, when it is fine, where to read on. At most 25 lines
/// a finding. Then what the key there is for (key_documentation.h), or what the
/// variable there becomes (variable_hover.h). Empty when there is nothing to say.
/// `documentation_base` is the folder or URL that "rules/x.md" is appended to; empty: no links.
[[nodiscard]] std::optional<Hover> hover(const Analysis& analysis, std::uint32_t offset,
                                         std::string_view documentation_base);

/// Markdown with its marks taken off, for clients that show plain text.
[[nodiscard]] std::string plain_text(std::string_view markdown);

}  // namespace quaymaster
