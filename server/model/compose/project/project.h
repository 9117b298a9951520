#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/compose/project/environment.h"
#include "model/compose/project/value.h"
#include "model/yaml/document.h"

/// A Compose project as `docker compose config` shows it: its files, what they include and extend, and overrides put
/// together.
namespace quaymaster::compose::project {

/// How a project is read. Paths are relative to the folder of the project, with `/` between their parts.
struct Source {
  std::vector<std::string> files;  ///< the file, then its overrides in order
  Environment environment;         ///< of the shell and of `.env`
  /// The first YAML document of a file; null when there is no such file. Called once for each use of a file.
  std::function<std::shared_ptr<const yaml::Document>(const std::string& path)> document;
  /// The text of an environment file that an `include` names; may be empty. Nothing when there is none.
  std::function<std::optional<std::string>(const std::string& path)> text;
};

/// What keeps Compose from reading a project, or what it warns of.
struct Problem {
  enum class Kind : std::uint8_t {
    MissingFile,        ///< `name` is its path
    MissingService,     ///< what is extended is not there
    Cycle,              ///< a file or service leads back to itself
    Conflict,           ///< `name` comes from two included files
    UnsetVariable,      ///< and without a default
    RequiredVariable,   ///< `:?`
    MalformedVariable,  ///< `name` is the text
    TooBig,             ///< more files than are read
  };
  Kind kind = Kind::MissingFile;
  std::string name;
  Origin origin;
};

struct Project {
  Value value;                     ///< the whole: `name`, `services`, `volumes` …
  std::vector<std::string> files;  ///< all that were read, `Origin::file` counts in them
  std::vector<Problem> problems;
};

/// Never fails: what cannot be read is left out, and is a problem. Services of all profiles are there. Files that
/// `env_file` names are not read.
[[nodiscard]] Project read_project(const Source& source);

}  // namespace quaymaster::compose::project
