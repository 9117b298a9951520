#pragma once
#include <string_view>

#include "workspace/ignore_file.h"

namespace quaymaster::workspace {

/// A pattern for paths, with the meaning of a line of `.gitignore`: `*.docker` anywhere, `deploy/**/*.yaml` from the
/// folder of the configuration file on, `vendor/` with all that is below it.
class PathPattern {
 public:
  explicit PathPattern(std::string_view pattern);

  /// Whether it means the file `path`, which is relative to the folder of the configuration file, or a folder above.
  [[nodiscard]] bool matches(std::string_view path) const;

 private:
  IgnoreFile rule_;
};

}  // namespace quaymaster::workspace
