#pragma once
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/yaml/value.h"

namespace quaymaster::kubernetes {

/// The mappings of an object that hold labels: its own, its template's, and those that it selects by. Of a custom
/// resource its own alone. Null is left out.
[[nodiscard]] std::vector<yaml::Value> label_mappings_of(const Object& object);

/// The same for annotations.
[[nodiscard]] std::vector<yaml::Value> annotation_mappings_of(const Object& object);

}  // namespace quaymaster::kubernetes
