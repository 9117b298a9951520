#pragma once
#include <cstdint>
#include <vector>

#include "quaymaster/analyzer.h"
#include "quaymaster/text.h"

namespace quaymaster {

/// What "expand selection" selects at `offset`, step by step: from the smallest to the whole text, each range holding
/// the one before it and more. Never empty.
///
/// A Dockerfile: a run of letters, the parts of an image or a variable, what is in quotes, the word, the pair or flag,
/// the shell's command, the instruction, the stage. YAML: the scalar without and with its quotes, the pair or item, the
/// mapping or sequence, the document.
[[nodiscard]] std::vector<TextRange> selection_ranges(const Analysis& analysis, std::uint32_t offset);

}  // namespace quaymaster
