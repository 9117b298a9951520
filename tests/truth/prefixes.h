#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "quaymaster/analyzer.h"

/// A file as it is while it is being written: all of it up to some place.
namespace quaymaster::tests {

/// Analyses the first bytes of `text`, as many as each of `cuts` says, one after the other with one cache. Returns what
/// does not hold, a line each:
///  - ranges lie in the text, and begin and end between characters where the text is UTF-8
///  - the segments of a text that is cut off are those of the whole, up to the one that is cut
///  - a segment that is the same as in the text without its last one, in the same context, has the same findings
///  - cached equals fresh, on every eighth cut
[[nodiscard]] std::string analyze_prefixes(std::string_view path, Language language, std::string_view text,
                                           std::span<const std::uint32_t> cuts);

/// Where to cut: behind each line, or behind each byte, or `number` places that depend on `seed` only.
[[nodiscard]] std::vector<std::uint32_t> line_cuts(std::string_view text);
[[nodiscard]] std::vector<std::uint32_t> byte_cuts(std::string_view text);
[[nodiscard]] std::vector<std::uint32_t> random_cuts(std::string_view text, std::size_t number, std::uint32_t seed);

}  // namespace quaymaster::tests
