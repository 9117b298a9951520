#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "workspace/file_system.h"
#include "workspace/index/facts.h"
#include "workspace/index/file_role.h"

namespace quaymaster::workspace {

/// Which files of some folders are container files, or have to do with them, and the facts of each; kept up to date
/// file by file. Paths are absolute and normalized. What may be read is the business of `files` (see `BoundedFiles`),
/// and so is which text of an open document counts (see `OpenDocuments`).
///
/// The facts of a file are read when somebody asks for them first: most are never asked for. Hence even const calls are
/// for one thread at a time.
class Index {
 public:
  using Roles = std::map<std::string, FileRole, std::less<>>;

  /// `files` has to outlive this.
  explicit Index(const FileSystem& files) : files_(files) {}

  /// Finds what is in `folder` and looks at it, in the order and with the exceptions of `discover`.
  void add_folder(const std::string& folder);
  /// Brings the index up to date with what is at `path` now, a file or a folder, there or not. What `discover` leaves
  /// out does not count; a `.gitignore` stands for its whole folder.
  void refresh(const std::string& path);

  [[nodiscard]] const Roles& files() const { return roles_; }
  [[nodiscard]] std::optional<FileRole> role(std::string_view path) const;
  /// Whether the file can say that an image is built, by its role and the words in it.
  [[nodiscard]] bool may_build(std::string_view path) const { return building_.find(path) != building_.end(); }
  /// The Compose files that may include others, by the words in them, sorted.
  [[nodiscard]] const std::set<std::string, std::less<>>& may_include() const { return including_; }
  /// Null when the file is not there, or is none that counts. One that throws while it is read has no facts, and makes
  /// the index incomplete.
  [[nodiscard]] const Facts* find(std::string_view path) const;
  template <class Kind>
  [[nodiscard]] const Kind* find(std::string_view path) const {
    const Facts* facts = find(path);
    return facts ? std::get_if<Kind>(facts) : nullptr;
  }
  /// False when something that counts could not be read: what follows from the set of all files is not sure then.
  [[nodiscard]] bool complete() const { return unread_.empty(); }

 private:
  void look_at(const std::string& path);
  [[nodiscard]] Facts facts_of_file(const std::string& path, FileRole role) const;
  void remove(std::string_view path);

  const FileSystem& files_;
  Roles roles_;
  std::set<std::string, std::less<>> building_;   // see may_build
  std::set<std::string, std::less<>> including_;  // see may_include
  mutable std::unique_ptr<FactsReader> reader_ = std::make_unique<FactsReader>();
  mutable std::map<std::string, Facts, std::less<>> facts_;         // of files that somebody asked for
  mutable std::map<std::string, std::string, std::less<>> unread_;  // path to what is wrong
};

}  // namespace quaymaster::workspace
