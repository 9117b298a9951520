#pragma once
#include <optional>
#include <string_view>

#include "model/kubernetes/kubernetes.h"
#include "model/shell/script_parser.h"
#include "model/yaml/value.h"

namespace quaymaster::kubernetes {

/// The list of a pod that a container stands in.
enum class ContainerList : std::uint8_t { Init, Main, Ephemeral };

/// The container of one item, which must be a mapping. The pod's own parts of `pod` must be read already.
[[nodiscard]] PodContainer read_container(const yaml::Element& item, ContainerList list, const Workload& pod,
                                          shell::ScriptParser& scripts);

/// The variables of `env`.
[[nodiscard]] std::vector<container::EnvironmentEntry> environment_of(const yaml::Value& container);
/// `command` with `args`, then the hooks of `lifecycle`.
[[nodiscard]] std::vector<container::StartCommand> start_commands_of(const yaml::Value& container,
                                                                     shell::ScriptParser& scripts);
/// The probes.
[[nodiscard]] std::vector<container::HealthCheck> health_checks_of(const yaml::Value& container,
                                                                   shell::ScriptParser& scripts);

}  // namespace quaymaster::kubernetes
