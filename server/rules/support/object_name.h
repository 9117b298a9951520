#pragma once
#include <cstddef>
#include <string>

#include "model/kubernetes/kubernetes.h"

namespace quaymaster::rules {

/// The name of an object for a message, in backquotes and cut to `longest` bytes; "the Job" for one without a name.
[[nodiscard]] std::string name_of(const kubernetes::Object& object, std::size_t longest = 28);

}  // namespace quaymaster::rules
