#include "workspace/index/file_role.h"

#include "model/file_names.h"
#include "workspace/path.h"

namespace quaymaster::workspace {
namespace {

constexpr std::string_view kWorkflows = "/.github/workflows/";

}  // namespace

FileRole role_of(Language language) {
  switch (language) {
    case Language::Dockerfile: return FileRole::Dockerfile;
    case Language::Compose: return FileRole::Compose;
    case Language::Kubernetes: return FileRole::Kubernetes;
  }
  return FileRole::Dockerfile;
}

std::optional<FileRole> role_by_path(std::string_view path) {
  const std::string_view name = file_name(path);
  if (name == "Makefile" || name == "makefile" || name == "GNUmakefile" || name.ends_with(".mk"))
    return FileRole::Makefile;
  if (name.starts_with("docker-bake.")) {
    if (name.ends_with(".hcl")) return FileRole::HclBake;
    if (name.ends_with(".json")) return FileRole::JsonBake;
  }
  if (name == "Kustomization") return FileRole::Kustomization;
  if (!is_yaml_name(name)) return std::nullopt;
  if (path.find(kWorkflows) != std::string_view::npos) return FileRole::Workflow;
  if (name == ".gitlab-ci.yml" || name.ends_with(".gitlab-ci.yml")) return FileRole::GitLabCi;
  if (name == "kustomization.yaml" || name == "kustomization.yml") return FileRole::Kustomization;
  return std::nullopt;
}

std::optional<FileRole> role_of_file(std::string_view path, std::string_view text) {
  if (const auto role = role_by_path(path)) return role;
  const auto language = detect_language(path, text);
  return language ? std::optional(role_of(*language)) : std::nullopt;
}

bool builds_images(FileRole role) {
  switch (role) {
    case FileRole::Compose:
    case FileRole::Workflow:
    case FileRole::GitLabCi:
    case FileRole::Makefile:
    case FileRole::HclBake:
    case FileRole::JsonBake: return true;
    case FileRole::Dockerfile:
    case FileRole::Kubernetes:
    case FileRole::Kustomization: return false;
  }
  return false;
}

std::string_view builder_folder(std::string_view path) {
  const std::size_t workflows = path.find(kWorkflows);
  if (workflows == std::string_view::npos) return parent(path);
  return workflows == 0 ? std::string_view("/") : path.substr(0, workflows);
}

}  // namespace quaymaster::workspace
