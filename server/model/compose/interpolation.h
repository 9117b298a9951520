#pragma once
#include <optional>
#include <string>
#include <vector>

#include "quaymaster/text.h"
#include "text/mapped_text.h"

namespace quaymaster::compose {

/// A use of a variable in a Compose file: `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME:?message}`, `${NAME:+other}`.
struct Variable {
  std::string name;
  TextRange range;                         ///< from the `$` to its end
  std::optional<TextRange> default_range;  ///< the text behind `:-` or `-`
  bool required = false;                   ///< `?` or `:?`
  bool optional = false;                   ///< `+` or `:+`: it may well be unset
};

/// A text after Compose's interpolation, as far as it can be known without an environment.
struct Interpolated {
  /// Defaults stand for their variables; a variable without a default stands as it is written; `$$` is `$`.
  MappedText text;
  std::vector<Variable> variables;
  bool known = true;       ///< every variable has a default
  bool malformed = false;  ///< a `$` that Compose refuses

  [[nodiscard]] bool literal() const { return variables.empty(); }
};

/// What Compose makes of the decoded scalar `text`. Ranges are where `text` maps to.
[[nodiscard]] Interpolated interpolate(const MappedText& text);

/// A scalar of a Compose file, interpolated.
struct Text {
  std::string text;     ///< see `Interpolated::text`
  TextRange range;      ///< without quotes
  bool literal = true;  ///< no variable in it
  bool known = true;    ///< every variable has a default
  bool shared = false;  ///< reached through an alias or a merge key

  friend bool operator==(const Text&, const Text&) = default;
};

}  // namespace quaymaster::compose
