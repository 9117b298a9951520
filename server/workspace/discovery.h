#pragma once
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "workspace/file_system.h"

namespace quaymaster::workspace {

/// A file worth reading, and how it was come by.
struct FoundFile {
  std::string path;    ///< as given, or the given folder and the way down from there
  bool named = false;  ///< given itself, so that it is read whatever its name and up to kNamedFileLimit

  friend bool operator==(const FoundFile&, const FoundFile&) = default;
};

struct PathMessage {
  std::string path;
  std::string message;

  friend bool operator==(const PathMessage&, const PathMessage&) = default;
};

struct Discovery {
  std::vector<FoundFile> files;  ///< in the order of the given paths, each folder in the order of bytes; no file twice
  std::vector<PathMessage> errors;  ///< what was asked for and cannot be had
  std::vector<PathMessage> notes;   ///< what was left alone and might be missed
};

/// The files that `paths` stand for: regular files by name, folders with what is below them and has the name of a
/// container file. `.git` and what `.gitignore` files say is left out, also the ones above a folder up to the root of
/// its repository. Symbolic links count when they are given, and are not followed below a folder, so that there are no
/// loops: what they lead to is found where it is, or is none of our business.
/// `also` may bring in more files below folders than those that have the name of a container file.
[[nodiscard]] Discovery discover(const FileSystem& files, std::span<const std::string> paths,
                                 const std::function<bool(const std::string& path)>& also = {});

/// Whether `discover` leaves out the file or folder at `path`, which is absolute and normalized, for its place in
/// `.git` or for what a `.gitignore` above it says, of it or of a folder that it is in.
[[nodiscard]] bool is_left_out(const FileSystem& files, const std::string& path);

}  // namespace quaymaster::workspace
