#pragma once
#include "lsp/transport.h"

namespace quaymaster::lsp {

/// Standard input and output, bypassing the streams of C and C++. Nothing else may write to standard output. Not
/// portable: POSIX.
class StdioTransport final : public Transport {
 public:
  /// A client that goes away must not end the program by SIGPIPE.
  StdioTransport();
  [[nodiscard]] std::string read() override;
  [[nodiscard]] bool write(std::string_view bytes) override;
};

}  // namespace quaymaster::lsp
