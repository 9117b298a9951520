#pragma once
#include <string>

#include "cli/configuration_options.h"
#include "cli/streams.h"

namespace quaymaster::cli {

/// `config show [PATH]`: what counts for a file or folder, where each value comes from, and, of a file, what it is
/// taken for and why. Returns the exit code.
[[nodiscard]] int show_configuration(const std::string& path, const ConfigurationOptions& options, Streams& streams);

}  // namespace quaymaster::cli
