#include "workspace/relations/manifests.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "workspace/path.h"

namespace quaymaster::workspace {
namespace {

constexpr std::size_t kMostFiles = 500;
constexpr std::size_t kMostKustomizations = 100;
constexpr std::size_t kMostFolders = 16;

bool is_elsewhere(std::string_view resource) {
  return resource.find("://") != std::string_view::npos || resource.find("?ref=") != std::string_view::npos ||
         resource.starts_with("git@") || resource.starts_with("github.com/");
}

std::optional<std::string> kustomization_in(std::string_view folder, const Index& index) {
  for (const std::string_view name : kKustomizationNames) {
    std::string path = join(folder, name);
    if (index.role(path) == FileRole::Kustomization) return path;
  }
  return std::nullopt;
}

/// What one kustomization comes down to.
class Listed {
 public:
  Listed(const std::string& kustomization, const Index& index) : index_(index) {
    open_.push_back(kustomization);
    kustomizations_.insert(kustomization);
    while (!open_.empty()) {
      const std::string next = std::move(open_.back());
      open_.pop_back();
      read(next);
    }
  }

  [[nodiscard]] bool has(const std::string& path) const { return files_.contains(path) || patches_.contains(path); }

  [[nodiscard]] ManifestSet without(const std::string& path) && {
    files_.erase(path);
    return {{files_.begin(), files_.end()},
            {kustomizations_.begin(), kustomizations_.end()},
            has_more_,
            patches_.contains(path)};
  }

 private:
  void read(const std::string& path) {
    const auto* facts = index_.find<KustomizationFacts>(path);
    if (!facts) return;
    has_more_ = has_more_ || facts->has_more;
    const std::string folder(parent(path));
    for (const std::string& resource : facts->resources) add(folder, resource);
    for (const std::string& patch : facts->patches) patches_.insert(resolved(folder, patch));
  }

  void add(const std::string& folder, const std::string& resource) {
    if (is_elsewhere(resource)) {
      has_more_ = true;
      return;
    }
    std::string at = resolved(folder, resource);
    if (index_.role(at) == FileRole::Kubernetes && files_.size() < kMostFiles) {
      files_.insert(std::move(at));
    } else if (auto below = kustomization_in(at, index_); below && kustomizations_.size() < kMostKustomizations) {
      if (kustomizations_.insert(*below).second) open_.push_back(*std::move(below));
    } else {
      has_more_ = true;
    }
  }

  const Index& index_;
  std::vector<std::string> open_;
  std::set<std::string> files_, kustomizations_, patches_;
  bool has_more_ = false;
};

ManifestSet manifests_in(const std::string& folder, const std::string& without, const Index& index) {
  ManifestSet set;
  const std::string begin = join(folder, "");
  const Index::Roles& files = index.files();
  for (auto at = files.lower_bound(begin); at != files.end() && at->first.starts_with(begin); ++at) {
    if (at->second != FileRole::Kubernetes || parent(at->first) != folder || at->first == without) continue;
    if (set.files.size() == kMostFiles) {
      set.has_more = true;
      break;
    }
    set.files.push_back(at->first);
  }
  return set;
}

/// That a file comes or goes, or says something else, is seen at its folder.
void note_folders(const ManifestSet& set, const FileSystem& files) {
  std::set<std::string> folders;
  for (const auto* paths : {&set.files, &set.kustomizations})
    for (const std::string& path : *paths) folders.emplace(parent(path));
  for (const std::string& folder : folders) static_cast<void>(files.list(folder));
}

}  // namespace

ManifestSet manifests_with(const std::string& path, const Index& index, const FileSystem& files) {
  std::string_view folder = parent(path);
  for (std::size_t i = 0; i < kMostFolders && !folder.empty(); ++i, folder = parent(folder)) {
    if (files.kind(std::string(folder)) != FileKind::Folder) break;
    for (const std::string_view name : kKustomizationNames) static_cast<void>(files.kind(join(folder, name)));
    const std::optional<std::string> kustomization = kustomization_in(folder, index);
    if (!kustomization) continue;
    Listed listed(*kustomization, index);
    if (!listed.has(path)) continue;
    ManifestSet set = std::move(listed).without(path);
    note_folders(set, files);
    return set;
  }
  const std::string own(parent(path));
  static_cast<void>(files.list(own));
  return manifests_in(own, path, index);
}

std::set<std::string, std::less<>> kustomization_bases(const Index& index) {
  std::set<std::string, std::less<>> bases;
  for (const auto& [path, role] : index.files()) {
    const auto* facts = role == FileRole::Kustomization ? index.find<KustomizationFacts>(path) : nullptr;
    if (!facts) continue;
    for (const std::string& resource : facts->resources)
      if (!is_elsewhere(resource)) bases.insert(resolved(parent(path), resource));
  }
  return bases;
}

KubernetesSurroundings manifest_surroundings(const std::string& path, const Index& index,
                                             const std::set<std::string, std::less<>>& bases, const FileSystem& files) {
  KubernetesSurroundings around;
  const ManifestSet set = manifests_with(path, index, files);
  around.by_kustomization = !set.kustomizations.empty();
  around.is_patch = set.is_patch;
  // The one on top lists all the others: when no other one builds on it, nothing is added.
  const auto is_base = [&](const std::string& kustomization) { return bases.contains(parent(kustomization)); };
  around.whole = !set.has_more && !std::ranges::all_of(set.kustomizations, is_base);
  for (const std::string& file : set.files)
    if (const auto* facts = index.find<KubernetesFacts>(file)) around.others.push_back({file, facts->objects});
  for (const std::string& kustomization : set.kustomizations)
    if (const auto* facts = index.find<KustomizationFacts>(kustomization); facts && !facts->generated.empty())
      around.others.push_back(
          {kustomization, std::make_shared<const std::vector<kubernetes::Brief>>(facts->generated)});
  return around;
}

}  // namespace quaymaster::workspace
