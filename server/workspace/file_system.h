#pragma once
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace quaymaster::workspace {

/// What a path leads to.
enum class FileKind : std::uint8_t {
  Missing,
  Regular,
  Folder,
  Link,   ///< a symbolic link; only in the listing of a folder, everything else follows links
  Other,  ///< a pipe, a socket, a device
};

struct FolderEntry {
  std::string name;
  FileKind kind = FileKind::Regular;

  friend bool operator==(const FolderEntry&, const FolderEntry&) = default;
};

/// Why something could not be had.
struct FileError {
  enum class Kind : std::uint8_t { Missing, NotRegular, TooLarge, Failed };
  Kind kind = Kind::Failed;
  std::string message;  ///< for people: "is larger than 1 MiB"; without the path

  friend bool operator==(const FileError&, const FileError&) = default;
};

template <class T>
using OrFileError = std::variant<T, FileError>;

/// The files that a caller lets the pure layers see. Paths are bytes, '/' separates; a relative one starts where the
/// implementation says. Symbolic links are followed. Thread-compatible: const calls may run at once.
class FileSystem {
 public:
  FileSystem() = default;
  FileSystem(const FileSystem&) = delete;
  FileSystem& operator=(const FileSystem&) = delete;
  virtual ~FileSystem() = default;

  [[nodiscard]] virtual FileKind kind(const std::string& path) const = 0;
  /// The bytes of a regular file that has at most `limit` of them. Never waits: nothing else is opened.
  [[nodiscard]] virtual OrFileError<std::string> read(const std::string& path, std::uint64_t limit) const = 0;
  /// What stands in a folder, without "." and "..", in any order.
  [[nodiscard]] virtual OrFileError<std::vector<FolderEntry>> list(const std::string& path) const = 0;
  /// The absolute path of what `path` leads to, free of links, "." and ".."; empty when there is nothing.
  [[nodiscard]] virtual std::string real_path(const std::string& path) const = 0;
};

/// What is read when nobody asked for the very file, and when somebody did.
inline constexpr std::uint64_t kFoundFileLimit = std::uint64_t{1} << 20;
inline constexpr std::uint64_t kNamedFileLimit = std::uint64_t{16} << 20;

/// The error for a file of more than `limit` bytes, a number of mebibytes.
[[nodiscard]] FileError too_large(std::uint64_t limit);

}  // namespace quaymaster::workspace
