#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/yaml/value.h"
#include "quaymaster/text.h"

namespace quaymaster::kubernetes {

/// A key of a Secret. All ranges are in the YAML document.
struct SecretEntry {
  std::string key;
  TextRange key_range;
  bool encoded = false;  ///< of `data`, in base64; else of `stringData`
  yaml::Value value;     ///< a scalar
  bool shared = false;
};

/// A Secret of Kubernetes.
struct Secret {
  std::optional<Setting> type;
  std::vector<SecretEntry> entries;  ///< those with a text, in order
  bool encrypted = false;            ///< SOPS has encrypted it
};

/// Nothing for an object of another kind.
[[nodiscard]] std::optional<Secret> secret_of(const Object& object);

/// What standard base64, with its padding, stands for; line ends are skipped. Nothing for other text.
[[nodiscard]] std::optional<std::string> decode_base64(std::string_view text);

}  // namespace quaymaster::kubernetes
