#pragma once
#include <optional>
#include <string>
#include <utility>

#include "cli/report.h"
#include "workspace/configuration/configurations.h"

namespace quaymaster::cli {

/// Adds to the analyses of Dockerfiles what ShellCheck finds in their shell texts, where somebody asked for that.
/// Immutable; may be used by several threads at once.
class ShellChecker {
 public:
  /// `program` is asked about all files; empty: about those whose configuration names one, and that one. Names without
  /// a '/' are looked for in `search_path`.
  ShellChecker(std::string program, std::string search_path)
      : program_(std::move(program)), search_path_(std::move(search_path)) {}

  /// Why the file's shell texts could not be looked at; empty when they were, or when nobody asked.
  [[nodiscard]] std::optional<std::string> look_at(CheckedFile& file,
                                                   const workspace::Configuration& configuration) const;

 private:
  std::string program_;
  std::string search_path_;
};

}  // namespace quaymaster::cli
