#pragma once
#include <string>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "quaymaster/text.h"

namespace quaymaster::kubernetes {

/// A setting in the data of a ConfigMap whose name says that it is a secret, or whose value is a private key.
struct ConfigCredential {
  std::string name;  ///< the key, or what stands before `=` or `:` in a line of a file
  TextRange name_range;
  TextRange range;      ///< of the value, without quotes
  bool secret = false;  ///< the value may be one; otherwise it stands for one that is to be filled in
};

/// Those of `object`, in order: keys of `data`, and lines of the files in it (`name=value`, `name: value`). Not those
/// without a value, nor references. Nothing of objects of another kind.
[[nodiscard]] std::vector<ConfigCredential> config_credentials(const Object& object);

}  // namespace quaymaster::kubernetes
