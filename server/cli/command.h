#pragma once
#include <functional>

#include <CLI/CLI.hpp>

#include "cli/streams.h"

namespace quaymaster::cli {

/// What the arguments ask for: returns the exit code. Empty until a command was recognised.
using Action = std::function<int(Streams&)>;

// Each adds one command to `app`, which sets `action` when it is given. `action` must outlive the parsing.
void add_check_command(CLI::App& app, Action& action);
void add_rules_command(CLI::App& app, Action& action);
void add_explain_command(CLI::App& app, Action& action);
void add_config_command(CLI::App& app, Action& action);
void add_lsp_command(CLI::App& app, Action& action);
void add_licenses_command(CLI::App& app, Action& action);
/// Hidden: writes docs/rules/ for ./dev docs.
void add_docs_command(CLI::App& app, Action& action);

}  // namespace quaymaster::cli
