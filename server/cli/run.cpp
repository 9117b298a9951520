#include "cli/run.h"

#include <exception>
#include <ostream>
#include <string_view>
#include <vector>

#include "cli/command.h"
#include "cli/exit_code.h"
#include "text/near_miss.h"

namespace quaymaster::cli {
namespace {

constexpr const char* kDescription =
    "Quaymaster finds container anti-patterns in Dockerfiles, Compose files and Kubernetes manifests, says what they "
    "lead to, and repairs them.";

constexpr const char* kFooter = R"(Examples:
  quaymaster check                      all files below the current folder
  quaymaster check --fix Dockerfile     repair what can be repaired safely
  quaymaster explain floating-image-tag
Nothing is executed, and nothing goes over the network.)";

/// The known spelling that an unknown argument was probably meant to be; empty when none is near.
std::string suggestion(const CLI::App& app, const std::string& argument) {
  std::vector<std::string> known;
  const auto chosen = app.get_subcommands();
  if (argument.starts_with("--")) {
    for (const CLI::Option* option : (chosen.empty() ? &app : chosen.back())->get_options())
      for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
  } else if (chosen.empty()) {
    for (const CLI::App* command : app.get_subcommands([](const CLI::App* c) { return !c->get_group().empty(); }))
      known.push_back(command->get_name());
  }
  const std::vector<std::string_view> candidates(known.begin(), known.end());
  return std::string(near_miss(argument.substr(0, argument.find('=')), candidates));
}

int fail(const CLI::App& app, std::string message, Streams& streams) {
  const auto unknown = app.remaining(true);
  if (!unknown.empty()) {
    message = (unknown.front().starts_with('-') ? "there is no option " : "there is no command ") + unknown.front();
    if (const std::string meant = suggestion(app, unknown.front()); !meant.empty())
      message += "; did you mean " + meant + "?";
  }
  streams.err << "quaymaster: " << message << "\nTry --help.\n";
  return kCouldNotRun;
}

int parse_and_run(std::span<const std::string> arguments, Streams& streams) {
  CLI::App app(kDescription, "quaymaster");
  app.set_version_flag("--version", "quaymaster " QUAYMASTER_VERSION);
  app.set_help_flag("-h,--help", "Print this help and exit");
  app.footer(kFooter);
  app.require_subcommand(1);
  app.get_formatter()->column_width(36);
  Action action;
  add_check_command(app, action);
  add_rules_command(app, action);
  add_explain_command(app, action);
  add_config_command(app, action);
  add_lsp_command(app, action);
  add_licenses_command(app, action);
  add_docs_command(app, action);
  if (arguments.empty()) {
    streams.err << app.help();
    return kCouldNotRun;
  }
  try {
    // This overload takes the arguments from the last to the first.
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::Success& success) {
    return app.exit(success, streams.out, streams.err);
  } catch (const CLI::ParseError& error) {
    return fail(app, error.what(), streams);
  }
  return action(streams);
}

}  // namespace

int run(std::span<const std::string> arguments, Streams& streams) {
  try {
    const int code = parse_and_run(arguments, streams);
    if (streams.out.flush()) return code;
    streams.err << "quaymaster: the output could not be written\n";
  } catch (const std::exception& error) {
    streams.err << "quaymaster: internal error: " << error.what() << "\n";
  }
  return kCouldNotRun;
}

}  // namespace quaymaster::cli
