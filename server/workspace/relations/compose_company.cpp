#include "workspace/relations/compose_company.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <string_view>
#include <utility>

#include "workspace/path.h"
#include "workspace/relations/builds.h"
#include "workspace/relations/compose_builds.h"

namespace quaymaster::workspace {
namespace {

/// Bounds for what one file can make others cost.
constexpr std::size_t kMostFiles = 100;
constexpr std::size_t kMostIncluding = 1000;

constexpr std::array<std::string_view, 4> kOverrides{"compose.override.yaml", "compose.override.yml",
                                                     "docker-compose.override.yml", "docker-compose.override.yaml"};

bool is_override(std::string_view path) { return std::ranges::find(kOverrides, file_name(path)) != kOverrides.end(); }

/// Who includes each file, in the order of paths.
std::multimap<std::string, std::string> includers_in(const Index& index) {
  std::multimap<std::string, std::string> includers;
  std::size_t looked_at = 0;
  for (const std::string& path : index.may_include()) {
    if (++looked_at > kMostIncluding) break;
    if (const auto* facts = index.find<ComposeFacts>(path))
      for (const std::string& name : facts->includes)
        if (!is_elsewhere(name)) includers.emplace(resolved(parent(path), name), path);
  }
  return includers;
}

class Gathering {
 public:
  Gathering(const std::string& path, const Index& index) : path_(path), index_(index) {}

  ComposeCompany gather() && {
    const auto includers = includers_in(index_);
    bool stands_for_itself = is_main_compose_name(path_);
    reach(path_, true);
    for (std::size_t i = 0; i < reached_.size(); ++i) {
      const auto [file, upwards] = reached_[i];
      draw_in(file);
      if (!upwards) continue;
      const auto [first, last] = includers.equal_range(file);
      for (auto at = first; at != last; ++at) reach(at->second, true);
      const bool has_partner = add_partners(file);
      if (file == path_) stands_for_itself = stands_for_itself || has_partner || first != last;
    }
    result_.known = result_.known && stands_for_itself;
    result_.files.erase(path_);
    result_.looked_at.erase(path_);
    return std::move(result_);
  }

 private:
  /// `upwards`: its own partners and includers count as well.
  void reach(const std::string& file, bool upwards) {
    if (result_.files.contains(file)) return;
    if (reached_.size() == kMostFiles) {
      result_.known = false;
      return;
    }
    result_.files.insert(file);
    result_.looked_at.insert(file);
    reached_.emplace_back(file, upwards);
  }

  void draw_in(const std::string& file) {
    const auto* facts = index_.find<ComposeFacts>(file);
    if (!facts) return;
    if (!facts->includes_known) result_.known = false;
    for (const std::string& name : facts->includes) {
      const std::string target = is_elsewhere(name) ? std::string() : resolved(parent(file), name);
      if (index_.role(target) == FileRole::Compose) {
        reach(target, false);
        continue;
      }
      result_.known = false;
      if (!target.empty()) result_.looked_at.insert(target);
    }
  }

  /// Whether there is a file that is read first, when `file` is not one itself.
  bool add_partners(const std::string& file) {
    const std::vector<std::string> siblings = compose_siblings(file, index_);
    if (is_main_compose_name(file)) {
      for (const std::string_view name : kOverrides) result_.looked_at.insert(join(parent(file), name));
      for (const std::string& sibling : siblings)
        if (is_override(sibling)) reach(sibling, false);
      return false;
    }
    result_.looked_around = result_.looked_around || file == path_;
    if (std::ranges::none_of(siblings, is_main_compose_name)) return false;
    for (const std::string& sibling : siblings) reach(sibling, is_main_compose_name(sibling));
    return true;
  }

  const std::string& path_;
  const Index& index_;
  ComposeCompany result_;
  std::vector<std::pair<std::string, bool>> reached_;
};

void sort_and_merge(std::vector<std::string>& names) {
  std::ranges::sort(names);
  const auto repeated = std::ranges::unique(names);
  names.erase(repeated.begin(), repeated.end());
}

}  // namespace

ComposeCompany company_of(const std::string& path, const Index& index) { return Gathering(path, index).gather(); }

std::set<std::string> included_by(const std::string& path, const Index& index) {
  std::set<std::string> included;
  std::vector<std::string> reached{path};
  for (std::size_t i = 0; i < reached.size(); ++i) {
    const std::string file = reached[i];
    const auto* facts = index.find<ComposeFacts>(file);
    if (!facts) continue;
    for (const std::string& name : facts->includes) {
      std::string target = is_elsewhere(name) ? std::string() : resolved(parent(file), name);
      if (target.empty() || reached.size() == kMostFiles || !included.insert(target).second) continue;
      reached.push_back(std::move(target));
    }
  }
  return included;
}

std::set<std::string> near_files(const std::string& path, const Index& index) {
  std::set<std::string> near;
  const std::string begin = join(parent(parent(path)), "");
  const Index::Roles& files = index.files();
  for (auto at = files.lower_bound(begin); at != files.end() && at->first.starts_with(begin); ++at)
    if (at->second == FileRole::Compose && at->first != path && near.size() < kMostFiles) near.insert(at->first);
  constexpr std::array<std::string_view, 4> kMainNames{"compose.yaml", "compose.yml", "docker-compose.yaml",
                                                       "docker-compose.yml"};
  for (std::string_view folder = parent(parent(path)); !folder.empty(); folder = parent(folder))
    for (const std::string_view name : kMainNames)
      if (std::string above = join(folder, name); index.role(above) == FileRole::Compose) near.insert(std::move(above));
  return near;
}

ComposeNames names_in(const std::set<std::string>& files, const Index& index) {
  ComposeNames names;
  const auto add = [](const std::vector<std::string>& from, std::vector<std::string>& to) {
    to.insert(to.end(), from.begin(), from.end());
  };
  for (const std::string& file : files) {
    const auto* facts = index.find<ComposeFacts>(file);
    if (!facts) continue;
    for (const ServiceFacts& service : facts->services) names.services.push_back(service.name);
    add(facts->volumes, names.volumes);
    add(facts->networks, names.networks);
    add(facts->secrets, names.secrets);
    add(facts->configs, names.configs);
    add(facts->models, names.models);
  }
  for (auto* list : {&names.services, &names.volumes, &names.networks, &names.secrets, &names.configs, &names.models})
    sort_and_merge(*list);
  return names;
}

}  // namespace quaymaster::workspace
