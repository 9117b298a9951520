#include "lsp/workspace_keeper.h"

#include <exception>

namespace quaymaster::lsp {

WorkspaceKeeper::WorkspaceKeeper(Runner& runner, const workspace::FileSystem& disk, Told told, Failed failed)
    : runner_(runner), told_(std::move(told)), failed_(std::move(failed)), state_(std::make_shared<State>(disk)) {}

void WorkspaceKeeper::set_folders(std::vector<std::string> folders) {
  if (folders.empty() && !has_folders_) return;
  has_folders_ = !folders.empty();
  if (running_) state_->files.stop();
  next_.folders = std::move(folders);
  next_.texts = open_;
  next_.changed.clear();
}

void WorkspaceKeeper::opened(const DocumentSnapshot& document) {
  if (document->file.empty()) return;
  open_[document->file] = document;
  if (has_folders_) next_.texts[document->file] = document;
}

void WorkspaceKeeper::closed(const Document& document) {
  if (open_.erase(document.file) > 0 && has_folders_) next_.texts[document.file] = nullptr;
}

void WorkspaceKeeper::changed(const std::vector<std::string>& files) {
  if (has_folders_) next_.changed.insert(files.begin(), files.end());
}

void WorkspaceKeeper::stop() {
  stopped_ = true;
  state_->files.stop();
}

void WorkspaceKeeper::start_due() {
  if (running_ || stopped_ || next_.empty() || runner_.message_waiting()) return;
  running_ = true;
  state_->files.restart();
  const auto task = std::make_shared<const Task>(std::exchange(next_, {}));
  runner_.work([this, &runner = runner_, state = state_, task] {
    Result result;
    std::string error;
    try {
      result = run(*state, *task);
    } catch (const std::exception& thrown) {
      error = thrown.what();
    }
    runner.post([this, result = std::move(result), error = std::move(error)] { finished(result, error); });
  });
}

WorkspaceKeeper::Result WorkspaceKeeper::run(State& state, const Task& task) {
  if (task.folders) {
    state.open.clear();
    state.workspace.reset();
    if (!task.folders->empty()) state.workspace = std::make_unique<workspace::Workspace>(state.files, *task.folders);
  }
  std::set<std::string> asked;
  const auto add = [&](const std::vector<std::string>& files) { asked.insert(files.begin(), files.end()); };
  for (const auto& [file, document] : task.texts) {
    if (document) {
      state.open[file] = document->key;
      asked.insert(file);
      if (state.workspace) add(state.workspace->opened(file, document->text));
    } else {
      state.open.erase(file);
      if (state.workspace) add(state.workspace->closed(file));
    }
  }
  if (state.workspace && !task.changed.empty())
    add(state.workspace->changed(std::vector<std::string>(task.changed.begin(), task.changed.end())));

  Result result;
  for (const std::string& file : asked) {
    const auto open = state.open.find(file);
    if (open == state.open.end()) continue;
    std::shared_ptr<const Surroundings> surroundings;
    if (state.workspace) {
      Surroundings found = state.workspace->surroundings_of(file);
      if (!std::holds_alternative<std::monostate>(found.of))
        surroundings = std::make_shared<const Surroundings>(std::move(found));
    }
    result.emplace_back(open->second, std::move(surroundings));
  }
  return result;
}

void WorkspaceKeeper::finished(const Result& result, const std::string& error) {
  running_ = false;
  if (stopped_) return;
  if (!error.empty()) failed_(error);
  // What was stopped for other folders says nothing.
  if (!next_.folders)
    for (const auto& [key, surroundings] : result) told_(key, surroundings);
  start_due();
}

}  // namespace quaymaster::lsp
