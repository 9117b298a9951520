#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quaymaster::workspace {

/// The patterns of one `.gitignore` (gitignore(5)): negation, anchoring, `**`, folders only, character classes.
/// A value; immutable once made.
class IgnoreFile {
 public:
  IgnoreFile() = default;
  /// Never fails: a line that is no pattern matches nothing.
  explicit IgnoreFile(std::string_view text);

  [[nodiscard]] bool empty() const { return patterns_.empty(); }

  /// What the file says about `path`, which is relative to its folder: ignored, not ignored (a negated pattern), or
  /// nothing. The last pattern that matches decides. What stands in an ignored folder is for the caller to leave out.
  [[nodiscard]] std::optional<bool> ignored(std::string_view path, bool is_folder) const;

 private:
  struct Pattern {
    std::vector<std::string> parts;  // between slashes; "**" stands for any number of folders
    bool negated = false;
    bool folders_only = false;
    bool anchored = false;  // counts from the folder of the file; else the last part of a path has to match
  };
  static std::optional<Pattern> parse(std::string_view line);
  static bool matches(const Pattern& pattern, const std::vector<std::string_view>& path);

  std::vector<Pattern> patterns_;
};

/// Whether one name between slashes matches one part of a pattern: `*`, `?`, `[…]` and `\` (glob(7), with the named
/// classes of POSIX). Takes time in proportion to the product of both lengths at most.
[[nodiscard]] bool matches_part(std::string_view pattern, std::string_view name);

}  // namespace quaymaster::workspace
