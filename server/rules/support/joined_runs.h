#pragma once
#include <optional>

#include "model/dockerfile/file.h"

namespace quaymaster::rules {

/// The edit, absolute, that makes one RUN of two by writing `&&` between them. Empty unless the first is a chain of
/// commands and nothing but the end of a line stands between the two.
[[nodiscard]] std::optional<Edit> join_runs(const dockerfile::File& file, const dockerfile::BuildFile::Step& first,
                                            const dockerfile::BuildFile::Step& second);

}  // namespace quaymaster::rules
