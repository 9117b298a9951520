#pragma once
#include <string>

#include "lsp/core.h"
#include "lsp/transport.h"
#include "workspace/configuration/configurations.h"
#include "workspace/file_system.h"

namespace quaymaster::lsp {

struct ServerOptions {
  std::string version;                                 ///< told to the client
  unsigned workers = 2;                                ///< threads that analyse and read files; 0: the loop does it
  workspace::ConfigurationSources configuration = {};  ///< what there is besides the files of a project and the editor
};

/// As many workers as pay off here; two at least, so that a large workspace is read beside the analyses.
[[nodiscard]] unsigned default_workers();

/// Serves one client until it exits or is gone, with every rule of this release and the files of `files`. What it
/// returns is the exit code of the program. The default logger of spdlog writes to standard error from here on.
[[nodiscard]] int run_stdio(const workspace::FileSystem& files, const ServerOptions& options);

/// Serves the client at the other end of `transport`, which must see the end of its input after `exit` at the latest
/// when it is closed. Returns what run_stdio returns.
[[nodiscard]] int run(Transport& transport, Core core, const workspace::FileSystem& files,
                      const ServerOptions& options);

}  // namespace quaymaster::lsp
