#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "analysis/document_model.h"
#include "quaymaster/text.h"
#include "text/mapped_text.h"

/// What may be selected at a place, in any order; some do not hold it.
namespace quaymaster {

void add_dockerfile_candidates(const DockerfileModel& model, std::uint32_t offset, std::vector<TextRange>& ranges);
void add_yaml_candidates(const PlacedDocument& placed, std::uint32_t offset, std::vector<TextRange>& ranges);

/// The parts of a shell text at `at`, an offset in its bytes: quotes without and with their marks, the word, the simple
/// command up to `;`, `&`, `|` or a line break.
void add_shell_candidates(std::string_view bytes, std::uint32_t at, std::vector<TextRange>& ranges);

/// The run of letters, digits and '_' around `at`; empty when there is none.
[[nodiscard]] TextRange word_around(std::string_view text, std::uint32_t at);

}  // namespace quaymaster
