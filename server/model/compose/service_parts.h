#pragma once
#include <optional>
#include <vector>

#include "model/compose/compose.h"
#include "model/container/container.h"
#include "model/shell/script_parser.h"
#include "model/yaml/value.h"

/// The parts of a service as the types that containers of all formats share. Each takes the service's mapping.
namespace quaymaster::compose {

[[nodiscard]] std::optional<container::ImageUse> image_of(const yaml::Value& service);
[[nodiscard]] std::vector<container::StartCommand> start_commands_of(const yaml::Value& service,
                                                                     shell::ScriptParser& scripts);
[[nodiscard]] std::vector<container::HealthCheck> health_checks_of(const yaml::Value& service,
                                                                   shell::ScriptParser& scripts);
[[nodiscard]] std::vector<container::Mount> mounts_of(const yaml::Value& service);
[[nodiscard]] std::vector<Port> ports_of(const yaml::Value& service);
/// The bindings of `ports`, and what `expose` declares.
[[nodiscard]] std::vector<container::PortBinding> bindings_of(const Service& service, const yaml::Value& value);
[[nodiscard]] std::optional<container::UserSetting> user_of(const yaml::Value& service);
[[nodiscard]] container::Resources resources_of(const yaml::Value& service);
[[nodiscard]] container::Isolation isolation_of(const yaml::Value& service);

/// Fill what a service refers to (other services, networks, files …) and its settings that only Compose has. `value`
/// and the mounts must be there.
void read_references(Service& service);
void read_settings(Service& service);

}  // namespace quaymaster::compose
