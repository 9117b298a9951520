#pragma once
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "workspace/file_system.h"

namespace quaymaster::workspace {

/// What a computation looked at, found or not. Paths are absolute and normalized.
struct Reads {
  std::set<std::string, std::less<>> files;    ///< asked for by path, also what was not there
  std::set<std::string, std::less<>> folders;  ///< listed

  void add(const Reads& other);
  friend bool operator==(const Reads&, const Reads&) = default;
};

/// Notes every look at `files`. For one computation on one thread.
class RecordingFileSystem final : public FileSystem {
 public:
  /// `files` has to outlive this.
  explicit RecordingFileSystem(const FileSystem& files) : files_(files) {}

  [[nodiscard]] const Reads& reads() const { return reads_; }
  /// Notes a look that did not go through this. The path is absolute and normalized.
  void note(std::string path) const { reads_.files.insert(std::move(path)); }

  [[nodiscard]] FileKind kind(const std::string& path) const override;
  [[nodiscard]] OrFileError<std::string> read(const std::string& path, std::uint64_t limit) const override;
  [[nodiscard]] OrFileError<std::vector<FolderEntry>> list(const std::string& path) const override;
  [[nodiscard]] std::string real_path(const std::string& path) const override;

 private:
  /// A link on the way is part of what was looked at: where it leads counts as well.
  void note_file(const std::string& path) const;

  const FileSystem& files_;
  mutable Reads reads_;
};

/// Who read what. A dependent is the absolute path of a file whose findings depend on the reads.
class Dependencies {
 public:
  /// Replaces what was known of `dependent`.
  void set(const std::string& dependent, Reads reads);
  void remove(const std::string& dependent);

  /// The dependents of `path` when a file or folder there is created, changed or deleted, sorted. A renamed file is a
  /// deleted one and a created one.
  [[nodiscard]] std::vector<std::string> affected_by(std::string_view path) const;

 private:
  using Readers = std::map<std::string, std::set<std::string>, std::less<>>;
  static void erase(Readers& readers, const std::set<std::string, std::less<>>& paths, const std::string& dependent);

  std::map<std::string, Reads> reads_;
  Readers by_file_;
  Readers by_folder_;
};

}  // namespace quaymaster::workspace
