#include "workspace/relations/compose_builds.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "workspace/path.h"

namespace quaymaster::workspace {
namespace {

/// So many Compose files beside one are looked at.
constexpr std::size_t kMostSiblings = 32;
constexpr int kDeepestExtends = 8;

/// The services of one file by name.
class Services {
 public:
  explicit Services(const ComposeFacts* facts) {
    if (facts)
      for (const ServiceFacts& service : facts->services) by_name_.emplace(service.name, &service);
  }
  [[nodiscard]] const ServiceFacts* find(std::string_view name) const {
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? nullptr : found->second;
  }

 private:
  std::unordered_map<std::string_view, const ServiceFacts*> by_name_;
};

class Resolver {
 public:
  Resolver(const std::string& path, const Index& index, ComposeBuilds& result)
      : path_(path), index_(index), result_(result) {}

  void resolve() {
    const auto* facts = index_.may_build(path_) ? index_.find<ComposeFacts>(path_) : nullptr;
    if (!facts) return;
    for (const ServiceFacts& service : facts->services) {
      if (!service.build || service.build->inline_dockerfile) continue;
      certain_ = true;
      const std::optional<BuildFacts> merged = merged_build(path_, service, 0);
      if (!merged) continue;
      auto place = build_place(path_, *merged);
      if (!place) continue;
      if (!is_dockerfile(*place))
        if (auto above = place_from_above(*merged)) {
          place = std::move(above);
          certain_ = false;
        }
      result_.builds.push_back({service.name, std::move(*place), merged->target, certain_});
    }
  }

 private:
  [[nodiscard]] bool is_dockerfile(const BuildPlace& place) const {
    return index_.role(place.dockerfile) == FileRole::Dockerfile;
  }

  /// Where the build leads when Compose is given another file first, or `--project-directory`: paths start in one of
  /// the folders above then. Nothing unless there is a Dockerfile.
  [[nodiscard]] std::optional<BuildPlace> place_from_above(const BuildFacts& build) const {
    for (std::string_view folder = parent(parent(path_)); !folder.empty(); folder = parent(folder))
      if (auto place = build_place(join(folder, "compose.yaml"), build); place && is_dockerfile(*place)) return place;
    return std::nullopt;
  }

  const Services& services_of(const std::string& path) {
    const auto found = services_.find(path);
    if (found != services_.end()) return found->second;
    if (path != path_) result_.looked_at.insert(path);
    return services_.emplace(path, Services(index_.find<ComposeFacts>(path))).first->second;
  }

  /// What the service builds, its context absolute unless it stands in `path_` itself; nothing when that is not known.
  std::optional<BuildFacts> merged_build(const std::string& path, const ServiceFacts& service, int depth) {
    BuildFacts build = service.build ? *service.build : BuildFacts{};
    if (!service.build) build.context_written = build.dockerfile_written = false;
    if (build.context_written && build.dockerfile_written) return absolute(path, std::move(build));

    std::optional<BuildFacts> base;
    if (!service.extends_service.empty()) {
      const std::string file = service.extends_file.empty() ? path : resolved(parent(path), service.extends_file);
      const ServiceFacts* extended =
          depth < kDeepestExtends ? services_of(file).find(service.extends_service) : nullptr;
      if (extended) base = merged_build(file, *extended, depth + 1);
      if (!base && !build.context_written) return std::nullopt;
      certain_ = false;
    } else if (path == path_ && !is_main_compose_name(path)) {
      base = base_beside(service);
      if (!base && !build.context_written) certain_ = false;
    }
    if (!service.build && !base) return std::nullopt;
    if (base && !inherit(path, build, *base)) return std::nullopt;
    return absolute(path, std::move(build));
  }

  /// The build of the service of this name in a file beside `path_`.
  std::optional<BuildFacts> base_beside(const ServiceFacts& service) {
    if (!siblings_) siblings_ = compose_siblings(path_, index_);
    result_.looked_around = true;
    for (const std::string& sibling : *siblings_) {
      const ServiceFacts* other = services_of(sibling).find(service.name);
      if (other && other->build && other->build->context_written) return absolute(sibling, *other->build);
    }
    return std::nullopt;
  }

  /// False when what counts stands in the Compose file, and there is no Dockerfile.
  bool inherit(const std::string& path, BuildFacts& build, const BuildFacts& base) {
    if (!build.context_written) {
      build.context = base.context;
      build.context_written = true;
      certain_ = false;
    }
    if (!build.dockerfile_written && (base.dockerfile_written || base.inline_dockerfile)) {
      // A file of its own, which is not merged with the other, builds what is there by default.
      const auto place = build_place(path, build);
      const bool overrides = path.find("override") != std::string::npos;
      certain_ = false;
      if (overrides || !place || !is_dockerfile(*place)) {
        if (base.inline_dockerfile) return false;
        build.dockerfile = base.dockerfile;
        build.dockerfile_written = true;
      }
    }
    if (!build.target) build.target = base.target;
    return true;
  }

  std::optional<BuildFacts> absolute(const std::string& path, BuildFacts build) const {
    if (path == path_ || !build.context) return build;
    const auto place = build_place(path, {build.context, "Dockerfile", false, {}, {}});
    if (!place) return std::nullopt;
    build.context = place->context;
    return build;
  }

  const std::string& path_;
  const Index& index_;
  ComposeBuilds& result_;
  bool certain_ = true;
  std::optional<std::vector<std::string>> siblings_;
  std::unordered_map<std::string, Services> services_;
};

}  // namespace

std::vector<std::string> compose_siblings(const std::string& path, const Index& index) {
  const std::string folder = join(parent(path), "");
  std::vector<std::string> result;
  const Index::Roles& files = index.files();
  for (auto at = files.lower_bound(folder); at != files.end() && at->first.starts_with(folder);) {
    const std::size_t slash = at->first.find('/', folder.size());
    if (slash != std::string::npos) {
      // Past everything in this folder: '0' comes behind '/'.
      at = files.lower_bound(at->first.substr(0, slash) + "0");
      continue;
    }
    if (at->second == FileRole::Compose && at->first != path && result.size() < kMostSiblings)
      result.push_back(at->first);
    ++at;
  }
  std::ranges::stable_partition(result, is_main_compose_name);
  return result;
}

bool is_main_compose_name(std::string_view path) {
  constexpr std::array<std::string_view, 6> kNames{"compose.yaml",        "compose.yml",        "docker-compose.yml",
                                                   "docker-compose.yaml", "podman-compose.yml", "podman-compose.yaml"};
  return std::ranges::find(kNames, file_name(path)) != kNames.end();
}

ComposeBuilds compose_builds(const std::string& path, const Index& index) {
  ComposeBuilds result;
  Resolver(path, index, result).resolve();
  return result;
}

}  // namespace quaymaster::workspace
