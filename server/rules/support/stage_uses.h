#pragma once
#include <vector>

#include "model/dockerfile/file.h"

namespace quaymaster::rules {

/// A word that names a stage: the image of a FROM, the `--from` of a COPY, the `from` of a RUN's mount.
struct StageUse {
  dockerfile::Word word;
  std::uint32_t begin = 0;  ///< of its segment
  bool from = false;        ///< of a FROM, which minds the case of the name, unlike the others
};

/// For each stage the words below it that name it by its name, in whatever case, in order: those that come before
/// another stage of that name.
[[nodiscard]] std::vector<std::vector<StageUse>> stage_uses(const dockerfile::File& file);

}  // namespace quaymaster::rules
