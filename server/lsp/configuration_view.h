#pragma once
#include <set>
#include <string>
#include <vector>

#include "lsp/document.h"
#include "quaymaster/diagnostic.h"
#include "quaymaster/rule.h"
#include "workspace/configuration/configurations.h"
#include "workspace/open_documents.h"
#include "workspace/recorded_reads.h"

namespace quaymaster::lsp {

/// Where the configuration of documents is looked for. A view is never changed once it is shared: when a configuration
/// file may be another, the loop makes a new view, so that two documents with the same view have read the same files.
struct ConfigurationView {
  /// `disk` has to outlive this.
  ConfigurationView(const workspace::FileSystem& disk, workspace::ConfigurationSources from)
      : files(disk), sources(std::move(from)) {}

  workspace::OpenDocuments files;  ///< with the configuration files that are open in front
  std::set<std::string> open;      ///< their paths
  workspace::ConfigurationSources sources;
  std::string folder;  ///< where documents that are no files are taken to be; empty: no file configures them
};

/// What was looked at to configure a document, and what is wrong with it.
struct ConfigurationReads {
  workspace::Reads reads;
  std::vector<std::string> problems;  ///< for people, one a file; of files that are open nothing, for they show theirs
};

/// What counts for a document.
struct DocumentConfiguration {
  workspace::FileConfiguration file;
  ConfigurationReads looked_at;
};

/// The configuration of a document that has a view. Reads files. Any thread.
[[nodiscard]] DocumentConfiguration configuration_of(const Document& document, const RuleSet& rules);

/// Whether the document is a configuration file itself, by its name.
[[nodiscard]] bool is_configuration(const Document& document);

/// What is wrong with a document that is a configuration file, its bases included. Reads these. Any thread.
struct ConfigurationFindings {
  std::vector<Diagnostic> diagnostics;
  ConfigurationReads looked_at;
};
[[nodiscard]] ConfigurationFindings findings_in_configuration(const Document& document, const RuleSet& rules);

}  // namespace quaymaster::lsp
