#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "lsp/document.h"
#include "lsp/runner.h"
#include "lsp/stoppable_files.h"
#include "model/surroundings.h"
#include "workspace/workspace.h"

namespace quaymaster::lsp {

/// Keeps what is known of the folders of the workspace, and tells of each open file what the files around it say.
///
/// Files are read by workers, one task at a time, so that nobody waits: not the loop, and not the first analysis of a
/// document, which does without. What happens while a task runs is gathered for the next one; of a text that changes
/// many times only the last counts. Without folders nothing is read and nothing told. Lives on the loop.
class WorkspaceKeeper {
 public:
  /// What the files around the document `key` say; null when it is no file of the workspace. Called on the loop, again
  /// when it may be something else.
  using Told = std::function<void(const std::string& key, std::shared_ptr<const Surroundings>)>;
  using Failed = std::function<void(const std::string& what)>;

  /// `runner` and `disk` must outlive the keeper, which must outlive the jobs that `runner` runs.
  WorkspaceKeeper(Runner& runner, const workspace::FileSystem& disk, Told told, Failed failed);
  ~WorkspaceKeeper() { stop(); }

  /// The workspace consists of these, absolute and normalized, from here on.
  void set_folders(std::vector<std::string> folders);
  /// A document was opened, or its text changed.
  void opened(const DocumentSnapshot& document);
  void closed(const Document& document);
  /// Files or folders were created, changed or deleted on the disk.
  void changed(const std::vector<std::string>& files);

  /// Starts a task if there is something to do, and no message waits. Call after each message.
  void start_due();
  /// Nothing is read any more: the server ends.
  void stop();

 private:
  struct Task {
    std::optional<std::vector<std::string>> folders;
    std::map<std::string, DocumentSnapshot> texts;  // by path; null: closed
    std::set<std::string> changed;

    [[nodiscard]] bool empty() const { return !folders && texts.empty() && changed.empty(); }
  };
  /// Belongs to the task that runs.
  struct State {
    explicit State(const workspace::FileSystem& disk) : files(disk) {}
    StoppableFiles files;
    std::unique_ptr<workspace::Workspace> workspace;
    std::map<std::string, std::string> open;  // the keys of open documents, by path
  };
  using Result = std::vector<std::pair<std::string, std::shared_ptr<const Surroundings>>>;

  [[nodiscard]] static Result run(State& state, const Task& task);
  void finished(const Result& result, const std::string& error);

  Runner& runner_;
  Told told_;
  Failed failed_;
  std::shared_ptr<State> state_;
  std::map<std::string, DocumentSnapshot> open_;  // by path
  Task next_;
  bool has_folders_ = false;
  bool running_ = false;
  bool stopped_ = false;
};

}  // namespace quaymaster::lsp
