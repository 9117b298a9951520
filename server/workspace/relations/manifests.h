#pragma once
#include <array>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/surroundings.h"
#include "workspace/file_system.h"
#include "workspace/index/index.h"

/// Which manifests are applied together. Paths are absolute and normalized. What a function looks at goes through the
/// file system that it is given, and can be recorded there.
namespace quaymaster::workspace {

/// What a kustomization is called in its folder.
inline constexpr std::array<std::string_view, 3> kKustomizationNames{"kustomization.yaml", "kustomization.yml",
                                                                     "Kustomization"};

/// The manifests that are applied together with one.
struct ManifestSet {
  std::vector<std::string> files;           ///< sorted, without the one itself
  std::vector<std::string> kustomizations;  ///< the ones that list them, sorted; none for the files of a folder
  bool has_more = false;                    ///< there are others, elsewhere or more than are looked at
  bool is_patch = false;                    ///< the one itself is a patch there
};

/// What the nearest kustomization that has the manifest `path` lists, with what is listed by those that it builds on;
/// where there is none, the other manifests of the folder. At most 500 files.
[[nodiscard]] ManifestSet manifests_with(const std::string& path, const Index& index, const FileSystem& files);

/// The folders whose kustomization another one builds on.
[[nodiscard]] std::set<std::string, std::less<>> kustomization_bases(const Index& index);

/// What is known of the manifest `path` from the others. `bases` are the ones of the index.
[[nodiscard]] KubernetesSurroundings manifest_surroundings(const std::string& path, const Index& index,
                                                           const std::set<std::string, std::less<>>& bases,
                                                           const FileSystem& files);

}  // namespace quaymaster::workspace
