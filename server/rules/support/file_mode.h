#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/shell/script.h"

/// The permissions of files, as `chmod` takes them (POSIX, "chmod").
namespace quaymaster::rules {

/// What a mode grants, going by its text: `777`, `u+s,o-w`.
struct FileMode {
  bool others_write = false;  ///< everybody may write, and the sticky bit does not limit it
  bool setuid = false;        ///< the file runs as its owner
  /// A number that grants the same but for writing by others, and by the group where it had the rights of all. Empty
  /// when the mode is no number, or there is nothing to take away.
  std::string without_writing = {};
};
[[nodiscard]] std::optional<FileMode> file_mode(std::string_view text);

/// A command that sets permissions: chmod, or install and mkdir with `-m`.
struct ModeChange {
  const shell::Word* mode = nullptr;  ///< the mode, or the option that holds it; never null
  std::string text;                   ///< the mode alone
  bool recursive = false;
  std::vector<const shell::Word*> paths;
};
[[nodiscard]] std::optional<ModeChange> mode_change(const shell::Command& command);

}  // namespace quaymaster::rules
