#include "model/kubernetes/placeholder.h"

namespace quaymaster::kubernetes {

bool has_placeholder(std::string_view text) {
  // Names, labels and ports of Kubernetes have none of these characters.
  return text.find_first_of("${<%") != std::string_view::npos || text.starts_with("__") || text.starts_with("@");
}

}  // namespace quaymaster::kubernetes
