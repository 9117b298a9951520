#pragma once
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/surroundings.h"
#include "workspace/bounded_files.h"
#include "workspace/file_system.h"
#include "workspace/index/index.h"
#include "workspace/open_documents.h"
#include "workspace/recorded_reads.h"
#include "workspace/relations/builds.h"

namespace quaymaster::workspace {

/// What stands in folders, each listed once until something changes.
class FolderListings {
 public:
  /// Sorted by name; null when the folder cannot be listed.
  const std::vector<FolderEntry>* of(const std::string& folder, const FileSystem& files);
  void clear() { listings_.clear(); }

 private:
  std::map<std::string, std::optional<std::vector<FolderEntry>>> listings_;
};

/// Some folders with everything that is known of the files in them and of what they have to do with each other. `check`
/// makes one of the repository; the server keeps one, and tells it what is opened, closed and changed. Paths are
/// absolute. Thread-compatible.
class Workspace {
 public:
  /// `disk` has to outlive this. Nothing outside of `folders` is ever read.
  Workspace(const FileSystem& disk, const std::vector<std::string>& folders);
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;

  [[nodiscard]] const Index& index() const { return index_; }
  /// What may be read of the folders; open documents go before the disk.
  [[nodiscard]] const FileSystem& files() const { return files_; }

  /// The container files whose surroundings may be different now, sorted, the changed file itself left out. A path is
  /// that of a file or a folder that was created, changed or deleted; a renamed one is a deleted and a created one.
  std::vector<std::string> changed(const std::string& path) { return changed(std::vector<std::string>{path}); }
  /// The same for many at once, which costs less.
  std::vector<std::string> changed(const std::vector<std::string>& paths);
  /// An editor has the file, with this text; also called for each change of the text.
  std::vector<std::string> opened(const std::string& path, std::string text);
  std::vector<std::string> closed(const std::string& path);

  /// What is known of a file from the others. What it looks at is noted, so that `changed` can name the file.
  [[nodiscard]] Surroundings surroundings_of(const std::string& path);

  /// The files of the build contexts that the image of a Dockerfile runs, when it is built or when it starts, mapped
  /// back through COPY and ADD; sorted. What it looks at is noted likewise.
  [[nodiscard]] std::vector<std::string> scripts_of(const std::string& path);

 private:
  using Paths = std::set<std::string>;
  [[nodiscard]] const Builders& builders();
  [[nodiscard]] std::vector<Builder> builders_of(const std::string& path);
  /// Whether what is at `path` or below decides which images are built.
  [[nodiscard]] bool decides_builds(std::string_view path) const;
  [[nodiscard]] bool has_kustomizations(std::string_view path) const;
  [[nodiscard]] KubernetesSurroundings around_manifest(const std::string& path, const RecordingFileSystem& files);
  /// Finds anew what kustomizations build on, and adds to `affected` the readers of those where it has changed.
  void update_bases(Paths& affected);
  /// What may have changed with a path: which images are built, what kustomizations build on.
  struct Differences {
    bool builds = false;
    bool bases = false;
  };
  /// Brings the index up to date with one path. Files that are included by others than before join `affected`.
  Differences refresh(const std::string& at, Paths& affected);

  OpenDocuments documents_;
  BoundedFiles files_;
  Index index_;
  std::optional<Builders> builders_;                         // of what is in the index now, once somebody asked
  std::optional<std::set<std::string, std::less<>>> bases_;  // likewise: folders of kustomizations that others build on
  FolderListings listings_;
  Dependencies dependencies_;
  Dependencies script_dependencies_;
};

}  // namespace quaymaster::workspace
