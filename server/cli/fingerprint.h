#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cli/report.h"

namespace quaymaster::cli {

/// One for each finding of the file, in their order: what makes it the same finding in a later version of the file,
/// also when lines above it came or went. It follows from path, rule, message and the line's text with its secrets
/// masked; equal ones are told apart by their order. Sixteen hexadecimal digits, all different within the file. `path`
/// is what the file is called for this purpose.
[[nodiscard]] std::vector<std::string> fingerprints_of(const CheckedFile& file, std::string_view path);

/// How many findings equal to it each finding of the file comes after.
[[nodiscard]] std::vector<std::uint32_t> repetitions_of(const CheckedFile& file);

}  // namespace quaymaster::cli
