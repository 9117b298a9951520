#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "quaymaster/language.h"

namespace quaymaster::workspace {

/// What a file is for those who want to know what the files of a workspace have to do with each other.
enum class FileRole : std::uint8_t {
  Dockerfile,
  Compose,
  Kubernetes,
  Kustomization,
  Workflow,  ///< of GitHub Actions
  GitLabCi,
  Makefile,
  HclBake,   ///< docker-bake.hcl
  JsonBake,  ///< docker-bake.json
};

[[nodiscard]] FileRole role_of(Language language);

/// The role that the path alone says: that of a file which builds images and is none itself, or of a kustomization.
[[nodiscard]] std::optional<FileRole> role_by_path(std::string_view path);

/// What the file is; empty when it is none of them.
[[nodiscard]] std::optional<FileRole> role_of_file(std::string_view path, std::string_view text);

/// Whether a file of this role says which images are built.
[[nodiscard]] bool builds_images(FileRole role);

/// Where relative paths of a file that builds images start: the repository for a workflow, else the folder of the file.
[[nodiscard]] std::string_view builder_folder(std::string_view path);

}  // namespace quaymaster::workspace
