#pragma once
#include "quaymaster/config.h"

/// What the builder that the project names can do; BuildKit when it names none.
namespace quaymaster::rules {

[[nodiscard]] inline Builder builder_of(const Project& project) { return project.builder.value_or(Builder::BuildKit); }

[[nodiscard]] inline bool is_buildkit(const Project& project) { return builder_of(project) == Builder::BuildKit; }

/// `RUN --mount=…`, and so mounts for caches and secrets. The others refuse the flag, or pass it over.
[[nodiscard]] inline bool has_run_mounts(const Project& project) {
  return is_buildkit(project) || builder_of(project) == Builder::Buildah;
}

/// Whether TARGETPLATFORM and its kin have values without being asked for.
[[nodiscard]] inline bool knows_target_platform(const Project& project) { return has_run_mounts(project); }

/// Whether variables are expanded in the `--from` of COPY.
[[nodiscard]] inline bool expands_copy_source(const Project& project) {
  return builder_of(project) == Builder::Buildah || builder_of(project) == Builder::Kaniko;
}

}  // namespace quaymaster::rules
