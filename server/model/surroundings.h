#pragma once
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/compose_surroundings.h"
#include "model/dockerignore.h"

/// What is known of a file from the files around it. Filled by whoever sees a workspace; values, independent of it
/// afterwards. Paths are absolute and normalized.
namespace quaymaster {
namespace kubernetes {
struct Brief;
}  // namespace kubernetes

/// What stands in many a build context of the machine that builds, and should come into hardly any image.
inline constexpr std::array<std::string_view, 14> kUnwantedNames{
    ".git",   ".env",         ".env.local", ".env.development", ".env.staging", ".env.production",
    ".npmrc", "node_modules", ".netrc",     ".pypirc",          ".aws",         ".ssh",
    "id_rsa", "id_ed25519"};

/// One way in which a Dockerfile is built.
struct DockerfileBuild {
  std::string context;
  bool assumed = false;  ///< nobody was found who builds it: the context is taken to be its own folder
  std::string built_by;  ///< the file that says so: a Compose file, a workflow, a Makefile …; empty when assumed
  std::string service;   ///< of a Compose file; or the target of a bake file
  std::optional<std::string> target;           ///< empty: the last stage, or not known
  std::string ignore_path;                     ///< of the ignore file that counts; empty when there is none
  bool ignore_known = true;                    ///< false: it is there, and could not be read
  std::shared_ptr<const Dockerignore> ignore;  ///< null when there is none
  /// The ones of kUnwantedNames that stand in the context itself and are in no commit: git ignores them, or it is
  /// `.git`.
  std::vector<std::string_view> unwanted;
};

struct DockerfileSurroundings {
  std::vector<DockerfileBuild> builds;  ///< never empty; 32 at most
};

/// What the objects of another file show of themselves.
struct OtherManifest {
  std::string path;                                               ///< for generated objects that of the kustomization
  std::shared_ptr<const std::vector<kubernetes::Brief>> objects;  ///< never null
};

/// The manifests that are applied together with one: those that the nearest kustomization lists, or else those of the
/// same folder.
struct KubernetesSurroundings {
  std::vector<OtherManifest> others;  ///< in the order of their paths, generated ones last
  bool by_kustomization = false;  ///< a kustomization lists them, so that namespaces and names may change on the way
  /// They are all that there is: a kustomization lists them, which no other one builds on, and no part of it comes from
  /// elsewhere.
  bool whole = false;
  bool is_patch = false;  ///< the kustomization lists it as a patch
};

struct Surroundings {
  std::variant<std::monostate, DockerfileSurroundings, ComposeSurroundings, KubernetesSurroundings> of;
  /// False: some file could not be read, so that what follows from all files together must not be concluded.
  bool complete = false;

  template <class Kind>
  [[nodiscard]] const Kind* as() const {
    return std::get_if<Kind>(&of);
  }
};

}  // namespace quaymaster
