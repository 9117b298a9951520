#pragma once
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "workspace/file_system.h"
#include "workspace/index/facts.h"

namespace quaymaster::workspace {

/// The facts of all container files of some folders, kept up to date file by file. Paths are absolute and normalized.
/// What may be read is the business of `files` (see `BoundedFiles`), and so is which text of an open document counts
/// (see `OpenDocuments`). Thread-compatible.
class Index {
 public:
  using FactsByPath = std::map<std::string, Facts, std::less<>>;

  /// `files` has to outlive this.
  explicit Index(const FileSystem& files) : files_(files) {}

  /// Finds what is in `folder` and reads it, in the order and with the exceptions of `discover`.
  void add_folder(const std::string& folder);
  /// Brings the index up to date with what is at `path` now, a file or a folder, there or not.
  void refresh(const std::string& path);

  [[nodiscard]] const FactsByPath& files() const { return facts_; }
  /// Null when the file is not there, or is no container file.
  [[nodiscard]] const Facts* find(std::string_view path) const;
  template <class Kind>
  [[nodiscard]] const Kind* find(std::string_view path) const {
    const Facts* facts = find(path);
    return facts ? std::get_if<Kind>(facts) : nullptr;
  }
  /// False when something that counts could not be read: what follows from the set of all files is not sure then.
  [[nodiscard]] bool complete() const { return unread_.empty(); }

 private:
  void read(const std::string& path);
  void remove(std::string_view path);

  const FileSystem& files_;
  FactsReader reader_;
  FactsByPath facts_;
  std::map<std::string, std::string, std::less<>> unread_;  // path to what is wrong
};

}  // namespace quaymaster::workspace
