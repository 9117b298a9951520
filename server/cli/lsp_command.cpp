#include <cstdint>

#include "cli/command.h"
#include "lsp/server.h"

namespace quaymaster::cli {

void add_lsp_command(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("lsp", "Run the language server on standard input and output");
  command->add_flag_function(
      "--stdio", [](std::int64_t) {}, "What it does anyway; many editors say it");
  command->callback([&action] {
    action = [](Streams&) { return lsp::run_stdio({QUAYMASTER_VERSION, lsp::default_workers()}); };
  });
}

}  // namespace quaymaster::cli
