#include "lsp/server.h"

#include <algorithm>
#include <memory>
#include <spdlog/spdlog.h>
#include <thread>
#include <utility>
#include <variant>

#include "lsp/asio_runner.h"
#include "lsp/frame_reader.h"
#include "lsp/json_rpc.h"
#include "lsp/log.h"
#include "lsp/outbox.h"
#include "lsp/session.h"
#include "lsp/stdio_transport.h"
#include "quaymaster/rule.h"

namespace quaymaster::lsp {
namespace {

bool is_exit(const Outcome& message) {
  const Json& json = message.value;
  return json.is_object() && json.value("method", Json()) == "exit" && !json.contains("id");
}

/// Reads messages and hands them to `handle` until the client exits or is gone.
void read_all(Transport& transport, spdlog::logger& log, const std::function<void(Outcome)>& handle) {
  FrameReader frames;
  while (true) {
    const std::string bytes = transport.read();
    if (bytes.empty()) {
      if (frames.partial()) log.warn("the input ended inside of a message");
      return;
    }
    frames.append(bytes);
    while (auto frame = frames.next()) {
      if (const auto* error = std::get_if<FrameError>(&*frame)) {
        log.error("skipped {}", error->what);
        continue;
      }
      Outcome message = parse_message(std::get<std::string>(*frame));
      const bool last = is_exit(message);
      handle(std::move(message));
      if (last) return;
    }
  }
}

}  // namespace

unsigned default_workers() { return std::clamp(std::thread::hardware_concurrency(), 2U, 4U); }

int run(Transport& transport, Core core, const workspace::FileSystem& files, const ServerOptions& options) {
  // Destroyed from the last to the first: what is still on its way ends in an outbox that is still there.
  Outbox outbox(transport);
  const Send send = [&outbox](Outgoing message) { outbox.send(std::move(message)); };
  const auto client_log = std::make_shared<ClientLogSink>(send);
  const auto log = make_logger(client_log);
  AsioRunner runner(options.workers);
  Session session(runner, std::move(core), files, send, log,
                  {.version = options.version,
                   .initialized = [&client_log] { client_log->open(); },
                   .exited = [&runner] { runner.stop(); },
                   .configuration = options.configuration});
  std::thread loop([&] { runner.run([&](const char* what) { log->error("a job failed: {}", what); }); });
  log->info("quaymaster {} serves a client", options.version);
  read_all(transport, *log, [&](Outcome message) {
    auto shared = std::make_shared<Outcome>(std::move(message));
    runner.push_message([&session, shared] { session.receive(std::move(*shared)); });
  });
  runner.push_message([&session] { session.end_of_input(); });
  loop.join();
  runner.join_workers();
  return session.exit_code().value_or(1);
}

int run_stdio(const workspace::FileSystem& files, const ServerOptions& options) {
  spdlog::set_default_logger(make_logger(nullptr));
  StdioTransport transport;
  return run(transport, make_core(built_in_rules()), files, options);
}

}  // namespace quaymaster::lsp
