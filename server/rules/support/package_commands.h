#pragma once
#include <string>
#include <vector>

#include "model/dockerfile/file.h"
#include "model/packages/invocation.h"
#include "model/shell/script.h"

/// The commands of a RUN that call a package manager.
namespace quaymaster::rules {

struct PackageCommand {
  const shell::Command* command;  ///< of the script, as written; never null
  packages::Invocation call;      ///< with the values of the variables that the Dockerfile sets
};

/// In the order of the text. Valid as long as `build`.
[[nodiscard]] std::vector<PackageCommand> package_commands(const dockerfile::BuildScript& build);

/// "apt-get install": program and verb, for messages.
[[nodiscard]] std::string call_name(const packages::Invocation& call);

}  // namespace quaymaster::rules
