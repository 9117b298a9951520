#include "lsp/server.h"

#include <string>
#include <thread>

#include "lsp/fake_core.h"
#include "lsp/frame_writer.h"
#include "lsp/memory_transport.h"
#include "lsp/test_server.h"
#include "support/catch.h"
#include "workspace/memory_file_system.h"

namespace quaymaster::lsp {
namespace {

using Mode = TestServer::Mode;

Json position_params(int line, int character) {
  return {{"textDocument", {{"uri", "file:///x/Dockerfile"}}},
          {"position", {{"line", line}, {"character", character}}}};
}

}  // namespace

TEST_CASE("server: a request that waits for an analysis can be cancelled") {
  const auto gate = std::make_shared<Gate>();
  gate->close();
  TestServer server(fake_core(gate), {.mode = Mode::Threads});
  server.open("FROM a:latest\n");
  gate->wait_for_arrivals(1);
  const int cancelled = server.send_request("textDocument/hover", position_params(0, 8));
  const int kept = server.send_request("textDocument/hover", position_params(0, 8));
  server.notify("$/cancelRequest", {{"id", cancelled}});
  CHECK(server.response(cancelled)["error"]["code"] == -32800);
  gate->open();
  CHECK(server.response(kept)["result"].is_object());
}

TEST_CASE("server: requests see the text that the client had when it asked") {
  const auto gate = std::make_shared<Gate>();
  TestServer server(fake_core(gate), {.mode = Mode::Threads});
  server.open("FROM a\n");
  gate->close();
  std::vector<int> requests;
  std::string spaces;
  for (int i = 0; i < 20; ++i) {
    spaces += ' ';
    server.change(spaces + "FROM a:latest\n");
    requests.push_back(server.send_request("textDocument/hover", position_params(0, 8 + i)));
  }
  gate->open();
  for (int i = 0; i < 20; ++i) {
    const Json hover = server.response(requests[static_cast<std::size_t>(i)])["result"];
    REQUIRE(hover.is_object());
    CHECK(hover["range"]["start"]["character"] == 8 + i);
  }
}

TEST_CASE("server: a change stops the analysis of the text before it") {
  const auto gate = std::make_shared<Gate>();
  gate->close();
  TestServer server(fake_core(gate), {.mode = Mode::Threads});
  server.open("FROM a:latest\n");
  gate->wait_for_arrivals(1);
  server.change("FROM a\n");
  gate->wait_for_arrivals(2);  // only the stop flag can have ended the first one
  gate->open();
  CHECK(server.codes().empty());
  CHECK(server.notifications("textDocument/publishDiagnostics").size() == 1);
}

TEST_CASE("server: the end does not wait for ever for an analysis") {
  const auto gate = std::make_shared<Gate>();
  gate->close();
  TestServer server(fake_core(gate), {.mode = Mode::Threads});
  server.open("FROM a:latest\n");
  gate->wait_for_arrivals(1);
  CHECK(server.end(true) == 0);
}

TEST_CASE("server: garbage between messages is skipped") {
  TestServer server(fake_core(), {.mode = Mode::Threads});
  server.send_raw("this is no header\r\n\r\n");
  server.send_raw(framed("{"));
  server.send_raw(framed(std::string(100'000, '[')));
  server.send_raw(framed("[]"));
  server.open("FROM a:latest\n");
  CHECK(server.codes().size() == 1);
  CHECK(server.anonymous_errors() == 3);
}

TEST_CASE("server: the client is told of garbage between messages") {
  TestServer server(fake_core(), {.mode = Mode::Threads});
  // Logs go to the client from `initialized` on, which the loop has handled when it answers.
  CHECK(server.hover(0, 0).is_null());
  server.send_raw("this is no header\r\n\r\n");
  const Json log = server.wait_for_notification("window/logMessage");
  CHECK(log["type"] == 1);
  CHECK(log["message"].get<std::string>().find("no header") != std::string::npos);
}

TEST_CASE("server: nothing is said before initialize is answered") {
  TestServer server(fake_core(), {.mode = Mode::Threads, .initialize = false});
  server.send_raw("this is no header\r\n\r\n");
  const Json response = server.request("initialize", {{"capabilities", Json::object()}});
  CHECK(response.contains("result"));
  CHECK(server.notifications("window/logMessage").empty());
}

TEST_CASE("server: half a surrogate pair does not cost the document") {
  TestServer server(fake_core(), {.mode = Mode::Threads});
  server.open("FROM a\n");
  server.send_raw(framed(
      R"({"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///x/Dockerfile",)"
      R"("version":2},"contentChanges":[{"text":"# \ud83d\nFROM a:latest\n"}]}})"));
  CHECK(server.codes().size() == 1);
}

TEST_CASE("server: a client that goes away ends it") {
  const workspace::MemoryFileSystem no_files;
  for (const bool shut_down : {false, true}) {
    MemoryTransport transport;
    if (shut_down) {
      transport.client_write(framed(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}})"));
      transport.client_write(framed(R"({"jsonrpc":"2.0","id":2,"method":"shutdown"})"));
    }
    transport.client_write("Content-Length: 100\r\n\r\n{");
    transport.client_close();
    CHECK(run(transport, fake_core(), no_files, {.version = "", .workers = 1}) == (shut_down ? 0 : 1));
  }
}

TEST_CASE("server: without workers the loop does their work") {
  const workspace::MemoryFileSystem no_files;
  MemoryTransport transport;
  transport.client_write(framed(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}})"));
  transport.client_write(framed(
      R"({"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///x/Dockerfile",)"
      R"("languageId":"dockerfile","version":1,"text":"FROM a:latest"}}})"));
  transport.client_write(framed(R"({"jsonrpc":"2.0","id":2,"method":"shutdown"})"));
  transport.client_write(framed(R"({"jsonrpc":"2.0","method":"exit"})"));
  CHECK(run(transport, fake_core(), no_files, {.version = "", .workers = 0}) == 0);
  CHECK(transport.client_read(std::chrono::seconds(1)).find("floating-word") != std::string::npos);
}

TEST_CASE("server: a storm of edits over several documents ends in the right lists") {
  TestServer server(fake_core(), {.mode = Mode::Threads});
  server.open("FROM a\n");
  std::string text = "FROM a\n";
  for (int i = 0; i < 2000; ++i) {
    const bool floats = i % 3 == 0;
    text = std::string(static_cast<std::size_t>(i % 7), '\n') + (floats ? "FROM a:latest\n" : "FROM a\n");
    server.change(text);
    const std::string other = "file:///x/" + std::to_string(i % 5) + "/Dockerfile";
    server.notify("textDocument/didOpen",
                  {{"textDocument", {{"uri", other}, {"languageId", "dockerfile"}, {"version", i}, {"text", text}}}});
    if (i % 4 == 0) server.notify("textDocument/didClose", {{"textDocument", {{"uri", other}}}});
    if (i % 50 == 0) {
      const int id = server.send_request("textDocument/hover", position_params(0, 0));
      if (i % 100 == 0) server.notify("$/cancelRequest", {{"id", id}});
      (void)server.response(id);
    }
  }
  server.change("FROM a:latest\nFROM b:latest\n");
  CHECK(server.codes().size() == 2);
  server.change("FROM a\n");
  CHECK(server.codes().empty());
}

}  // namespace quaymaster::lsp
