#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "model/shell/source.h"

namespace quaymaster::shell {

/// What stands verbatim right before and right behind a replaced part, in one piece with it: in a Dockerfile and in
/// YAML this is at most the rest of the line.
struct Surroundings {
  std::string_view before;
  std::string_view after;
};

/// `replacement` as `layer` has to write it. Empty when the layer cannot hold it there.
[[nodiscard]] std::optional<std::string> encode(Layer layer, std::string_view replacement,
                                                const Surroundings& surroundings);

}  // namespace quaymaster::shell
