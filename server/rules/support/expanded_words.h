#pragma once
#include <vector>

#include "model/dockerfile/expansion.h"
#include "model/dockerfile/file.h"

namespace quaymaster::rules {

/// A word, or the body of a heredoc, whose variables the builder expands.
struct ExpandedWord {
  dockerfile::Word word;
  bool body = false;

  [[nodiscard]] dockerfile::Expansion expansion(const dockerfile::Context& context) const;
};

/// Those of the instruction, in order (Dockerfile reference, "Environment replacement"). Nothing under ONBUILD.
[[nodiscard]] std::vector<ExpandedWord> expanded_words(const dockerfile::Instruction& instruction);

}  // namespace quaymaster::rules
