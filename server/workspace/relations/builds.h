#pragma once
#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/dockerignore.h"
#include "workspace/file_system.h"
#include "workspace/index/index.h"

/// Which Dockerfile is built with which context, by whom, and what is left out of the context. Paths are absolute and
/// normalized. What a function looks at goes through the file system that it is given, and can be recorded there.
namespace quaymaster::workspace {

/// A build with its two paths.
struct BuildPlace {
  std::string dockerfile;
  std::string context;

  friend bool operator==(const BuildPlace&, const BuildPlace&) = default;
};

/// Where a build that the file `path` speaks of leads; nothing when a variable decides, the context is a repository or
/// an archive elsewhere, or the Dockerfile is written in the file itself.
[[nodiscard]] std::optional<BuildPlace> build_place(std::string_view path, const BuildFacts& build);

/// Whether a name in a Compose file or the like speaks of a repository or an archive, and not of a file.
[[nodiscard]] bool is_elsewhere(std::string_view name);

/// Somebody who builds a Dockerfile: a service of a Compose file, a job of a workflow, a recipe …
struct Builder {
  std::string path;     ///< the file that says so
  std::string service;  ///< of a Compose file, or the target of a bake file
  std::string context;
  std::optional<std::string> target;

  friend bool operator==(const Builder&, const Builder&) = default;
};

/// Who builds each Dockerfile, in the order of paths and services: the first 32 of them, each once.
using Builders = std::map<std::string, std::vector<Builder>, std::less<>>;
[[nodiscard]] Builders builders_in(const Index& index);

/// Where the ignore file of a build may stand, the one that goes first first.
[[nodiscard]] std::array<std::string, 2> ignore_paths(const BuildPlace& build);

/// A `.dockerignore` that counts for a build.
struct IgnoreFileAt {
  std::string path;
  Dockerignore rules;
};

/// The ignore file of a build: `<name of the Dockerfile>.dockerignore` beside it, or else the `.dockerignore` of the
/// context (Dockerfile reference, ".dockerignore files").
[[nodiscard]] std::optional<IgnoreFileAt> ignore_file_of(const BuildPlace& build, const FileSystem& files);

/// The files of the context that may stand at `path` in the image up to `stage`, best first: what COPY and ADD of the
/// stage, and of the stages below it, put there. Relative to the context, and not looked for; 16 at
/// most.
[[nodiscard]] std::vector<std::string> sources_of(std::string_view path, std::size_t stage,
                                                  const DockerfileFacts& facts);

}  // namespace quaymaster::workspace
