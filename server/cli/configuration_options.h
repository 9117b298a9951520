#pragma once
#include <string>
#include <vector>

#include "cli/command.h"
#include "quaymaster/config.h"
#include "workspace/configuration/configurations.h"

namespace quaymaster::cli {

/// The options of `check` and `config show` about which findings are wanted, as they are given.
struct ConfigurationOptions {
  std::vector<std::string> presets;
  std::vector<std::string> select;
  std::vector<std::string> extend_select;
  std::vector<std::string> ignore;
  CLI::Option* select_given = nullptr;
  std::string config;
  bool no_config = false;
  bool no_inline_suppressions = false;
  bool require_reason = false;
};

void add_configuration_options(CLI::App& command, ConfigurationOptions& options);

/// Where configuration comes from besides the files of the project: the environment, then the options.
[[nodiscard]] workspace::ConfigurationSources sources_from(const ConfigurationOptions& options, const Streams& streams);

/// Says what is named in the environment or in options and does not exist. False: there is something.
[[nodiscard]] bool all_known(const std::vector<UnknownItem>& unknown, std::ostream& err);

}  // namespace quaymaster::cli
