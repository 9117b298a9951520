#include "quaymaster/language.h"

#include <algorithm>
#include <array>
#include <vector>

#include "model/file_names.h"
#include "model/yaml_outline.h"
#include "syntax/yaml_documents.h"

namespace quaymaster {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "v1", "apps/v1", "example.org/v1alpha1".
bool is_api_version(std::string_view text) {
  const std::string_view version = text.substr(text.rfind('/') + 1);
  return version.size() > 1 && version[0] == 'v' && is_digit(version[1]);
}

/// Files in the form of an object that a program reads by itself, and no API server sees.
bool is_tool_configuration(std::string_view api_version) {
  constexpr std::array<std::string_view, 8> kGroups{"kind.x-k8s.io", "kubeadm.k8s.io", "eksctl.io",    "skaffold",
                                                    "ctlptl.dev",    "audit.k8s.io",   "backstage.io", "k3d.io"};
  const std::string_view group = api_version.substr(0, api_version.find('/'));
  if (group == "kustomize.config.k8s.io") return false;
  return group.ends_with(".config.k8s.io") || std::ranges::find(kGroups, group) != kGroups.end();
}

bool is_kind(std::string_view text) {
  return !text.empty() && text.front() >= 'A' && text.front() <= 'Z' &&
         text.find_first_of(" \t{}") == std::string_view::npos;
}

bool is_object(const Outline& document) {
  const TopKey* version = document.find("apiVersion");
  const TopKey* kind = document.find("kind");
  return version != nullptr && kind != nullptr && is_api_version(version->value) && is_kind(kind->value) &&
         !is_tool_configuration(version->value);
}

/// A whole document written as JSON.
bool is_json_object(std::string_view document) {
  const std::size_t first = document.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && document[first] == '{' &&
         document.find("\"apiVersion\"") != std::string_view::npos &&
         document.find("\"kind\"") != std::string_view::npos;
}

bool is_compose_key(std::string_view key) {
  constexpr std::array<std::string_view, 9> kKeys{"version", "name",    "services", "volumes", "networks",
                                                  "secrets", "configs", "include",  "models"};
  return key.starts_with("x-") || std::ranges::find(kKeys, key) != kKeys.end();
}

bool has_service(const TopKey& services) {
  if (services.value.starts_with('{'))
    return services.value.find("image:") != std::string_view::npos ||
           services.value.find("build:") != std::string_view::npos;
  const Outline entries = outline_below(services.below);
  return std::ranges::any_of(entries.keys, [](const TopKey& service) {
    if (service.value.starts_with('{')) return service.value.find("image:") != std::string_view::npos;
    const Outline keys = outline_below(service.below);
    return keys.find("image") != nullptr || keys.find("build") != nullptr || keys.find("extends") != nullptr;
  });
}

bool is_compose(const Outline& document) {
  const TopKey* services = document.find("services");
  return services != nullptr && std::ranges::all_of(document.keys, is_compose_key, &TopKey::name) &&
         has_service(*services);
}

std::optional<Language> detect_yaml(std::string_view path, std::string_view text) {
  std::vector<Outline> documents;
  bool all_objects = true;
  for (const TextRange range : syntax::yaml_documents(text)) {
    const std::string_view part = slice(text, range);
    Outline document = outline(part);
    if (document.templated) return std::nullopt;
    if (document.empty()) continue;
    all_objects = all_objects && (is_object(document) || is_json_object(part));
    documents.push_back(std::move(document));
  }
  if (!documents.empty() && all_objects) return Language::Kubernetes;
  if (is_compose_name(path)) return Language::Compose;
  if (is_helm_name(path) || documents.empty()) return std::nullopt;
  return is_compose(documents.front()) ? std::optional(Language::Compose) : std::nullopt;
}

}  // namespace

std::string_view to_string(Language language) {
  switch (language) {
    case Language::Dockerfile: return "dockerfile";
    case Language::Compose: return "compose";
    case Language::Kubernetes: return "kubernetes";
  }
  return {};
}

std::optional<Language> parse_language(std::string_view name) {
  if (name == "dockerfile") return Language::Dockerfile;
  if (name == "compose" || name == "dockercompose") return Language::Compose;
  if (name == "kubernetes" || name == "k8s") return Language::Kubernetes;
  return std::nullopt;
}

std::optional<Language> detect_language(std::string_view path, std::string_view text) {
  if (is_dockerfile_name(path)) return Language::Dockerfile;
  if (!is_yaml_name(path)) return std::nullopt;
  return detect_yaml(path, text);
}

bool may_be_container_file(std::string_view path) { return is_dockerfile_name(path) || is_yaml_name(path); }

}  // namespace quaymaster
