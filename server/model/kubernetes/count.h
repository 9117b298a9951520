#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/kubernetes/kubernetes.h"

namespace quaymaster::kubernetes {

/// A setting that is a number or a share: `3`, `"50%"`.
struct Count {
  std::string text;                   ///< as written
  std::optional<std::int64_t> value;  ///< of a number; empty for a share, a placeholder, and what is neither
  std::optional<std::int64_t> percent;
  TextRange key_range;
  TextRange value_range;
  bool shared = false;
  yaml::Value source;
};

/// The setting `key` of a mapping; nothing when it is not written or null.
[[nodiscard]] std::optional<Count> count_of(const yaml::Value& mapping, std::string_view key);

}  // namespace quaymaster::kubernetes
