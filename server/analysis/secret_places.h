#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "model/compose/compose.h"
#include "model/dockerfile/file.h"
#include "model/kubernetes/kubernetes.h"
#include "model/shell/script_parser.h"
#include "quaymaster/text.h"

/// Where secrets stand, so that whoever shows text can mask them; whatever rules are on. Unsorted, possibly
/// overlapping. Ranges are relative to the segment.
namespace quaymaster {

/// Secrets by their looks, comments included.
[[nodiscard]] std::vector<TextRange> secrets_in_text(std::string_view text);

/// Secrets by their names or by what they are given to. Those by their looks are not among them.
[[nodiscard]] std::vector<TextRange> secrets_in(const dockerfile::Instruction& instruction,
                                                const dockerfile::Context& context, shell::ScriptParser& scripts);

/// All secrets of a document.
[[nodiscard]] std::vector<TextRange> secrets_in(const compose::File& file);
[[nodiscard]] std::vector<TextRange> secrets_in(const kubernetes::Manifest& manifest);

/// Adds `secrets` of a segment that begins at `begin` to those of the whole text.
void add_secrets(std::vector<TextRange>& all, const std::vector<TextRange>& secrets, std::uint32_t begin);

}  // namespace quaymaster
