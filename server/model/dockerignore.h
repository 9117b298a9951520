#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "quaymaster/text.h"

namespace quaymaster {

/// The patterns of a `.dockerignore` as the builder reads them (Dockerfile reference, ".dockerignore files"), which are
/// not those of a `.gitignore`: every pattern counts from the root of the build context, `*` stops at a slash, `**`
/// stands for any number of folders. A value; immutable once made.
class Dockerignore {
 public:
  struct Pattern {
    std::string text;  ///< cleaned: without the `!`, a leading slash, "." parts and a trailing slash
    TextRange range;   ///< in the file, with the `!`
    bool negated = false;
  };

  Dockerignore() = default;
  /// Never fails: a line that is no pattern matches nothing.
  explicit Dockerignore(std::string_view text);

  [[nodiscard]] const std::vector<Pattern>& patterns() const { return patterns_; }
  [[nodiscard]] bool empty() const { return patterns_.empty(); }
  /// Whether some pattern takes files back in.
  [[nodiscard]] bool negates() const;

  /// The pattern that keeps `path` out of the build context; null when it is sent. `path` is relative to the context,
  /// without "." parts. A pattern that matches a folder above matches too; the last pattern that matches decides.
  [[nodiscard]] const Pattern* excludes(std::string_view path) const;
  /// Whether a pattern with `!` may take something below `path` back in. True in doubt.
  [[nodiscard]] bool may_readmit_below(std::string_view path) const;

 private:
  std::vector<Pattern> patterns_;
};

/// `path` as seen from the root of the context: without a leading slash, empty and "." parts, and what ".." takes away,
/// which never leads out. Empty for the context itself.
[[nodiscard]] std::string path_in_context(std::string_view path);

/// Whether all of `path` matches `pattern`: `*`, `?`, `[…]`, `\` and `**`. Takes time in proportion to the product of
/// both lengths at most.
[[nodiscard]] bool matches_dockerignore_pattern(std::string_view pattern, std::string_view path);

}  // namespace quaymaster
