#include "lsp/memory_transport.h"

#include <utility>

namespace quaymaster::lsp {

std::string MemoryTransport::read() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return closed_ || !to_server_.empty(); });
  return std::exchange(to_server_, {});
}

bool MemoryTransport::write(std::string_view bytes) {
  {
    const std::lock_guard lock(mutex_);
    to_client_ += bytes;
  }
  changed_.notify_all();
  return true;
}

void MemoryTransport::client_write(std::string_view bytes) {
  {
    const std::lock_guard lock(mutex_);
    to_server_ += bytes;
  }
  changed_.notify_all();
}

void MemoryTransport::client_close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
}

std::string MemoryTransport::client_read(std::chrono::milliseconds limit) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, limit, [this] { return !to_client_.empty(); });
  return std::exchange(to_client_, {});
}

}  // namespace quaymaster::lsp
