#include "model/file_names.h"

#include <algorithm>
#include <array>
#include <string>

namespace quaymaster {
namespace {

/// The last part of the path in lower case.
std::string base_name(std::string_view path) {
  std::string name(path.substr(path.rfind('/') + 1));
  std::ranges::transform(name, name.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  return name;
}

bool ends_with_any(std::string_view name, auto& suffixes) {
  return std::ranges::any_of(suffixes, [&](std::string_view suffix) { return name.ends_with(suffix); });
}

constexpr std::array<std::string_view, 2> kYamlSuffixes{".yaml", ".yml"};

/// `Dockerfile.X` is a Dockerfile for most X; these are not: ignore files, texts, templates, backups, source code.
constexpr std::array<std::string_view, 32> kNoDockerfile{
    ".dockerignore", ".containerignore",
    ".md",           ".rst",
    ".adoc",         ".html",
    ".j2",           ".jinja",
    ".jinja2",       ".tmpl",
    ".tpl",          ".template",
    ".erb",          ".in",
    ".bak",          ".orig",
    ".rej",          ".swp",
    ".lock",         ".json",
    ".toml",         ".go",
    ".py",           ".rb",
    ".rs",           ".java",
    ".js",           ".ts",
    ".tsx",          ".cs",
    ".sh",           ".snap",
};

std::string_view without_yaml_suffix(std::string_view name) {
  for (const std::string_view suffix : kYamlSuffixes)
    if (name.ends_with(suffix)) return name.substr(0, name.size() - suffix.size());
  return name;
}

}  // namespace

bool is_yaml_name(std::string_view path) { return ends_with_any(base_name(path), kYamlSuffixes); }

bool is_dockerfile_name(std::string_view path) {
  const std::string name = base_name(path);
  if (name.ends_with('~') || is_yaml_name(name) || ends_with_any(name, kNoDockerfile)) return false;
  return std::ranges::any_of(
      std::array<std::string_view, 2>{"dockerfile", "containerfile"}, [&](std::string_view word) {
        if (name.ends_with("." + std::string(word))) return true;
        return name.starts_with(word) && (name.size() == word.size() || name[word.size()] == '.' ||
                                          name[word.size()] == '-' || name[word.size()] == '_');
      });
}

bool is_compose_name(std::string_view path) {
  const std::string name = base_name(path);
  if (!is_yaml_name(name)) return false;
  const std::string_view stem = without_yaml_suffix(name);
  for (const std::string_view word : {"docker-compose", "compose", "podman-compose"}) {
    if (stem == word || stem.ends_with("." + std::string(word)) || stem.ends_with("-" + std::string(word))) return true;
    if (stem.starts_with(word) && std::string_view(".-_").find(stem[word.size()]) != std::string_view::npos)
      return true;
  }
  return false;
}

bool is_helm_name(std::string_view path) {
  const std::string name = base_name(path);
  const std::string_view stem = without_yaml_suffix(name);
  return stem == "chart" || stem == "values" || stem.starts_with("values.") || stem.starts_with("values-") ||
         stem.ends_with(".values") || stem.ends_with("-values");
}

}  // namespace quaymaster
