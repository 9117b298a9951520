#include "lsp/editor.h"

#include <algorithm>

namespace quaymaster::lsp {

std::string uri_of(std::string_view path) {
  return path.starts_with('/') ? "file://" + std::string(path) : std::string(path);
}

Json with_folders(const std::vector<std::string>& folders) {
  Json list = Json::array();
  for (const std::string& folder : folders) list.push_back({{"uri", uri_of(folder)}, {"name", folder}});
  return {{"workspaceFolders", std::move(list)}};
}

void Editor::open(std::string_view path, std::string_view text, std::string_view language_id) {
  server.notify("textDocument/didOpen",
                {{"textDocument",
                  {{"uri", uri_of(path)}, {"languageId", language_id}, {"version", ++version_}, {"text", text}}}});
}

void Editor::change(std::string_view path, std::string_view text) {
  server.notify("textDocument/didChange", {{"textDocument", {{"uri", uri_of(path)}, {"version", ++version_}}},
                                           {"contentChanges", Json::array({{{"text", text}}})}});
}

void Editor::close(std::string_view path) {
  server.notify("textDocument/didClose", {{"textDocument", {{"uri", uri_of(path)}}}});
}

void Editor::save(std::string_view path) {
  server.notify("textDocument/didSave", {{"textDocument", {{"uri", uri_of(path)}}}});
}

void Editor::watched(const std::vector<std::string>& paths) {
  Json changes = Json::array();
  for (const std::string& path : paths) changes.push_back({{"uri", uri_of(path)}, {"type", 2}});
  server.notify("workspace/didChangeWatchedFiles", {{"changes", std::move(changes)}});
}

void Editor::set_settings(Json settings) {
  server.set_settings(std::move(settings));
  server.notify("workspace/didChangeConfiguration", {{"settings", nullptr}});
}

std::vector<std::string> Editor::shown(std::string_view path) {
  std::vector<std::string> list{"nothing"};
  for (const Json& published : server.notifications("textDocument/publishDiagnostics")) {
    if (published.at("uri") != uri_of(path)) continue;
    list.clear();
    for (const Json& diagnostic : published.at("diagnostics"))
      list.push_back(diagnostic.at("code").get<std::string>() + ": " + diagnostic.at("message").get<std::string>());
  }
  return list;
}

std::vector<std::string> Editor::codes(std::string_view path) {
  std::vector<std::string> list = shown(path);
  for (std::string& item : list) item.resize(std::min(item.size(), item.find(": ")));
  return list;
}

std::size_t Editor::lists(std::string_view path) {
  std::size_t count = 0;
  for (const Json& published : server.notifications("textDocument/publishDiagnostics"))
    if (published.at("uri") == uri_of(path)) ++count;
  return count;
}

std::vector<std::string> Editor::messages() {
  std::vector<std::string> list;
  for (const Json& message : server.notifications("window/showMessage")) list.push_back(message.at("message"));
  return list;
}

}  // namespace quaymaster::lsp
