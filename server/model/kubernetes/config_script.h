#pragma once
#include <optional>
#include <string>
#include <vector>

#include "model/container/container.h"

namespace quaymaster::shell {
class ScriptParser;
}  // namespace quaymaster::shell

namespace quaymaster::kubernetes {

struct File;
struct Object;

/// A shell script in the data of a ConfigMap: under a key that ends in `.sh`, or with a first line `#!` of a shell.
struct ConfigScript {
  std::string config_map;
  std::optional<std::string> namespace_name;
  std::string key;
  container::StartCommand script;  ///< its ranges are in the document
};

/// Those of `object`, in order; nothing of objects of another kind, nor of text with placeholders (`{{`).
[[nodiscard]] std::vector<ConfigScript> config_scripts(const Object& object, shell::ScriptParser& scripts);

/// A script of a ConfigMap that a container of the same file mounts, and names in its command.
struct MountedScript {
  container::StartCommand script;         ///< its ranges are in the file
  const container::Container* container;  ///< who runs it; as long as the file
};

/// Each script at most once, for the first container that runs it.
[[nodiscard]] std::vector<MountedScript> mounted_scripts(const File& file);

}  // namespace quaymaster::kubernetes
