#include "model/dockerfile/stage_names.h"

#include <algorithm>
#include <vector>

#include "text/ascii.h"
#include "text/near_miss.h"

namespace quaymaster::dockerfile {
namespace {

/// How many stages above an instruction are looked at.
constexpr std::size_t kMostStages = 64;

/// Images that a name without a tag may mean, however near a stage's name it is.
bool is_official_image(std::string_view name) {
  constexpr std::string_view kImages[] = {
      "alpine", "archlinux", "bash",     "busybox", "caddy",  "centos",   "composer", "debian",    "docker",
      "elixir", "erlang",    "fedora",   "gcc",     "golang", "gradle",   "haproxy",  "httpd",     "eclipse-temurin",
      "julia",  "mariadb",   "maven",    "mongo",   "mysql",  "nginx",    "node",     "memcached", "openjdk",
      "perl",   "php",       "postgres", "python",  "redis",  "registry", "ruby",     "rust",      "scratch",
      "swift",  "tomcat",    "traefik",  "ubuntu"};
  return std::ranges::find(kImages, name) != std::end(kImages);
}

}  // namespace

std::optional<std::size_t> misspelt_stage(const File& file, std::string_view name, std::size_t before) {
  // No stage has a '/' or a ':' in its name.
  if (name.empty() || name.find_first_of("/:@$") != std::string_view::npos) return std::nullopt;
  if (is_official_image(ascii_lower(name))) return std::nullopt;
  before = std::min(before, file.stages.size());
  std::vector<std::string_view> names;
  for (std::size_t i = before - std::min(before, kMostStages); i < before; ++i)
    if (!file.stages[i].name.empty()) names.push_back(file.stages[i].name);
  const std::string_view nearest = near_miss(name, names);
  return nearest.empty() ? std::nullopt : file.find_stage(nearest, before);
}

}  // namespace quaymaster::dockerfile
