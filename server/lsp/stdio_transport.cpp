#include "lsp/stdio_transport.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <unistd.h>

namespace quaymaster::lsp {

StdioTransport::StdioTransport() { std::signal(SIGPIPE, SIG_IGN); }

std::string StdioTransport::read() {
  std::array<char, 65536> bytes;
  ssize_t count = -1;
  do {
    count = ::read(STDIN_FILENO, bytes.data(), bytes.size());
  } while (count < 0 && errno == EINTR);
  return count > 0 ? std::string(bytes.data(), static_cast<std::size_t>(count)) : std::string();
}

bool StdioTransport::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace quaymaster::lsp
