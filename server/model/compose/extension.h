#pragma once
#include <deque>
#include <memory>
#include <vector>

#include "model/yaml/document.h"
#include "model/yaml/value.h"

/// `extends` of a service of the same file (compose-spec, services: extends; 13-merge).
namespace quaymaster::compose {

/// A service with what it extends.
struct ExtendedService {
  yaml::Value value;     ///< merged: what comes from elsewhere is shared
  bool complete = true;  ///< false: it extends a service of another file, or one that is not there, by whatever way
};

/// The services of a file, merged. Values are made of the nodes of their document and of `nodes`.
struct ExtendedServices {
  std::vector<ExtendedService> services;                ///< one for each that was given
  std::shared_ptr<const std::deque<yaml::Node>> nodes;  ///< null when nothing had to be merged
};

/// Merges each of the mappings `services` of one document with what it extends. Chains that are very long or lead back
/// to themselves, and what would get very big, are not merged.
[[nodiscard]] ExtendedServices merge_extended(const std::vector<yaml::Entry>& services);

}  // namespace quaymaster::compose
