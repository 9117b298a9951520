#include "lsp/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <utility>

#include "lsp/json_rpc.h"

namespace quaymaster::lsp {

ClientLogSink::ClientLogSink(Send send) : send_(std::move(send)) { set_level(spdlog::level::warn); }

void ClientLogSink::sink_it_(const spdlog::details::log_msg& message) {
  if (!open_.load()) return;
  const int type = message.level == spdlog::level::warn ? 2 : 1;  // LSP MessageType: Warning, Error
  const Json params = {{"type", type}, {"message", std::string(message.payload.begin(), message.payload.end())}};
  send_({Outgoing::Kind::Log, to_body(make_notification("window/logMessage", params))});
}

std::shared_ptr<spdlog::logger> make_logger(std::shared_ptr<ClientLogSink> client) {
  auto logger = std::make_shared<spdlog::logger>("quaymaster", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  if (client) logger->sinks().push_back(std::move(client));
  logger->set_pattern("%Y-%m-%d %H:%M:%S.%e [%l] %v");
  logger->flush_on(spdlog::level::warn);
  return logger;
}

}  // namespace quaymaster::lsp
