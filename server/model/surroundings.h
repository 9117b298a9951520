#pragma once
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "model/dockerignore.h"

/// What is known of a file from the files around it. Filled by whoever sees a workspace; values, independent of it
/// afterwards. Paths are absolute and normalized.
namespace quaymaster {

/// One way in which a Dockerfile is built.
struct DockerfileBuild {
  std::string context;
  bool assumed = false;  ///< nobody was found who builds it: the context is taken to be its own folder
  std::string compose_path;
  std::string service;
  std::optional<std::string> target;           ///< empty: the last stage, or not known
  std::string ignore_path;                     ///< of the ignore file that counts; empty when there is none
  std::shared_ptr<const Dockerignore> ignore;  ///< null when there is none
};

struct DockerfileSurroundings {
  std::vector<DockerfileBuild> builds;  ///< never empty; 32 at most
  /// The files of the build contexts that the image runs, when it is built or when it starts; sorted.
  std::vector<std::string> scripts;
};

/// The Dockerfile that a service of a Compose file is built from.
struct ServiceBuild {
  std::string service;
  std::string context;
  std::string dockerfile;
  bool context_exists = false;
  bool dockerfile_exists = false;
  /// The stage names of the Dockerfile, lower case, "" for one without a name; null when it was not read.
  std::shared_ptr<const std::vector<std::string>> stages;
};

struct ComposeSurroundings {
  /// Of the services whose build leads to a place in the workspace by what the file says alone, in its order.
  std::vector<ServiceBuild> builds;
};

struct Surroundings {
  std::variant<std::monostate, DockerfileSurroundings, ComposeSurroundings> of;
  /// False: some file could not be read, so that what follows from all files together must not be concluded.
  bool complete = false;

  template <class Kind>
  [[nodiscard]] const Kind* as() const {
    return std::get_if<Kind>(&of);
  }
};

}  // namespace quaymaster
