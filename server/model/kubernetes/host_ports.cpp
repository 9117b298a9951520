#include "model/kubernetes/host_ports.h"

#include <optional>

#include "model/kubernetes/object.h"

namespace quaymaster::kubernetes {

std::vector<Number> host_ports_of(const PodContainer& container) {
  std::vector<Number> ports;
  for (const yaml::Element& item : container.value.get("ports").items())
    if (std::optional<Number> port = number_of(item.value, "hostPort")) {
      port->shared = port->shared || item.shared || item.value.shared();
      ports.push_back(*port);
    }
  return ports;
}

}  // namespace quaymaster::kubernetes
