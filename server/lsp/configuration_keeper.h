#pragma once
#include <map>
#include <string>
#include <vector>

#include "lsp/configuration_view.h"
#include "lsp/document.h"
#include "quaymaster/config.h"
#include "workspace/configuration/configurations.h"
#include "workspace/file_system.h"
#include "workspace/recorded_reads.h"

namespace quaymaster::lsp {

/// Makes the view in which documents look for their configuration, and knows who has to look again when something
/// changes. Documents are known by their keys, files by absolute, normalized paths. Lives on the loop; reads no file.
class ConfigurationKeeper {
 public:
  /// `disk` has to outlive this and every view. `sources` is what there is besides files and the editor.
  ConfigurationKeeper(const workspace::FileSystem& disk, workspace::ConfigurationSources sources);

  [[nodiscard]] const SharedConfigurationView& view() const { return view_; }

  /// What the editor says now, and where documents that are no files are taken to be. Everybody has to look again.
  void set_editor(Layer layer);
  void set_folder(std::string folder);
  /// Nobody knows what has changed on the disk.
  void read_again() { make_view(); }

  // Each names the documents whose configuration may be another in the view that counts from here on.
  /// A document was opened, or its text changed.
  [[nodiscard]] std::vector<std::string> opened(const DocumentSnapshot& document);
  [[nodiscard]] std::vector<std::string> closed(const Document& document);
  /// Files or folders were created, changed or deleted on the disk.
  [[nodiscard]] std::vector<std::string> changed(const std::vector<std::string>& files);

  /// The configuration of the document `key` was made of what was looked at.
  void made(const std::string& key, workspace::Reads reads) { readers_.set(key, std::move(reads)); }
  /// Whether the text of the open document is what configurations see.
  [[nodiscard]] bool shows(const Document& document) const { return open_.contains(document.file); }
  /// The same as opened, for a document that a configuration was made of.
  [[nodiscard]] std::vector<std::string> show(const DocumentSnapshot& document);

 private:
  void make_view();

  const workspace::FileSystem& disk_;
  workspace::ConfigurationSources sources_;
  Layer editor_;
  std::string folder_;
  std::map<std::string, DocumentSnapshot> open_;  // the open documents that configure others, by path
  workspace::Dependencies readers_;
  SharedConfigurationView view_;
};

}  // namespace quaymaster::lsp
