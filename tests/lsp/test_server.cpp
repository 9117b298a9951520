#include "lsp/test_server.h"

#include <algorithm>
#include <chrono>
#include <spdlog/sinks/null_sink.h>
#include <stdexcept>
#include <thread>

#include "lsp/document_store.h"
#include "lsp/frame_reader.h"
#include "lsp/frame_writer.h"
#include "lsp/memory_transport.h"
#include "lsp/protocol.h"
#include "lsp/runner.h"
#include "lsp/server.h"
#include "lsp/session.h"
#include "support/catch.h"
#include "workspace/memory_file_system.h"

namespace quaymaster::lsp {
namespace {

Json position_json(int line, int character) {
  Json position;
  position["line"] = line;
  position["character"] = character;
  return position;
}

}  // namespace

Json full_capabilities() {
  return Json::parse(R"({
    "general": {"positionEncodings": ["utf-16"]},
    "workspace": {"workspaceEdit": {"documentChanges": true}, "configuration": true, "workspaceFolders": true,
                  "didChangeConfiguration": {"dynamicRegistration": true},
                  "didChangeWatchedFiles": {"dynamicRegistration": true}},
    "textDocument": {
      "hover": {"contentFormat": ["markdown", "plaintext"]},
      "completion": {"completionItem": {"snippetSupport": true, "documentationFormat": ["markdown", "plaintext"],
                                        "insertTextModeSupport": {"valueSet": [1, 2]}}},
      "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
      "rename": {"prepareSupport": true},
      "codeAction": {"dataSupport": true, "resolveSupport": {"properties": ["edit"]},
                     "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "source.fixAll"]}}},
      "publishDiagnostics": {"relatedInformation": true, "tagSupport": {"valueSet": [1, 2]}, "dataSupport": true,
                             "versionSupport": true}}})");
}

/// The server's side, in one of the two modes.
struct TestServer::Side {
  const workspace::MemoryFileSystem no_files{};
  // Inline.
  std::vector<std::string> sent;
  InlineRunner runner;
  std::unique_ptr<Session> session;
  // With threads.
  MemoryTransport transport;
  FrameReader frames;
  std::thread thread;
  int exit_code = -1;
};

TestServer::TestServer(Core core, Options options) : side_(std::make_unique<Side>()), options_(std::move(options)) {
  const workspace::FileSystem& files = options_.files ? *options_.files : side_->no_files;
  if (options_.mode == Mode::Inline) {
    side_->session = std::make_unique<Session>(
        side_->runner, std::move(core), files,
        [this](Outgoing message) { side_->sent.push_back(std::move(message.body)); },
        std::make_shared<spdlog::logger>("", std::make_shared<spdlog::sinks::null_sink_mt>()),
        Session::Options{.version = "1.2.3", .configuration = options_.configuration});
  } else {
    side_->thread = std::thread([this, &files, core = std::move(core)] {
      side_->exit_code = run(side_->transport, core, files,
                             {.version = "1.2.3", .workers = 2, .configuration = options_.configuration});
    });
  }
  if (!options_.initialize) return;
  Json params = options_.initialize_params;
  params["processId"] = nullptr;
  params["capabilities"] = options_.capabilities;
  const Json response = request("initialize", params);
  if (!response.contains("result")) throw std::runtime_error("initialize failed: " + response.dump());
  notify("initialized", Json::object());
}

TestServer::~TestServer() {
  if (!ended_) CHECK(end(true) == 0);
  std::vector<Json> ids;
  for (const Json& response : responses_)
    if (!response.at("id").is_null()) ids.push_back(response.at("id"));
  std::ranges::sort(ids);
  CHECK(std::ranges::adjacent_find(ids) == ids.end());
  CHECK(ids.size() == static_cast<std::size_t>(last_id_));
}

int TestServer::end(bool shut_down) {
  ended_ = true;
  if (shut_down) (void)request("shutdown", nullptr);
  notify("exit", nullptr);
  if (options_.mode == Mode::Inline) return side_->session->exit_code().value_or(-1);
  side_->thread.join();
  return side_->exit_code;
}

void TestServer::send_raw(std::string_view bytes) {
  if (options_.mode == Mode::Threads) return side_->transport.client_write(bytes);
  side_->session->receive(parse_message(bytes));
  receive();
}

void TestServer::notify(std::string_view method, const Json& params) {
  const std::string body = to_body(make_notification(method, params));
  send_raw(options_.mode == Mode::Threads ? framed(body) : body);
}

int TestServer::send_request(std::string_view method, const Json& params) {
  Json message = make_notification(method, params);
  message["id"] = ++last_id_;
  const std::string body = to_body(message);
  send_raw(options_.mode == Mode::Threads ? framed(body) : body);
  return last_id_;
}

Json TestServer::response(int id) {
  const auto mine = [id](const Json& response) { return response.at("id") == id; };
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (true) {
    const auto found = std::ranges::find_if(responses_, mine);
    if (found != responses_.end()) return *found;
    if (std::chrono::steady_clock::now() > limit || options_.mode == Mode::Inline)
      throw std::runtime_error("no response to request " + std::to_string(id));
    receive();
  }
}

Json TestServer::request(std::string_view method, const Json& params) { return response(send_request(method, params)); }

void TestServer::receive() {
  if (options_.mode == Mode::Inline) {
    for (const std::string& body : std::exchange(side_->sent, {})) sort_in(body);
    return;
  }
  side_->frames.append(side_->transport.client_read(std::chrono::seconds(1)));
  while (auto frame = side_->frames.next()) sort_in(std::get<std::string>(*frame));
}

void TestServer::sort_in(const std::string& body) {
  const Json message = Json::parse(body);
  (message.contains("method") ? notifications_ : responses_).push_back(message);
  if (!message.contains("method") || !message.contains("id")) return;
  const bool settings = message.at("method") == "workspace/configuration";
  Json result;
  if (settings) result.push_back(options_.settings);
  const std::string answer = to_body(make_response(message.at("id"), result));
  send_raw(options_.mode == Mode::Threads ? framed(answer) : answer);
}

void TestServer::open(std::string text, std::string_view language_id) {
  text_ = std::move(text);
  version_ = 1;
  Json params = document_params();
  Json& document = params["textDocument"];
  document["languageId"] = language_id;
  document["version"] = version_;
  document["text"] = text_;
  notify("textDocument/didOpen", params);
}

void TestServer::change(std::string text) {
  Json change_of_all;
  change_of_all["text"] = text;
  Json changes = Json::array();
  changes.push_back(std::move(change_of_all));
  change(changes, std::move(text));
}

void TestServer::change(const Json& content_changes, std::string text_after) {
  text_ = std::move(text_after);
  Json params = document_params();
  params["textDocument"]["version"] = ++version_;
  params["contentChanges"] = content_changes;
  notify("textDocument/didChange", params);
}

void TestServer::close() { notify("textDocument/didClose", document_params()); }

Json TestServer::document_params() const {
  Json params;
  params["textDocument"]["uri"] = options_.uri;
  return params;
}

std::optional<Json> TestServer::diagnostics() {
  // A request about the latest text is answered after its findings were published.
  (void)hover(0, 0);
  std::optional<Json> shown;
  for (const Json& published : notifications("textDocument/publishDiagnostics"))
    if (published.at("uri") == options_.uri) shown = published.at("diagnostics");
  return shown;
}

std::vector<std::string> TestServer::codes() {
  std::vector<std::string> all;
  for (const Json& diagnostic : diagnostics().value_or(Json::array())) all.push_back(diagnostic.at("code"));
  return all;
}

Json TestServer::hover(int line, int character) {
  Json params = document_params();
  params["position"] = position_json(line, character);
  return request("textDocument/hover", params).at("result");
}

Json TestServer::code_actions(int line, int character, Json context) {
  if (!context.contains("diagnostics")) context["diagnostics"] = Json::array();
  Json params = document_params();
  params["range"]["start"] = params["range"]["end"] = position_json(line, character);
  params["context"] = std::move(context);
  return request("textDocument/codeAction", params).at("result");
}

void TestServer::apply(Json action) {
  if (!action.contains("edit")) action = request("codeAction/resolve", action).at("result");
  const Json& edit = action.at("edit");
  Json edits;
  if (edit.contains("documentChanges")) {
    const Json& only = edit.at("documentChanges").at(0);
    CHECK(only.at("textDocument").at("uri") == options_.uri);
    CHECK(only.at("textDocument").at("version") == version_);
    edits = only.at("edits");
  } else {
    edits = edit.at("changes").at(options_.uri);
  }
  // The edits count in the text before all of them: applied from the last to the first, none moves another.
  Json changes = Json::array();
  for (auto it = edits.rbegin(); it != edits.rend(); ++it) {
    Json& change = changes.emplace_back();
    change["range"] = it->at("range");
    change["text"] = it->at("newText");
  }
  Json copy = changes;
  auto after = apply_changes(text_, read_changes(copy), PositionEncoding::Utf16);
  if (!after) throw std::runtime_error("an edit does not fit the text");
  change(changes, std::move(*after));
}

std::vector<Json> TestServer::notifications(std::string_view method) {
  std::vector<Json> found;
  for (const Json& notification : notifications_)
    if (notification.at("method") == method) found.push_back(notification.at("params"));
  return found;
}

Json TestServer::wait_for_notification(std::string_view method) {
  wait_until([&] { return !notifications(method).empty(); });
  return notifications(method).front();
}

void TestServer::wait_until(const std::function<bool()>& holds) {
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!holds()) {
    if (std::chrono::steady_clock::now() > limit || options_.mode == Mode::Inline)
      throw std::runtime_error("waited in vain");
    receive();
  }
}

std::size_t TestServer::anonymous_errors() const {
  return static_cast<std::size_t>(std::ranges::count_if(
      responses_, [](const Json& response) { return response.at("id").is_null() && response.contains("error"); }));
}

}  // namespace quaymaster::lsp
