// The part of a session that keeps up with settings, configuration files and the workspace.
#include <cstddef>
#include <utility>

#include "lsp/editor_settings.h"
#include "lsp/equal_surroundings.h"
#include "lsp/protocol.h"
#include "lsp/session.h"
#include "lsp/uri.h"
#include "lsp/watched_files.h"

namespace quaymaster::lsp {
namespace {

/// What is wrong with configuration files is told once, until it was this much.
constexpr std::size_t kMostProblemsTold = 1000;

}  // namespace

void Session::add_workspace() {
  dispatcher_.on_notification("workspace/didChangeConfiguration", [this](const Json& params) {
    if (client_.pulls_configuration) return pull_settings();
    use_settings(quaymaster_section(params.value("settings", Json())));
  });
  dispatcher_.on_notification("workspace/didChangeWorkspaceFolders",
                              [this](const Json& params) { use_folders(read_folders(params, folders_)); });
  dispatcher_.on_notification("workspace/didChangeWatchedFiles",
                              [this](const Json& params) { files_changed(read_changed_files(params)); });
  for (const char* method : {"workspace/didCreateFiles", "workspace/didRenameFiles", "workspace/didDeleteFiles"})
    dispatcher_.on_notification(method, [this](const Json& params) { files_changed(read_file_operation(params)); });
}

void Session::initialized() {
  if (!first_settings_.is_null()) use_settings(nullptr);
  if (client_.pulls_configuration) pull_settings();
  if (Json registrations = registrations_for(client_); !registrations.is_null())
    dispatcher_.ask("client/registerCapability", std::move(registrations), [this](const Outcome& answer) {
      if (answer.error) log_->warn("the client watches no files: {}", answer.error->message);
    });
}

void Session::pull_settings() {
  const Json params = {{"items", Json::array({{{"section", "quaymaster"}}})}};
  dispatcher_.ask("workspace/configuration", params, [this](const Outcome& answer) {
    if (answer.error) return log_->warn("the client has no settings: {}", answer.error->message);
    use_settings(answer.value.at(0));
  });
}

void Session::use_settings(const Json& settings) {
  const Json& counting = settings.is_null() ? first_settings_ : settings;
  if (counting == settings_) return;
  settings_ = counting;
  EditorSettings read = read_editor_settings(settings_, core_->rules);
  for (const std::string& problem : read.problems) log_->warn("settings: {}", problem);
  if (!read.problems.empty()) {
    const Json message = {{"type", 2}, {"message", "Quaymaster's settings: " + read.problems.front()}};  // Warning
    send_({Outgoing::Kind::Reply, to_body(make_notification("window/showMessage", message))});
  }
  configuration_.set_editor(std::move(read.layer));
  configure_all_again();
}

void Session::use_folders(std::vector<std::string> folders) {
  if (folders == folders_) return;
  folders_ = std::move(folders);
  configuration_.set_folder(folders_.empty() ? std::string() : folders_.front());
  workspace_.set_folders(folders_);
  configure_all_again();
}

void Session::text_changed(const DocumentSnapshot& document) {
  configure_again(configuration_.opened(document));
  // Its own bases are looked for in the view that shows it.
  if (is_configuration(*document)) configure_again({document->key});
  workspace_.opened(document);
}

void Session::text_gone(const Document& document) {
  configure_again(configuration_.closed(document));
  workspace_.closed(document);
}

void Session::did_save(const Json& params) {
  const std::string file = file_of(read_uri(params));
  if (client_.watches_files || file.empty()) return;
  // Who saves may have changed more than this file, and nobody tells.
  configuration_.read_again();
  configure_all_again();
  workspace_.changed({file});
}

void Session::files_changed(const std::vector<std::string>& files) {
  configure_again(configuration_.changed(files));
  workspace_.changed(files);
}

void Session::configure_again(const std::vector<std::string>& keys) {
  for (const std::string& key : keys) {
    const DocumentSnapshot before = documents_.find_key(key);
    if (!before) continue;
    if (auto document = documents_.put_into(key, {configuration_.view(), before->context.surroundings}))
      scheduler_.changed(std::move(document));
  }
}

void Session::configure_all_again() {
  std::vector<std::string> keys;
  for (const DocumentSnapshot& document : documents_.all()) keys.push_back(document->key);
  configure_again(keys);
}

void Session::configured(const std::string& key, const SharedConfigurationView& view,
                         const ConfigurationReads& looked_at) {
  if (!documents_.find_key(key)) return;
  configuration_.made(key, looked_at.reads);
  if (problems_told_.size() > kMostProblemsTold) problems_told_.clear();
  for (const std::string& problem : looked_at.problems)
    if (problems_told_.insert(problem).second) log_->warn("{}", problem);
  for (const DocumentSnapshot& document : documents_.all())
    if (document->key != key && looked_at.reads.files.contains(document->file) && !configuration_.shows(*document))
      configure_again(configuration_.show(document));
  // What has changed since then was not known to concern this document.
  if (view != configuration_.view()) configure_again({key});
  scheduler_.start_due();
}

void Session::surroundings_told(const std::string& key, std::shared_ptr<const Surroundings> surroundings) {
  const DocumentSnapshot before = documents_.find_key(key);
  if (!before || equal_surroundings(before->context.surroundings.get(), surroundings.get())) return;
  if (auto document = documents_.put_into(key, {before->context.configuration, std::move(surroundings)}))
    scheduler_.changed(std::move(document));
  scheduler_.start_due();
}

}  // namespace quaymaster::lsp
