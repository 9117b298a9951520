#pragma once
#include <atomic>
#include <memory>
#include <mutex>
#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>

#include "lsp/outgoing.h"

namespace quaymaster::lsp {

/// Shows warnings and errors to the client by `window/logMessage`. Silent until open(), for a server may not speak
/// before it has answered `initialize`. Thread-safe.
class ClientLogSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit ClientLogSink(Send send);
  void open() { open_.store(true); }

 private:
  void sink_it_(const spdlog::details::log_msg& message) override;
  void flush_() override {}

  Send send_;
  std::atomic<bool> open_{false};
};

/// A logger to standard error and, unless it is null, to `client`. Never to standard output, which is the protocol's.
[[nodiscard]] std::shared_ptr<spdlog::logger> make_logger(std::shared_ptr<ClientLogSink> client);

}  // namespace quaymaster::lsp
