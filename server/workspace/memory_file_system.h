#pragma once
#include <map>
#include <string>
#include <string_view>

#include "workspace/file_system.h"

namespace quaymaster::workspace {

/// Files that exist in memory only. Relative paths start at "/". Folders exist because something stands in them.
class MemoryFileSystem final : public FileSystem {
 public:
  void add_file(std::string_view path, std::string text);
  void add_folder(std::string_view path);
  /// A link in place of a file or folder. `target` is absolute.
  void add_link(std::string_view path, std::string_view target);
  /// A pipe or a device.
  void add_other(std::string_view path);
  /// Takes away what stands at the path, and all below it.
  void remove(std::string_view path);
  /// A file or folder that is there and cannot be opened.
  void forbid(std::string_view path);

  [[nodiscard]] FileKind kind(const std::string& path) const override;
  [[nodiscard]] OrFileError<std::string> read(const std::string& path, std::uint64_t limit) const override;
  [[nodiscard]] OrFileError<std::vector<FolderEntry>> list(const std::string& path) const override;
  [[nodiscard]] std::string real_path(const std::string& path) const override;

 private:
  struct Node {
    FileKind kind = FileKind::Folder;
    std::string content;  // the text of a file, the target of a link
    bool forbidden = false;
  };
  Node& node(std::string_view path);
  [[nodiscard]] const Node* find(const std::string& path) const;

  std::map<std::string, Node> nodes_{{"/", Node{}}};  // by absolute path
};

}  // namespace quaymaster::workspace
