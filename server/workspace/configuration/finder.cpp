#include "workspace/configuration/finder.h"

#include <algorithm>

#include "workspace/path.h"

namespace quaymaster::workspace {
namespace {

struct Name {
  ConfigurationKind kind;
  std::string_view name;
};
/// Of one kind the first that is there counts.
constexpr std::array<Name, 12> kNames{{{ConfigurationKind::Own, ".quaymaster.yaml"},
                                       {ConfigurationKind::Own, ".quaymaster.yml"},
                                       {ConfigurationKind::Hadolint, ".hadolint.yaml"},
                                       {ConfigurationKind::Hadolint, ".hadolint.yml"},
                                       {ConfigurationKind::Hadolint, "hadolint.yaml"},
                                       {ConfigurationKind::Hadolint, "hadolint.yml"},
                                       {ConfigurationKind::KubeLinter, ".kube-linter.yaml"},
                                       {ConfigurationKind::KubeLinter, ".kube-linter.yml"},
                                       {ConfigurationKind::Dclint, ".dclintrc"},
                                       {ConfigurationKind::Dclint, ".dclintrc.json"},
                                       {ConfigurationKind::Dclint, ".dclintrc.yaml"},
                                       {ConfigurationKind::Dclint, ".dclintrc.yml"}}};

}  // namespace

std::optional<ConfigurationKind> configuration_kind(std::string_view path) {
  const auto* found = std::ranges::find(kNames, file_name(path), &Name::name);
  if (found == kNames.end()) return std::nullopt;
  return found->kind;
}

std::string_view usual_name(ConfigurationKind kind) { return std::ranges::find(kNames, kind, &Name::kind)->name; }

std::string ConfigurationFinder::look_for(const std::string& folder, ConfigurationKind kind) {
  for (const Name& name : kNames) {
    // In a project hadolint reads the names with a dot only.
    if (name.kind != kind || !name.name.starts_with('.')) continue;
    std::string path = join(folder, name.name);
    switch (files_.kind(path)) {
      case FileKind::Regular: return path;
      case FileKind::Missing: break;
      default: errors_.push_back({std::move(path), "is not a regular file, and no configuration"});
    }
  }
  return {};
}

const ConfigurationFinder::Found& ConfigurationFinder::nearest(const std::string& folder) {
  // Upwards to what is known already, then down again.
  std::vector<std::string> unknown;
  Found inherited;
  for (std::string_view at = folder; !at.empty(); at = parent(at)) {
    if (const auto known = by_folder_.find(at); known != by_folder_.end()) {
      inherited = known->second;
      break;
    }
    unknown.emplace_back(at);
    if (files_.kind(join(at, ".git")) != FileKind::Missing) break;
  }
  for (auto at = unknown.rbegin(); at != unknown.rend(); ++at) {
    for (std::size_t i = 0; i < kConfigurationKinds; ++i)
      if (std::string here = look_for(*at, static_cast<ConfigurationKind>(i)); !here.empty())
        inherited[i] = std::move(here);
    by_folder_.emplace(*at, inherited);
  }
  return by_folder_.try_emplace(folder).first->second;
}

}  // namespace quaymaster::workspace
