#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <spdlog/logger.h>
#include <string>
#include <string_view>
#include <vector>

#include "lsp/client.h"
#include "lsp/configuration_keeper.h"
#include "lsp/core.h"
#include "lsp/diagnostics_scheduler.h"
#include "lsp/dispatcher.h"
#include "lsp/document_store.h"
#include "lsp/feature_handlers.h"
#include "lsp/file_handlers.h"
#include "lsp/json_rpc.h"
#include "lsp/outgoing.h"
#include "lsp/publisher.h"
#include "lsp/runner.h"
#include "lsp/workspace_keeper.h"

namespace quaymaster::lsp {

/// One client, from `initialize` to `exit`: what was negotiated, the open documents and what is known of them. Lives on
/// the loop of its runner; a message is handled completely, or as far as it need not wait for a worker, before the
/// next. The loop reads no file: workers do, with the analysis of a document or for the workspace.
class Session {
 public:
  struct Options {
    std::string version;                        ///< of the server, told to the client
    std::function<void()> initialized = [] {};  ///< called when the client may be spoken to
    std::function<void()> exited = [] {};       ///< called when exit_code is there: nothing is left to do
    /// How long `shutdown` and `exit` wait for what was asked before.
    std::chrono::milliseconds grace{1000};
    DiagnosticsScheduler::Timing timing = {};
    workspace::ConfigurationSources configuration = {};  ///< what there is besides files and the editor
  };

  /// `runner` must outlive the session, and the session the jobs that the runner runs. `send` and `files` must outlive
  /// both.
  Session(Runner& runner, Core core, const workspace::FileSystem& files, Send send, std::shared_ptr<spdlog::logger> log,
          Options options);

  /// Handles one message as parse_message gave it.
  void receive(Outcome message);
  /// The client says no more; without `exit` before it, the same as `exit`.
  void end_of_input();
  /// What the program returns, once it is to end: 0 after `shutdown`, else 1.
  [[nodiscard]] std::optional<int> exit_code() const { return exit_code_; }
  /// Every method with a handler, sorted.
  [[nodiscard]] std::vector<std::string> methods() const { return dispatcher_.methods(); }

 private:
  enum class Phase : std::uint8_t {
    Uninitialized,
    Running,
    ShuttingDown,  ///< what was asked before is still answered and published
    ShutDown,
  };

  void add_lifecycle();
  void add_text_synchronization();
  void add_features();
  void add_document_requests();
  void add_workspace();
  [[nodiscard]] std::optional<ResponseError> gate(std::string_view method) const;

  [[nodiscard]] Json initialize(const Json& params);
  void did_open(Json& params);
  void did_change(Json& params);
  void did_close(const Json& params);
  void did_save(const Json& params);
  /// The text is there, or another one, or is gone: for those who read it as a file.
  void text_changed(const DocumentSnapshot& document);
  void text_gone(const Document& document);

  // What counts for documents besides their texts.
  /// The client may be spoken to.
  void initialized();
  void pull_settings();
  /// Null: the ones of `initialize`.
  void use_settings(const Json& settings);
  void use_folders(std::vector<std::string> folders);
  void files_changed(const std::vector<std::string>& files);
  /// Lets documents look for their configuration in the view that counts now.
  void configure_again(const std::vector<std::string>& keys);
  void configure_all_again();
  /// A worker configured the document `key` with a view.
  void configured(const std::string& key, const SharedConfigurationView& view, const ConfigurationReads& looked_at);
  void surroundings_told(const std::string& key, std::shared_ptr<const Surroundings> surroundings);
  void hover_at(const Json& params, Reply& reply);
  void code_actions(const Json& params, Reply& reply);
  void resolve_code_action(Json& params, Reply& reply);

  /// Calls `answer` with the analysis of `document` and then answers with what it returns.
  using Answer = std::function<Json(const SharedAnalysis&)>;
  void answer_with_analysis(const DocumentSnapshot& document, Reply& reply, Answer answer);
  /// Handles a request about one document: what it asks for is read at once, and answered by a worker from the analysis
  /// of the text as it was then. About a document that is not open, or whose analysis failed, the answer is null.
  using ReadRequest = AnswerFrom (*)(const Json& params, DocumentSnapshot document, const Client& client);
  void on_document_request(std::string method, ReadRequest read);
  /// The same for one that looks at the files around the document as well.
  using ReadFileRequest = AnswerFrom (*)(const Json& params, DocumentSnapshot document, const Client& client,
                                         FilesAround around);
  void on_file_request(std::string method, ReadFileRequest read);
  void answer_from(const DocumentSnapshot& document, AnswerFrom answer, Reply& reply);
  /// Computes on a worker, answers on the loop.
  void answer_from_worker(std::shared_ptr<Reply> reply, std::function<Outcome()> compute);
  /// Calls `then` when everything that was asked is answered and every text's findings are published, at the latest
  /// after the grace. So a session that comes through a pipe in one go is answered as a whole.
  void drain(std::function<void()> then);
  void check_drained();
  void end_drain();
  void answer_guarded(Reply& reply, const std::function<Json()>& compute);

  Runner& runner_;
  std::shared_ptr<const Core> core_;
  std::shared_ptr<spdlog::logger> log_;
  Options options_;
  Client client_;
  Phase phase_ = Phase::Uninitialized;
  std::optional<int> exit_code_;
  bool exiting_ = false;
  std::vector<std::function<void()>> when_drained_;
  unsigned working_answers_ = 0;  // requests that a worker computes the answer of
  Json first_settings_;           // of `initialize`
  Json settings_;                 // that count, if not null in the place of the first ones
  const workspace::FileSystem& files_;
  std::vector<std::string> folders_;
  std::set<std::string> problems_told_;  // of configuration files
  Send send_;
  Publisher publisher_;
  DocumentStore documents_;
  Dispatcher dispatcher_;
  ConfigurationKeeper configuration_;
  WorkspaceKeeper workspace_;
  DiagnosticsScheduler scheduler_;
};

}  // namespace quaymaster::lsp
