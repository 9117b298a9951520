#pragma once
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <thread>

#include "lsp/outgoing.h"
#include "lsp/transport.h"

namespace quaymaster::lsp {

/// The messages that wait to be written, and the one thread that writes them, so that a client that does not read never
/// stops the server. A publish takes the place of one that still waits for the same document; log messages are left out
/// while more than `kMaxUnsent` bytes wait. Thread-safe.
class Outbox {
 public:
  static constexpr std::size_t kMaxUnsent = std::size_t{8} << 20U;

  /// `transport` must outlive the outbox.
  explicit Outbox(Transport& transport);
  /// Writes what waits, unless the client is gone.
  ~Outbox();
  Outbox(const Outbox&) = delete;
  Outbox& operator=(const Outbox&) = delete;

  void send(Outgoing message);

 private:
  void write_all();

  Transport& transport_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Outgoing> queue_;
  std::size_t unsent_ = 0;  // bytes in queue_
  bool closing_ = false;
  bool client_gone_ = false;
  std::thread writer_;
};

}  // namespace quaymaster::lsp
