#pragma once
#include <vector>

#include "model/shell/script.h"
#include "text/mapped_text.h"

namespace quaymaster::compose {

/// The words of a command written as one string. Compose splits it as a shell would (quotes and backslashes), but no
/// shell runs it: operators and expansions are plain text. Ranges are in the bytes of `text`, with the quotes. All
/// words count as literal.
[[nodiscard]] std::vector<shell::Word> split_words(const MappedText& text);

}  // namespace quaymaster::compose
