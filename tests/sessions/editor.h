#pragma once
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "sessions/child.h"

namespace quaymaster::tests {

using Json = nlohmann::json;

/// Cuts what a server writes into messages, and throws when it writes anything else. Written apart from the server's
/// own reader, so that one mistake cannot hide in both.
class Messages {
 public:
  void append(std::string_view bytes) { bytes_ += bytes; }
  /// The next message; null when it is not complete.
  Json next();
  [[nodiscard]] bool empty() const { return bytes_.empty(); }

 private:
  std::string bytes_;
};

/// An editor that has one document open in `quaymaster lsp`, as a user would: the program itself, over its standard
/// input and output.
class Editor {
 public:
  struct Options {
    std::string encoding = "utf-16";
    bool resolves_edits = true;
    std::string uri = "file:///work%20space/Dockerfile";
    std::string language_id = "dockerfile";
    std::string folder = {};  ///< the path of the workspace folder; empty: there is none
    Json settings = nullptr;  ///< what the user set under `quaymaster`
  };
  explicit Editor(Options options);

  Json request(std::string_view method, const Json& params);
  void notify(std::string_view method, const Json& params);
  void send(const Json& message);
  void send_raw(std::string_view bytes) { child_.write(bytes); }

  void open(std::string text);
  /// Replaces the bytes [begin, end) of the text by `with`, as typing does, and tells the server that range.
  void type(std::size_t begin, std::size_t end, std::string_view with);
  [[nodiscard]] const std::string& text() const { return text_; }

  /// The list that is shown when the server has said everything about the latest text.
  Json diagnostics();
  /// The findings in it as "code@line", in order.
  std::vector<std::string> findings();
  /// Receives until the findings are these, without asking for anything. Fails loudly when they never are.
  void wait_for_findings(const std::vector<std::string>& expected) { wait_for_findings(expected, options_.uri); }
  /// The same for another document.
  void wait_for_findings(const std::vector<std::string>& expected, const std::string& uri);
  Json hover(const Json& position);
  Json code_actions(const Json& range, const Json& diagnostics, const Json& only);
  /// Lets the server resolve the action when it must, and changes the text accordingly.
  void apply(Json action);

  /// The position of a byte in the negotiated encoding, and back.
  [[nodiscard]] Json position(std::size_t offset) const;
  [[nodiscard]] std::size_t offset(const Json& position) const;
  /// The text of an LSP range.
  [[nodiscard]] std::string at(const Json& range) const;

  [[nodiscard]] const Json& initialize_result() const { return initialize_result_; }
  /// Notifications of one method, oldest first.
  [[nodiscard]] std::vector<Json> notifications(std::string_view method) const;
  /// Error responses with a null id.
  [[nodiscard]] int anonymous_errors() const { return anonymous_errors_; }

  /// Says goodbye; the program's exit code.
  int quit(bool shut_down = true);
  Child& child() { return child_; }

 private:
  Json receive();
  void answer(const Json& request);
  [[nodiscard]] Json shown(const std::string& uri) const;
  [[nodiscard]] static std::vector<std::string> names_of(const Json& list);

  Options options_;
  Child child_;
  Messages messages_;
  int last_id_ = 0;
  int anonymous_errors_ = 0;
  std::vector<Json> notifications_;
  Json initialize_result_;
  std::string text_;
  int version_ = 0;
};

}  // namespace quaymaster::tests
