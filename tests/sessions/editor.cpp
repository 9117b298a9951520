#include "sessions/editor.h"

#include <algorithm>
#include <stdexcept>

namespace quaymaster::tests {
namespace {

/// Length in bytes of the well-formed UTF-8 character at `at`.
std::size_t length_at(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

std::size_t units(std::size_t bytes, const std::string& encoding) {
  if (encoding == "utf-8") return bytes;
  return encoding == "utf-16" && bytes == 4 ? 2 : 1;
}

}  // namespace

Json Messages::next() {
  constexpr std::string_view kName = "Content-Length: ";
  const std::size_t end = bytes_.find("\r\n\r\n");
  const std::string head = bytes_.substr(0, std::min(bytes_.size(), kName.size()));
  if (!kName.starts_with(head)) throw std::runtime_error("the server wrote something that is no message: " + bytes_);
  if (end == std::string::npos) return nullptr;
  const std::size_t length = std::stoul(bytes_.substr(kName.size(), end - kName.size()));
  if (bytes_.size() < end + 4 + length) return nullptr;
  Json message = Json::parse(bytes_.substr(end + 4, length));
  bytes_.erase(0, end + 4 + length);
  return message;
}

Editor::Editor(Options options) : options_(std::move(options)), child_({QUAYMASTER_PROGRAM, "lsp"}) {
  Json capabilities = Json::parse(R"({
    "workspace": {"workspaceEdit": {"documentChanges": true}},
    "textDocument": {
      "hover": {"contentFormat": ["markdown"]},
      "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
      "rename": {"prepareSupport": true},
      "codeAction": {"dataSupport": true, "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}},
      "publishDiagnostics": {"relatedInformation": true, "versionSupport": true, "dataSupport": true}}})");
  capabilities["general"]["positionEncodings"] = {options_.encoding, "utf-16"};
  if (options_.resolves_edits) capabilities["textDocument"]["codeAction"]["resolveSupport"]["properties"] = {"edit"};
  Json params = {{"processId", nullptr}, {"rootUri", nullptr}};
  if (!options_.folder.empty()) {
    capabilities["workspace"]["configuration"] = true;
    capabilities["workspace"]["didChangeWatchedFiles"]["dynamicRegistration"] = true;
    params["rootUri"] = "file://" + options_.folder;
    params["workspaceFolders"] = Json::array({{{"uri", params["rootUri"]}, {"name", "test"}}});
  }
  params["capabilities"] = capabilities;
  initialize_result_ = request("initialize", params).at("result");
  notify("initialized", Json::object());
}

void Editor::send(const Json& message) {
  const std::string body = message.dump();
  child_.write("Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
}

void Editor::notify(std::string_view method, const Json& params) {
  send({{"jsonrpc", "2.0"}, {"method", method}, {"params", params}});
}

Json Editor::request(std::string_view method, const Json& params) {
  const int id = ++last_id_;
  send({{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", params}});
  while (true) {
    Json message = receive();
    if (message.contains("method")) {
      if (message.contains("id")) answer(message);
      notifications_.push_back(std::move(message));
    } else if (message.at("id").is_null()) {
      ++anonymous_errors_;
    } else if (message.at("id") == id) {
      return message;
    } else {
      throw std::runtime_error("an answer that nobody waits for: " + message.dump());
    }
  }
}

void Editor::answer(const Json& request) {
  const bool settings = request.at("method") == "workspace/configuration";
  send(
      {{"jsonrpc", "2.0"}, {"id", request.at("id")}, {"result", settings ? Json::array({options_.settings}) : Json()}});
}

Json Editor::receive() {
  while (true) {
    if (Json message = messages_.next(); !message.is_null()) return message;
    const std::string bytes = child_.read();
    if (bytes.empty()) throw std::runtime_error("the server ended; on standard error: " + child_.error_output());
    messages_.append(bytes);
  }
}

void Editor::open(std::string text) {
  text_ = std::move(text);
  version_ = 1;
  notify("textDocument/didOpen",
         {{"textDocument",
           {{"uri", options_.uri}, {"languageId", options_.language_id}, {"version", version_}, {"text", text_}}}});
}

void Editor::type(std::size_t begin, std::size_t end, std::string_view with) {
  const Json range = {{"start", position(begin)}, {"end", position(end)}};
  text_.replace(begin, end - begin, with);
  notify("textDocument/didChange", {{"textDocument", {{"uri", options_.uri}, {"version", ++version_}}},
                                    {"contentChanges", Json::array({{{"range", range}, {"text", with}}})}});
}

Json Editor::diagnostics() {
  // A request about the latest text is answered after its findings were published.
  (void)hover(position(0));
  return shown(options_.uri);
}

Json Editor::shown(const std::string& uri) const {
  Json shown = Json::array();
  for (const Json& published : notifications("textDocument/publishDiagnostics"))
    if (published.at("uri") == uri) shown = published.at("diagnostics");
  return shown;
}

std::vector<std::string> Editor::findings() { return names_of(diagnostics()); }

void Editor::wait_for_findings(const std::vector<std::string>& expected, const std::string& uri) {
  while (names_of(shown(uri)) != expected) {
    Json message = receive();
    if (message.contains("id") && message.contains("method")) answer(message);
    if (message.contains("method")) notifications_.push_back(std::move(message));
  }
}

std::vector<std::string> Editor::names_of(const Json& list) {
  std::vector<std::string> found;
  for (const Json& diagnostic : list) {
    found.push_back(diagnostic.at("code").get<std::string>() + '@' +
                    std::to_string(diagnostic.at("range").at("start").at("line").get<int>()));
  }
  return found;
}

Json Editor::hover(const Json& position) {
  return request("textDocument/hover", {{"textDocument", {{"uri", options_.uri}}}, {"position", position}})
      .at("result");
}

Json Editor::code_actions(const Json& range, const Json& diagnostics, const Json& only) {
  return request("textDocument/codeAction", {{"textDocument", {{"uri", options_.uri}}},
                                             {"range", range},
                                             {"context", {{"diagnostics", diagnostics}, {"only", only}}}})
      .at("result");
}

void Editor::apply(Json action) {
  if (!action.contains("edit")) action = request("codeAction/resolve", action).at("result");
  const Json& change = action.at("edit").at("documentChanges").at(0);
  if (change.at("textDocument") != Json({{"uri", options_.uri}, {"version", version_}}))
    throw std::runtime_error("an edit for another text: " + change.dump());
  // They count in the text before all of them; from the last to the first, none moves another.
  const Json edits = change.at("edits");
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
    type(offset(edit->at("range").at("start")), offset(edit->at("range").at("end")),
         edit->at("newText").get<std::string>());
  }
}

Json Editor::position(std::size_t offset) const {
  int line = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < offset; ++i) {
    if (text_[i] != '\n') continue;
    ++line;
    begin = i + 1;
  }
  std::size_t character = 0;
  for (std::size_t i = begin; i < offset; i += length_at(text_, i))
    character += units(length_at(text_, i), options_.encoding);
  return {{"line", line}, {"character", character}};
}

std::size_t Editor::offset(const Json& position) const {
  std::size_t at = 0;
  for (int line = position.at("line"); line > 0; --line) at = text_.find('\n', at) + 1;
  for (std::size_t character = position.at("character"); character > 0; at += length_at(text_, at))
    character -= units(length_at(text_, at), options_.encoding);
  return at;
}

std::string Editor::at(const Json& range) const {
  const std::size_t begin = offset(range.at("start"));
  return text_.substr(begin, offset(range.at("end")) - begin);
}

std::vector<Json> Editor::notifications(std::string_view method) const {
  std::vector<Json> found;
  for (const Json& notification : notifications_)
    if (notification.at("method") == method) found.push_back(notification.at("params"));
  return found;
}

int Editor::quit(bool shut_down) {
  if (shut_down && request("shutdown", nullptr).contains("error")) throw std::runtime_error("shutdown failed");
  notify("exit", nullptr);
  return child_.wait();
}

}  // namespace quaymaster::tests
