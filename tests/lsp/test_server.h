#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lsp/core.h"
#include "lsp/json_rpc.h"
#include "workspace/configuration/configurations.h"
#include "workspace/file_system.h"

namespace quaymaster::lsp {

/// What an editor announces that can do everything.
[[nodiscard]] Json full_capabilities();

/// A server in this process and the client that talks to it. A client's call waits for the server, without sleeping,
/// and fails loudly after ten seconds. When it goes out of scope it checks that the server ends as it should, and that
/// every request got exactly one reply.
class TestServer {
 public:
  enum class Mode { Inline, Threads };  ///< everything on the caller, or reader, loop, two workers and writer

  struct Options {
    Mode mode = Mode::Inline;
    Json capabilities = full_capabilities();
    bool initialize = true;
    std::string uri = "file:///x/Dockerfile";
    Json initialize_params = Json::object();       ///< besides the capabilities
    Json settings = nullptr;                       ///< what the user set under `quaymaster`
    const workspace::FileSystem* files = nullptr;  ///< null: there are none
    workspace::ConfigurationSources configuration = {};
  };

  TestServer(Core core, Options options);
  ~TestServer();

  /// Sends a request and waits for the whole response.
  Json request(std::string_view method, const Json& params);
  int send_request(std::string_view method, const Json& params);
  Json response(int id);
  void notify(std::string_view method, const Json& params);
  /// Sends bytes as they are (with workers), or as the body of one message (inline).
  void send_raw(std::string_view bytes);

  // The document `uri` of the options, as the client has it.
  void open(std::string text, std::string_view language_id = "dockerfile");
  void change(std::string text);
  void change(const Json& content_changes, std::string text_after);
  void close();
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] int version() const { return version_; }

  /// The list that the client shows when the server has said everything about the latest text; empty optional: none.
  [[nodiscard]] std::optional<Json> diagnostics();
  /// The codes in that list.
  [[nodiscard]] std::vector<std::string> codes();
  Json hover(int line, int character);
  /// `context` may have `only` and `diagnostics`.
  Json code_actions(int line, int character, Json context = Json::object());
  /// Resolves the action where it has no edit, applies it to the text, and tells the server.
  void apply(Json action);

  /// The client answers workspace/configuration with these from here on.
  void set_settings(Json settings) { options_.settings = std::move(settings); }
  /// Every notification received so far, oldest first, of one method; every request of the server as well.
  [[nodiscard]] std::vector<Json> notifications(std::string_view method);
  /// Receives until `holds` does.
  void wait_until(const std::function<bool()>& holds);
  /// The first notification of one method, which may be still to come.
  Json wait_for_notification(std::string_view method);
  /// Error responses with a null id.
  [[nodiscard]] std::size_t anonymous_errors() const;
  /// Ends the session; what run() returned. Without it the destructor shuts down politely and expects 0.
  int end(bool shut_down);

 private:
  struct Side;
  /// `textDocument` with the URI of the document.
  [[nodiscard]] Json document_params() const;
  void sort_in(const std::string& body);
  void receive();

  std::unique_ptr<Side> side_;
  Options options_;
  int last_id_ = 0;
  std::vector<Json> responses_;
  std::vector<Json> notifications_;
  std::string text_;
  int version_ = 0;
  bool ended_ = false;
};

}  // namespace quaymaster::lsp
