#include <ostream>

#include "cli/command.h"
#include "cli/embedded_text.h"
#include "cli/exit_code.h"

namespace quaymaster::cli {

void add_licenses_command(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("licenses", "Show the licence, and what comes from others");
  command->callback([&action] {
    action = [](Streams& streams) {
      streams.out << embedded_text("LICENSE") << "\n" << embedded_text("NOTICE");
      return kClean;
    };
  });
}

}  // namespace quaymaster::cli
