#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "lsp/test_server.h"

namespace quaymaster::lsp {

/// A client with any number of documents, known by the paths of their files. Everything happens on the caller.
class Editor {
 public:
  Editor(Core core, TestServer::Options options) : server(std::move(core), std::move(options)) {}

  void open(std::string_view path, std::string_view text, std::string_view language_id = "dockerfile");
  void change(std::string_view path, std::string_view text);
  void close(std::string_view path);
  void save(std::string_view path);
  /// Something happened on the disk, and the client has seen it.
  void watched(const std::vector<std::string>& paths);
  void set_settings(Json settings);

  /// The list that is shown for a file, as "code: message"; "nothing" when none was ever sent.
  [[nodiscard]] std::vector<std::string> shown(std::string_view path);
  /// The codes in that list.
  [[nodiscard]] std::vector<std::string> codes(std::string_view path);
  /// How many lists were sent for a file.
  [[nodiscard]] std::size_t lists(std::string_view path);
  /// What the user was told by window/showMessage.
  [[nodiscard]] std::vector<std::string> messages();

  TestServer server;

 private:
  int version_ = 0;
};

[[nodiscard]] std::string uri_of(std::string_view path);
/// Parameters of `initialize` with these workspace folders.
[[nodiscard]] Json with_folders(const std::vector<std::string>& folders);

}  // namespace quaymaster::lsp
