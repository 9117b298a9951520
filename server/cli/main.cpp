// Not portable: POSIX (isatty, ioctl).
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <sys/ioctl.h>
#include <unistd.h>
#include <vector>

#include "cli/run.h"

namespace {

bool colour_allowed() {
  const char* no_colour = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  return (!no_colour || *no_colour == '\0') && terminal && std::string_view(terminal) != "dumb";
}

std::size_t columns(std::size_t otherwise) {
  winsize size{};
  return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : otherwise;
}

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  quaymaster::cli::Streams streams{std::cin, std::cout, std::cerr};
  streams.out_is_terminal = ::isatty(STDOUT_FILENO) != 0;
  streams.err_is_terminal = ::isatty(STDERR_FILENO) != 0;
  streams.colour_allowed = colour_allowed();
  streams.columns = columns(streams.columns);
  for (const std::string_view name : quaymaster::cli::kEnvironment)
    if (const char* value = std::getenv(name.data())) streams.environment.emplace(name, value);
  const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  return quaymaster::cli::run(arguments, streams);
}
