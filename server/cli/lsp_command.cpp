#include <cstdint>
#include <memory>
#include <utility>

#include "cli/command.h"
#include "cli/configuration_options.h"
#include "cli/real_file_system.h"
#include "lsp/server.h"
#include "quaymaster/config.h"
#include "quaymaster/rule.h"

namespace quaymaster::cli {
namespace {

int serve(const ConfigurationOptions& options, const Streams& streams) {
  const RealFileSystem files;
  workspace::ConfigurationSources sources = sources_from(options, streams);
  // A name that does not exist is told, and the rest counts: an editor would show a server that ends as broken.
  (void)all_known(resolve_layers(built_in_rules(), sources.above).unknown, streams.err);
  return lsp::run_stdio(files, {QUAYMASTER_VERSION, lsp::default_workers(), std::move(sources)});
}

}  // namespace

void add_lsp_command(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("lsp", "Run the language server on standard input and output");
  command->add_flag_function(
      "--stdio", [](std::int64_t) {}, "What it does anyway; many editors say it");
  const auto options = std::make_shared<ConfigurationOptions>();
  add_configuration_options(*command, *options);
  command->callback(
      [&action, options] { action = [options](const Streams& streams) { return serve(*options, streams); }; });
}

}  // namespace quaymaster::cli
