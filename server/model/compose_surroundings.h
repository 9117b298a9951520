#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "quaymaster/text.h"

/// What is known of a Compose file from the files around it: a part of surroundings.h.
namespace quaymaster {

/// The Dockerfile that a service of a Compose file is built from.
struct ServiceBuild {
  std::string service;
  std::string context;
  std::string dockerfile;
  bool context_exists = false;
  bool context_empty = false;  ///< a folder with nothing in it, as of a submodule that was not fetched
  bool dockerfile_exists = false;
  /// The Dockerfiles that there are in the context, relative to it, when the one that is meant is missing; 100 at most.
  std::vector<std::string> dockerfiles;
  /// The stage names of the Dockerfile, lower case, "" for one without a name; null when it was not read.
  std::shared_ptr<const std::vector<std::string>> stages;
};

/// A file that a Compose file names, and that Compose reads: an environment file, that of a secret or config, one that
/// is included or extended.
struct NamedFile {
  std::string name;  ///< as it is written
  bool exists = false;
  /// Git leaves it out, or there is a template beside from which it is made (`app.env.example`): it need not be there.
  bool made_later = false;
  std::vector<std::string> beside;  ///< when it is missing: the names of the files in its folder, sorted; 100 at most
  std::optional<std::vector<std::string>> services;  ///< of a Compose file in the workspace

  friend bool operator==(const NamedFile&, const NamedFile&) = default;
};

/// What Compose files declare, each list sorted and without repetitions.
struct ComposeNames {
  std::vector<std::string> services, volumes, networks, secrets, configs, models;

  friend bool operator==(const ComposeNames&, const ComposeNames&) = default;
};

/// A variable that the `.env` of the project sets.
struct SetVariable {
  std::string name;
  TextRange range;                   ///< of the name in the file
  std::optional<std::string> value;  ///< empty: it is a secret, or long; then it is not for anybody to see

  friend bool operator==(const SetVariable&, const SetVariable&) = default;
};

struct ComposeSurroundings {
  /// Of the services whose build leads to a place in the workspace by what the file says alone, in its order.
  std::vector<ServiceBuild> builds;
  /// The ones with a relative path without variables that lead to a place in the workspace; each name once.
  std::vector<NamedFile> files;
  /// What the files declare that Compose may read together with this one: included files and those that include it,
  /// overrides, variants in its folder. Empty when it is not known which those are, or one could not be read.
  std::optional<ComposeNames> others;
  /// What other Compose files declare that stand below the folder above the file's own, or in folders above: nothing
  /// says that Compose reads them together with this one, but a script may.
  ComposeNames nearby;
  std::string environment_path;          ///< of the `.env` of the project; empty when there is none
  std::vector<SetVariable> environment;  ///< what it sets, in its order; 1,000 at most
  /// The names in all environment files beside, examples for them too, sorted; empty optional when there are none.
  std::optional<std::vector<std::string>> environment_names;
};

}  // namespace quaymaster
