#pragma once
#include <string_view>

/// What the name of a file says about its format.
namespace quaymaster {

/// Dockerfile, Containerfile, `Dockerfile.*`, `*.Dockerfile` and the like; not what is made from one or into one.
[[nodiscard]] bool is_dockerfile_name(std::string_view path);
/// `*.yaml` or `*.yml`.
[[nodiscard]] bool is_yaml_name(std::string_view path);
/// compose.yaml, docker-compose.yml, `compose.*.yaml`, `docker-compose-*.yml` and the like.
[[nodiscard]] bool is_compose_name(std::string_view path);
/// A chart or its values: Helm's files that are no manifests and no templates.
[[nodiscard]] bool is_helm_name(std::string_view path);

}  // namespace quaymaster
