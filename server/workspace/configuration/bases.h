#pragma once
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "workspace/configuration/own_file.h"
#include "workspace/file_system.h"

namespace quaymaster::workspace {

/// Follows `extends`. A base is read wherever it is, since somebody named it, but only when it is a regular file with
/// the name of YAML.
class BaseReader {
 public:
  BaseReader(const FileSystem& files, const RuleSet& rules, std::function<std::string(const std::string&)> shown)
      : files_(files), rules_(rules), shown_(std::move(shown)) {}

  struct Result {
    std::vector<Layer> layers;  ///< bases first, then the file itself; with their origins
    std::vector<FileRule> files;
    std::optional<std::string> shellcheck;  ///< what the last one says that says anything
    std::vector<std::string> sources;       ///< as they are shown, bases first
    std::vector<Diagnostic> diagnostics;    ///< of the file itself; a base that is wrong is noted where it is named
  };
  /// `path` is absolute and holds `text`.
  [[nodiscard]] Result read(const std::string& path, std::string_view text);

 private:
  /// Adds the bases of the file, then the file; what is wrong with its `extends`.
  std::vector<Diagnostic> add(const std::string& path, OwnFile file, Result& result);
  /// Why the base cannot be used; empty when it can, and was.
  [[nodiscard]] std::string add_base(const std::string& from, const OwnFile::Base& base, Result& result);

  const FileSystem& files_;
  const RuleSet& rules_;
  std::function<std::string(const std::string&)> shown_;
  std::vector<std::string> open_;  // the files that extend one another, outermost first
  std::size_t read_ = 0;
};

/// The text of a configuration file; an error for what is no text.
[[nodiscard]] OrFileError<std::string> read_configuration_text(const FileSystem& files, const std::string& path);

}  // namespace quaymaster::workspace
