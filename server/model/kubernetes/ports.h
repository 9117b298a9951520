#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/kubernetes/kubernetes.h"

namespace quaymaster::kubernetes {

/// An item of `ports` of a container.
struct ContainerPort {
  TextRange range;  ///< the whole item
  std::string name;
  TextRange name_range;
  std::optional<std::int64_t> number;  ///< empty for a placeholder, and when none is written
  bool number_written = false;
  TextRange number_range;  ///< the value, or the beginning of the item
  std::string protocol = "TCP";
  std::optional<Setting> host_ip;
  std::optional<std::int64_t> host_port;
  bool shared = false;
};

[[nodiscard]] std::vector<ContainerPort> container_ports_of(const PodContainer& container);

/// What is wrong with `name` as the name of a port, to follow it in a sentence; empty when it is one: at most 15 lower
/// case letters, digits and single inner hyphens, with a letter among them.
[[nodiscard]] std::string_view port_name_problem(std::string_view name);

}  // namespace quaymaster::kubernetes
