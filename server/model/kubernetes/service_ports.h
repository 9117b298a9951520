#pragma once
#include <string_view>
#include <vector>

#include "model/kubernetes/references.h"

namespace quaymaster::kubernetes {

/// `targetPort` of each port of a Service that writes one: a number, or the name of a port of the pods.
[[nodiscard]] std::vector<Word> target_ports_of(const Object& service);

/// The names of the ports of a pod's containers, as they are written.
[[nodiscard]] std::vector<Word> port_names_of(const yaml::Value& pod_spec);

/// Whether `name` is a port name: up to 15 lower-case letters, digits and single hyphens inside, at least one letter.
[[nodiscard]] bool is_port_name(std::string_view name);

}  // namespace quaymaster::kubernetes
