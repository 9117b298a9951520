#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

#include "model/dockerfile/file.h"

namespace quaymaster::dockerfile {

/// The one of the first `before` stages that `name`, which names none of them, was probably meant to name: their names
/// differ by a letter or two, and no official image is called so.
[[nodiscard]] std::optional<std::size_t> misspelt_stage(const File& file, std::string_view name, std::size_t before);

}  // namespace quaymaster::dockerfile
