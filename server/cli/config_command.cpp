#include <filesystem>
#include <fstream>
#include <memory>
#include <ostream>
#include <string>

#include "cli/command.h"
#include "cli/config_migrate.h"
#include "cli/config_schema.h"
#include "cli/config_show.h"
#include "cli/exit_code.h"
#include "cli/real_file_system.h"
#include "cli/terminal_text.h"

namespace quaymaster::cli {
namespace {

constexpr const char* kFileName = ".quaymaster.yaml";

constexpr const char* kStarter =
    R"(# Configuration of Quaymaster. It counts for this folder and all below it, up to the next file of this name.
# All that can be said here: docs/configuration.md of Quaymaster, or: quaymaster config schema

# The set of rules to start from: recommended, strict, all, hadolint, buildkit, pss-baseline, pss-restricted.
# recommended@0.1 stays what it was in that release.
preset: recommended

# Take rules away, or add some: a rule, a variant, a family, a preset, or another tool's name for a check.
# ignore: [floating-image-tag/latest, DL3008]
# extend-select: [isolation]

# Single rules: a severity (error, warning, information, hint), off, or options.
# rules:
#   root-user: error
#   floating-image-tag:
#     severity: information
#     allow: [shop/*]

# Which files count, with patterns as in .gitignore.
# files:
#   - exclude: [vendor/, "**/testdata/"]
#   - glob: "build/*.docker"
#     language: dockerfile

# What the rules should know about the project.
# registries:
#   trusted: [docker.io, registry.example.org]
# labels:
#   schema: {org.opencontainers.image.source: url}
# kubernetes:
#   version: "1.31"
# builder: buildkit

# Let comments that ignore findings count only when they say why.
# suppressions:
#   require-reason: true
)";

int initialise(Streams& streams) {
  std::error_code ignored;
  // exists() says no to a link that leads nowhere; writing would follow it.
  if (std::filesystem::symlink_status(kFileName, ignored).type() != std::filesystem::file_type::not_found) {
    streams.err << "quaymaster: " << kFileName << " is there already, and stays as it is\n";
    return kCouldNotRun;
  }
  if (!(std::ofstream(kFileName, std::ios::binary) << kStarter << std::flush)) {
    streams.err << "quaymaster: " << kFileName << " cannot be written\n";
    return kCouldNotRun;
  }
  streams.out << kFileName << " written\n";
  return kClean;
}

int migrate(const std::string& folder, Streams& streams) {
  const std::string text = migrated_configuration(folder, built_in_rules(), RealFileSystem());
  if (text.empty()) {
    streams.err << "quaymaster: there is no configuration of hadolint, kube-linter or dclint in " << visible(folder)
                << "\n";
    return kCouldNotRun;
  }
  streams.out << text;
  return kClean;
}

void add_show(CLI::App& config, Action& action) {
  CLI::App* show = config.add_subcommand("show", "Show what counts for a file or folder, and where it comes from");
  const auto path = std::make_shared<std::string>(".");
  const auto options = std::make_shared<ConfigurationOptions>();
  show->add_option("PATH", *path, "A file or folder (default: .)")->option_text(" ");
  add_configuration_options(*show, *options);
  show->callback([path, options, &action] {
    action = [path, options](Streams& streams) { return show_configuration(*path, *options, streams); };
  });
}

}  // namespace

void add_config_command(CLI::App& app, Action& action) {
  CLI::App* config = app.add_subcommand("config", "Write, show and convert configuration files");
  config->require_subcommand(1);
  config->add_subcommand("init", "Write a .quaymaster.yaml to start with; never over one that is there")
      ->callback([&action] { action = initialise; });
  add_show(*config, action);
  config->add_subcommand("schema", "Print the JSON schema of .quaymaster.yaml")->callback([&action] {
    action = [](Streams& streams) {
      streams.out << configuration_schema(built_in_rules());
      return kClean;
    };
  });
  CLI::App* migration =
      config->add_subcommand("migrate", "Print a .quaymaster.yaml made from hadolint's, kube-linter's and dclint's");
  const auto folder = std::make_shared<std::string>(".");
  migration->add_option("FOLDER", *folder, "Where their files are (default: .)")->option_text(" ");
  migration->callback([folder, &action] { action = [folder](Streams& streams) { return migrate(*folder, streams); }; });
}

}  // namespace quaymaster::cli
