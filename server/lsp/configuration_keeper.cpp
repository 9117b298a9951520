#include "lsp/configuration_keeper.h"

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include "workspace/configuration/finder.h"

namespace quaymaster::lsp {

ConfigurationKeeper::ConfigurationKeeper(const workspace::FileSystem& disk, workspace::ConfigurationSources sources)
    : disk_(disk), sources_(std::move(sources)) {
  make_view();
}

void ConfigurationKeeper::make_view() {
  // The editor is weaker than the environment and the command line.
  workspace::ConfigurationSources sources = sources_;
  sources.above.insert(sources.above.begin(), editor_);
  const auto view = std::make_shared<ConfigurationView>(disk_, std::move(sources));
  for (const auto& [path, document] : open_) {
    view->files.open(path, document->text);
    view->open.insert(path);
  }
  view->folder = folder_;
  view_ = view;
}

void ConfigurationKeeper::set_editor(Layer layer) {
  editor_ = std::move(layer);
  make_view();
}

void ConfigurationKeeper::set_folder(std::string folder) {
  folder_ = std::move(folder);
  make_view();
}

std::vector<std::string> ConfigurationKeeper::opened(const DocumentSnapshot& document) {
  if (document->file.empty()) return {};
  const bool configures = workspace::configuration_kind(document->file) || shows(*document) ||
                          !readers_.affected_by(document->file).empty();
  return configures ? show(document) : std::vector<std::string>();
}

std::vector<std::string> ConfigurationKeeper::show(const DocumentSnapshot& document) {
  open_[document->file] = document;
  make_view();
  std::vector<std::string> readers = readers_.affected_by(document->file);
  std::erase(readers, document->key);
  return readers;
}

std::vector<std::string> ConfigurationKeeper::closed(const Document& document) {
  readers_.remove(document.key);
  if (open_.erase(document.file) == 0) return {};
  make_view();
  return readers_.affected_by(document.file);
}

std::vector<std::string> ConfigurationKeeper::changed(const std::vector<std::string>& files) {
  std::set<std::string> readers;
  for (const std::string& file : files)
    for (std::string& reader : readers_.affected_by(file)) readers.insert(std::move(reader));
  // Also when nobody is known to have read them: somebody may be doing so.
  make_view();
  return {readers.begin(), readers.end()};
}

}  // namespace quaymaster::lsp
