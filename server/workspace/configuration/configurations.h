#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "quaymaster/config.h"
#include "workspace/configuration/file_choice.h"
#include "workspace/configuration/finder.h"
#include "workspace/configuration/peer_files.h"
#include "workspace/discovery.h"
#include "workspace/file_system.h"

namespace quaymaster::workspace {

/// What counts for the files of a folder. Immutable; folders with the same files share one.
struct Configuration {
  Settings settings;
  std::vector<Layer> layers;         ///< what the settings were made of, from the weakest
  Provenance provenance;             ///< whose layers are places in `layers`
  std::vector<FileRules> files;      ///< which files count
  std::optional<FailLimit> limit;    ///< for Dockerfiles, from a `.hadolint.yaml`
  std::string shellcheck;            ///< the program to ask about shell texts; empty: none
  std::vector<std::string> sources;  ///< the files that it was read from, as they are shown
};

/// What counts for one file.
struct FileConfiguration {
  std::shared_ptr<const Configuration> configuration;  ///< never null
  FileChoice choice;
  std::string absolute;  ///< its path, when there is anything in the configuration that asks for it

  /// Whether files of this language are left out here; only known once the language is.
  [[nodiscard]] bool leaves_out(Language language) const {
    return !absolute.empty() && excluded(configuration->files, absolute, language);
  }
};

/// A configuration file in which something is wrong.
struct FaultyFile {
  std::string path;  ///< as it is shown
  std::string text;
  std::vector<Diagnostic> diagnostics;
};

/// Where configuration comes from, besides the files of a project.
struct ConfigurationSources {
  std::vector<Layer> above;             ///< editor, environment, command line; they win over files
  std::string file;                     ///< unless empty, in the place of the `.quaymaster.yaml` of every folder
  bool without_files = false;           ///< no file is looked for
  std::vector<std::string> user_files;  ///< a user's `.hadolint.yaml` files; the first that is there counts for all
                                        ///< projects without one
};

/// The configuration of each folder. Asks about a folder once, and reads a configuration file once for each set of
/// files that count together. What is wrong with a file never stops anything: the rest of it counts. Thread-compatible.
class Configurations {
 public:
  /// All must outlive this.
  Configurations(const FileSystem& files, const RuleSet& rules, ConfigurationSources sources);

  /// What counts for the files in `folder`, given as callers spell it ("" is where relative paths start).
  std::shared_ptr<const Configuration> of_folder(const std::string& folder);
  FileConfiguration of_file(const std::string& path);

  /// The files read so far in which something is wrong, in the order of reading.
  [[nodiscard]] const std::vector<FaultyFile>& faulty_files() const { return faulty_; }
  /// What was to be read, and could not be.
  [[nodiscard]] std::vector<PathMessage> errors() const;

 private:
  using Paths = ConfigurationFinder::Found;
  struct Folder {
    std::string absolute;
    std::shared_ptr<const Configuration> configuration;
  };
  struct OwnLayers {
    std::vector<Layer> layers;
    std::vector<FileRule> files;
  };
  const Folder& folder(const std::string& spelled);
  [[nodiscard]] Paths paths_for(const std::string& absolute);
  std::shared_ptr<const Configuration> make(const Paths& paths);
  std::optional<std::string> read(const std::string& path);
  void add_own(const std::string& path, Configuration& configuration);
  void add_peer(const std::string& path, ConfigurationKind kind, Configuration& configuration);
  [[nodiscard]] std::string shown(const std::string& absolute) const;
  void note(const std::string& path, std::string text, std::vector<Diagnostic> diagnostics);

  const FileSystem& files_;
  const RuleSet& rules_;
  ConfigurationSources sources_;
  ConfigurationFinder finder_;
  std::string here_;  // the folder where relative paths start
  std::map<std::string, Folder> by_spelling_;
  std::map<Paths, std::shared_ptr<const Configuration>> by_paths_;
  std::vector<FaultyFile> faulty_;
  std::vector<PathMessage> errors_;
};

/// What is wrong with the text of a configuration file, whose name says what kind it is: for an editor. Nothing for a
/// file that is none. Looks at no other file.
[[nodiscard]] std::vector<Diagnostic> check_configuration(std::string_view path, std::string_view text,
                                                          const RuleSet& rules);

}  // namespace quaymaster::workspace
