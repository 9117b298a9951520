#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "quaymaster/language.h"
#include "workspace/configuration/path_pattern.h"

namespace quaymaster::workspace {

/// One entry of `files`: what it says about the files that any pattern matches.
struct FileRule {
  std::vector<PathPattern> patterns;
  bool exclude = false;
  /// What they are; of an `exclude`: only files of this language are left out.
  std::optional<Language> language = {};
};

/// What a configuration says about one file.
struct FileChoice {
  enum class Kind { Unsaid, Included, Excluded } kind = Kind::Unsaid;
  std::optional<Language> language = {};
};

/// The entries of one configuration file.
struct FileRules {
  std::string folder;  ///< absolute: what the patterns are relative to
  std::vector<FileRule> rules;
};

/// What all entries together say about the file at `absolute`, a later one before an earlier one. Entries that leave
/// out one language count for nothing here.
[[nodiscard]] FileChoice choose(const std::vector<FileRules>& all, std::string_view absolute);

/// Whether an entry leaves out the files of this language at `absolute`.
[[nodiscard]] bool excluded(const std::vector<FileRules>& all, std::string_view absolute, Language language);

}  // namespace quaymaster::workspace
