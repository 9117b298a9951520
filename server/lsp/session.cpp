#include "lsp/session.h"

#include <exception>
#include <utility>

#include "features/hover/hover.h"
#include "lsp/code_action_handler.h"
#include "lsp/completion_handler.h"
#include "lsp/editor_settings.h"
#include "lsp/protocol.h"
#include "lsp/watched_files.h"

namespace quaymaster::lsp {
namespace {

/// What does not depend on the client.
Json common_capabilities() {
  return Json::parse(R"({
    "textDocumentSync": {"openClose": true, "change": 2, "save": {"includeText": false}},
    "hoverProvider": true,
    "documentLinkProvider": {"resolveProvider": false},
    "codeActionProvider": true,
    "documentSymbolProvider": true,
    "foldingRangeProvider": true,
    "selectionRangeProvider": true,
    "definitionProvider": true,
    "referencesProvider": true,
    "documentHighlightProvider": true,
    "renameProvider": true,
    "workspace": {"workspaceFolders": {"supported": true, "changeNotifications": true}}})");
}

Json capabilities(const Client& client) {
  Json all = common_capabilities();
  all["positionEncoding"] = to_string(client.encoding);
  all["completionProvider"] = completion_options();
  all["workspace"]["fileOperations"] = file_operations();
  if (client.code_action_literals) {
    Json& actions = all["codeActionProvider"] = Json::object();
    actions["codeActionKinds"] = {kQuickFixKind, kFixAllKind};
    actions["resolveProvider"] = true;
  }
  if (client.prepares_rename) {
    Json& rename = all["renameProvider"] = Json::object();
    rename["prepareProvider"] = true;
  }
  return all;
}

Json hover_json(const Hover& hover, const Document& document, const Client& client) {
  Json json;
  json["contents"]["kind"] = client.hover_markdown ? "markdown" : "plaintext";
  json["contents"]["value"] = client.hover_markdown ? hover.markdown : plain_text(hover.markdown);
  json["range"] = RangeWriter(document, client.encoding)(hover.range);
  return json;
}

std::optional<std::int64_t> read_version(const Json& text_document) {
  const Json version = text_document.value("version", Json());
  return version.is_number_integer() ? std::optional(version.get<std::int64_t>()) : std::nullopt;
}

}  // namespace

Session::Session(Runner& runner, Core core, const workspace::FileSystem& files, Send send,
                 std::shared_ptr<spdlog::logger> log, Options options)
    : runner_(runner),
      core_(std::make_shared<const Core>(std::move(core))),
      log_(std::move(log)),
      options_(std::move(options)),
      files_(files),
      send_(std::move(send)),
      publisher_(send_),
      dispatcher_(send_, log_, [this](std::string_view method) { return gate(method); }),
      configuration_(files, std::move(options_.configuration)),
      workspace_(
          runner, files,
          [this](const std::string& key, std::shared_ptr<const Surroundings> surroundings) {
            surroundings_told(key, std::move(surroundings));
          },
          [this](const std::string& what) { log_->error("the workspace could not be read: {}", what); }),
      scheduler_(runner, options_.timing,
                 [this] {
                   return core_->new_analyze([this](const Document& document, const ConfigurationReads& looked_at) {
                     runner_.post([this, key = document.key, view = document.context.configuration, looked_at] {
                       configured(key, view, looked_at);
                     });
                   });
                 },
                 {.publish =
                      [this](const DocumentSnapshot& document, const SharedAnalysis& analysis) {
                        if (phase_ != Phase::ShutDown) publisher_.publish(*document, *analysis, client_);
                      },
                  .failed =
                      [this](const Document& document, const std::string& what) {
                        log_->error("the analysis of {} failed: {}", document.uri, what);
                      },
                  .ended = [this] { check_drained(); }}) {
  add_lifecycle();
  add_text_synchronization();
  add_features();
  add_document_requests();
  add_workspace();
}

void Session::receive(Outcome message) {
  dispatcher_.dispatch(std::move(message));
  scheduler_.start_due();
  workspace_.start_due();
}

void Session::end_of_input() {
  if (std::exchange(exiting_, true)) return;
  const bool asked = phase_ == Phase::ShuttingDown || phase_ == Phase::ShutDown;
  const auto exit = [this, code = asked ? 0 : 1] {
    scheduler_.stop_all();
    workspace_.stop();
    exit_code_ = code;
    options_.exited();
  };
  if (phase_ == Phase::ShutDown) return exit();
  drain(exit);
}

void Session::drain(std::function<void()> then) {
  when_drained_.push_back(std::move(then));
  scheduler_.hurry();
  check_drained();
  if (!when_drained_.empty()) runner_.after(options_.grace, [this] { end_drain(); });
}

void Session::check_drained() {
  if (scheduler_.idle() && working_answers_ == 0) end_drain();
}

void Session::end_drain() {
  for (const auto& then : std::exchange(when_drained_, {})) then();
}

std::optional<ResponseError> Session::gate(std::string_view method) const {
  if (method == "exit") return std::nullopt;
  switch (phase_) {
    case Phase::Uninitialized:
      if (method == "initialize") return std::nullopt;
      return ResponseError{ErrorCode::ServerNotInitialized, "the first request must be initialize"};
    case Phase::Running:
      if (method != "initialize") return std::nullopt;
      return ResponseError{ErrorCode::InvalidRequest, "the server is initialized already"};
    case Phase::ShuttingDown:
    case Phase::ShutDown: return ResponseError{ErrorCode::InvalidRequest, "the server is shut down"};
  }
  return std::nullopt;
}

void Session::add_lifecycle() {
  dispatcher_.on_request("initialize", [this](const Json& params, Reply& reply) {
    reply(initialize(params));
    options_.initialized();
  });
  dispatcher_.on_notification("initialized", [this](const Json&) { initialized(); });
  dispatcher_.on_request("shutdown", [this](const Json&, Reply& reply) {
    phase_ = Phase::ShuttingDown;
    drain([this, shared_reply = std::make_shared<Reply>(std::move(reply))] {
      phase_ = Phase::ShutDown;
      scheduler_.stop_all();
      workspace_.stop();
      (*shared_reply)(nullptr);
    });
  });
  dispatcher_.on_notification("exit", [this](const Json&) { end_of_input(); });
}

void Session::add_text_synchronization() {
  dispatcher_.on_notification("textDocument/didOpen", [this](Json& params) { did_open(params); });
  dispatcher_.on_notification("textDocument/didChange", [this](Json& params) { did_change(params); });
  dispatcher_.on_notification("textDocument/didClose", [this](const Json& params) { did_close(params); });
  dispatcher_.on_notification("textDocument/didSave", [this](const Json& params) { did_save(params); });
}

void Session::add_features() {
  dispatcher_.on_request("textDocument/hover", [this](const Json& params, Reply& reply) { hover_at(params, reply); });
  dispatcher_.on_request("textDocument/codeAction",
                         [this](const Json& params, Reply& reply) { code_actions(params, reply); });
  dispatcher_.on_request("codeAction/resolve",
                         [this](Json& params, Reply& reply) { resolve_code_action(params, reply); });
  dispatcher_.on_request("completionItem/resolve",
                         [this](Json& params, Reply& reply) { reply(resolve_completion(std::move(params), client_)); });
}

void Session::add_document_requests() {
  on_document_request("textDocument/documentSymbol", document_symbol_request);
  on_document_request("textDocument/foldingRange", folding_range_request);
  on_document_request("textDocument/selectionRange", selection_range_request);
  on_document_request("textDocument/completion", completion_request);
  on_file_request("textDocument/definition", definition_request);
  on_file_request("textDocument/documentLink", document_link_request);
  on_document_request("textDocument/references", references_request);
  on_document_request("textDocument/documentHighlight", highlight_request);
  on_document_request("textDocument/prepareRename", prepare_rename_request);
  on_document_request("textDocument/rename", rename_request);
}

void Session::on_document_request(std::string method, ReadRequest read) {
  dispatcher_.on_request(std::move(method), [this, read](const Json& params, Reply& reply) {
    const DocumentSnapshot document = documents_.find(read_uri(params));
    if (!document) return reply(nullptr);
    answer_from(document, read(params, document, client_), reply);
  });
}

void Session::on_file_request(std::string method, ReadFileRequest read) {
  dispatcher_.on_request(std::move(method), [this, read](const Json& params, Reply& reply) {
    const DocumentSnapshot document = documents_.find(read_uri(params));
    if (!document) return reply(nullptr);
    answer_from(document, read(params, document, client_, {&files_, folders_, documents_.all()}), reply);
  });
}

void Session::answer_from(const DocumentSnapshot& document, AnswerFrom answer, Reply& reply) {
  auto shared_reply = std::make_shared<Reply>(std::move(reply));
  scheduler_.with_analysis(document, shared_reply->stop(),
                           [=, this, answer = std::move(answer)](const SharedAnalysis& analysis) {
                             if (!analysis) return (*shared_reply)(nullptr);
                             answer_from_worker(shared_reply, [answer, analysis] { return answer(*analysis); });
                           });
}

Json Session::initialize(const Json& params) {
  client_ = client_of(params);
  phase_ = Phase::Running;
  use_folders(read_first_folders(params));
  first_settings_ = params.is_object() ? params.value("initializationOptions", Json()) : Json();
  if (const Json section = quaymaster_section(first_settings_); !section.is_null()) first_settings_ = section;
  Json result;
  result["capabilities"] = capabilities(client_);
  result["serverInfo"]["name"] = "quaymaster";
  result["serverInfo"]["version"] = options_.version;
  return result;
}

void Session::did_open(Json& params) {
  Json& item = params.at("textDocument");
  auto& uri = item.at("uri").get_ref<std::string&>();
  auto& text = item.at("text").get_ref<std::string&>();
  auto& language_id = item.at("languageId").get_ref<std::string&>();
  if (text.size() > kMaxAnalysedBytes) log_->warn("{} has more than 16 MiB and is not analysed", uri);
  const auto version = read_version(item);
  if (!client_.watches_files) configuration_.read_again();
  const DocumentSnapshot document = documents_.open(std::move(uri), std::move(language_id), version, std::move(text),
                                                    {configuration_.view(), nullptr});
  publisher_.forget(*document);
  scheduler_.opened(document);
  text_changed(document);
}

void Session::did_change(Json& params) {
  const std::string& uri = read_uri(params);
  const DocumentSnapshot before = documents_.find(uri);
  const auto lose = [&] {
    if (!before) return;
    log_->error("a change of {} does not fit its text: left alone until it is opened again", uri);
    scheduler_.closed(before->key);
    publisher_.clear(*before);
    text_gone(*before);
  };
  try {
    const auto version = read_version(params.at("textDocument"));
    const auto changes = read_changes(params.at("contentChanges"));
    auto [outcome, document] = documents_.change(uri, version, changes, client_.encoding);
    switch (outcome) {
      case DocumentStore::Outcome::Changed: scheduler_.changed(document); return text_changed(document);
      case DocumentStore::Outcome::NotOpen: return log_->warn("a change of {}, which is not open", uri);
      case DocumentStore::Outcome::OutOfStep: return lose();
    }
  } catch (const Json::exception&) {
    documents_.lose(uri);
    lose();
  }
}

void Session::did_close(const Json& params) {
  const std::string& uri = read_uri(params);
  const DocumentSnapshot document = documents_.find(uri);
  if (!documents_.close(uri)) return log_->warn("{} was closed, but is not open", uri);
  if (!document) return;  // out of step: cleared already
  scheduler_.closed(document->key);
  publisher_.clear(*document);
  text_gone(*document);
}

void Session::hover_at(const Json& params, Reply& reply) {
  const DocumentSnapshot document = documents_.find(read_uri(params));
  const Position position = read_position(params.at("position"));
  if (!document) return reply(nullptr);
  const auto offset = document->lines.offset(document->text, position, client_.encoding);
  if (!offset) return reply(nullptr);
  answer_with_analysis(document, reply, [document, offset, client = client_](const SharedAnalysis& analysis) -> Json {
    const auto found = hover(*analysis, *offset, {});
    return found ? hover_json(*found, *document, client) : Json();
  });
}

void Session::code_actions(const Json& params, Reply& reply) {
  const DocumentSnapshot document = documents_.find(read_uri(params));
  if (!document) return reply(Json::array());
  const ActionContext context = read_action_context(params, *document, client_);
  // Moved into the callbacks: fix-all with its edit is worker's work.
  auto shared_reply = std::make_shared<Reply>(std::move(reply));
  scheduler_.with_analysis(document, shared_reply->stop(), [=, this](const SharedAnalysis& analysis) {
    if (!analysis) return (*shared_reply)(Json::array());
    const bool fix_all = context.fix_all && has_safe_fix(*analysis);
    const auto actions = [=, client = client_, core = core_] {
      Json list = context.quick_fixes ? quick_fix_actions(context, *document, *analysis, client) : Json::array();
      if (!fix_all) return list;
      if (client.resolves_edits)
        list.push_back(lazy_fix_all_action(*document, *analysis, client));
      else if (auto action = eager_fix_all_action(*core, *document, *analysis, client))
        list.push_back(std::move(*action));
      return list;
    };
    if (fix_all && !client_.resolves_edits) return answer_from_worker(shared_reply, actions);
    answer_guarded(*shared_reply, actions);
  });
}

void Session::resolve_code_action(Json& params, Reply& reply) {
  if (params.contains("edit") || !params.contains("data")) return reply(std::move(params));
  const ActionId id = read_action_id(params.at("data"));
  const DocumentSnapshot document = documents_.find(id.uri);
  if (!document || document->revision != id.revision)
    return reply.fail(ErrorCode::ContentModified, "the text has changed since this was offered");
  auto shared_reply = std::make_shared<Reply>(std::move(reply));
  scheduler_.with_analysis(
      document, shared_reply->stop(), [=, this, action = std::move(params)](const SharedAnalysis& analysis) {
        if (!analysis)
          return shared_reply->fail(ErrorCode::ContentModified, "the text has changed since this was offered");
        answer_from_worker(shared_reply, [=, client = client_, core = core_] {
          Json resolved = action;
          resolved["edit"] = resolve_edit(id, *core, *document, *analysis, client);
          return resolved;
        });
      });
}

void Session::answer_with_analysis(const DocumentSnapshot& document, Reply& reply, Answer answer) {
  auto shared_reply = std::make_shared<Reply>(std::move(reply));
  scheduler_.with_analysis(document, shared_reply->stop(), [=, this](const SharedAnalysis& analysis) {
    if (!analysis) return (*shared_reply)(nullptr);
    answer_guarded(*shared_reply, [&] { return answer(analysis); });
  });
}

void Session::answer_from_worker(std::shared_ptr<Reply> reply, std::function<Outcome()> compute) {
  ++working_answers_;
  runner_.work([this, log = log_, &runner = runner_, reply = std::move(reply), compute = std::move(compute)] {
    const auto outcome = std::make_shared<Outcome>(Json());
    try {
      if (!reply->stop()->load()) *outcome = compute();
    } catch (const std::exception& error) {
      log->error("a request failed: {}", error.what());
      *outcome = ResponseError{ErrorCode::InternalError, "the server failed to answer; see its log"};
    }
    runner.post([this, reply, outcome] {
      reply->answer(std::move(*outcome));
      --working_answers_;
      check_drained();
    });
  });
}

void Session::answer_guarded(Reply& reply, const std::function<Json()>& compute) {
  try {
    reply(compute());
  } catch (const std::exception& error) {
    log_->error("a request failed: {}", error.what());
    reply.fail(ErrorCode::InternalError, "the server failed to answer; see its log");
  }
}

}  // namespace quaymaster::lsp
