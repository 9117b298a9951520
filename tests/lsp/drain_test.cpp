#include <spdlog/sinks/null_sink.h>

#include "lsp/fake_core.h"
#include "lsp/manual_runner.h"
#include "lsp/session.h"
#include "support/catch.h"
#include "workspace/memory_file_system.h"

namespace quaymaster::lsp {
namespace {

/// A session whose workers and clock the test drives. `sent` names what the client got: the ids of replies, and
/// "publish".
struct Fixture {
  ManualRunner runner;
  std::vector<std::string> sent;
  bool exited = false;
  workspace::MemoryFileSystem no_files;
  Session session{runner,
                  fake_core(),
                  no_files,
                  [this](const Outgoing& message) {
                    const Json json = Json::parse(message.body);
                    sent.push_back(json.contains("id") ? json["id"].dump() : "publish");
                  },
                  std::make_shared<spdlog::logger>("", std::make_shared<spdlog::sinks::null_sink_mt>()),
                  {.version = "", .exited = [this] { exited = true; }}};

  void receive(const char* message) { session.receive(parse_message(message)); }
  /// All of it in one go, as through a pipe.
  void receive_everything() {
    runner.waiting = true;
    receive(R"({"id":1,"method":"initialize","params":{"capabilities":{}}})");
    receive(R"({"method":"textDocument/didOpen","params":{"textDocument":
              {"uri":"file:///x/Dockerfile","languageId":"dockerfile","version":1,"text":"FROM a:latest"}}})");
    receive(R"({"id":2,"method":"textDocument/hover","params":
              {"textDocument":{"uri":"file:///x/Dockerfile"},"position":{"line":0,"character":8}}})");
    receive(R"({"id":3,"method":"textDocument/codeAction","params":{"textDocument":{"uri":"file:///x/Dockerfile"},
              "range":{"start":{"line":0,"character":8},"end":{"line":0,"character":8}},"context":{"diagnostics":[]}}})");
    receive(R"({"id":4,"method":"shutdown"})");
    receive(R"({"id":5,"method":"textDocument/hover","params":{}})");
    receive(R"({"method":"exit"})");
    runner.waiting = false;
    session.end_of_input();
  }
};

using Sent = std::vector<std::string>;

}  // namespace

TEST_CASE("a session that comes in one go is answered as a whole before it ends") {
  Fixture f;
  f.receive_everything();
  CHECK(f.sent == Sent{"1", "5"});
  CHECK_FALSE(f.exited);
  while (f.runner.step()) {
  }
  CHECK(f.sent == Sent{"1", "5", "publish", "2", "3", "4"});
  CHECK(f.exited);
  CHECK(f.session.exit_code() == 0);
}

TEST_CASE("a session that ends waits for what is under way, but not for ever") {
  Fixture f;
  f.receive_everything();
  f.runner.pass(std::chrono::milliseconds(999));
  CHECK_FALSE(f.exited);
  f.runner.pass(std::chrono::milliseconds(1));
  CHECK(f.sent == Sent{"1", "5", "4"});
  CHECK(f.exited);
  CHECK(f.session.exit_code() == 0);
}

TEST_CASE("input that ends without a word is answered, too") {
  Fixture f;
  f.receive(R"({"id":1,"method":"initialize","params":{"capabilities":{}}})");
  f.receive(R"({"method":"textDocument/didOpen","params":{"textDocument":
            {"uri":"file:///x/Dockerfile","languageId":"dockerfile","version":1,"text":"FROM a:latest"}}})");
  f.session.end_of_input();
  while (f.runner.step()) {
  }
  CHECK(f.sent == Sent{"1", "publish"});
  CHECK(f.exited);
  CHECK(f.session.exit_code() == 1);
}

}  // namespace quaymaster::lsp
