#pragma once
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>

#include "lsp/transport.h"

namespace quaymaster::lsp {

/// A client and a server in one process: for tests and embedders. The functions of the client may be called on any
/// thread.
class MemoryTransport final : public Transport {
 public:
  [[nodiscard]] std::string read() override;
  [[nodiscard]] bool write(std::string_view bytes) override;

  void client_write(std::string_view bytes);
  /// The server sees the end of its input.
  void client_close();
  /// What the server wrote since the last call; waits for something. Empty when nothing came within `limit`.
  [[nodiscard]] std::string client_read(std::chrono::milliseconds limit);

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string to_server_;
  std::string to_client_;
  bool closed_ = false;
};

}  // namespace quaymaster::lsp
