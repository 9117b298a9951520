#pragma once
#include <string>
#include <vector>

#include "model/dockerfile/scope.h"
#include "quaymaster/text.h"
#include "text/mapped_text.h"

namespace quaymaster::dockerfile {

/// `$NAME` or `${NAME…}` in a word.
struct VariableUse {
  std::string name;
  TextRange range;           ///< in the file, with the dollar and the braces
  bool has_default = false;  ///< `:-`, `-`, `:+` or `+`: being undefined is provided for
};

/// A word after quote removal and variable expansion.
struct Expansion {
  MappedText text;         ///< a variable's value is mapped to the text of the variable
  bool known = true;       ///< false: a variable has a value that only the build knows; `${NAME}` stands in `text`
  bool literal = true;     ///< no variable and no escape: apart from quotes the bytes stand in the file as they are
  bool malformed = false;  ///< a quote or brace that does not close, or a form that the builder refuses
  std::vector<VariableUse> uses;

  [[nodiscard]] const std::string& value() const { return text.bytes(); }
};

/// Expands `word` as the builder does for one string (Dockerfile reference, "Environment replacement"): quotes and
/// escapes removed; undefined variables become empty; `${x:-w}`, `${x:+w}`, `${x:?w}` and their forms without colon,
/// `${x#p}`, `${x%p}` and `${x/p/r}` are understood (the last three leave the value unknown when they apply).
[[nodiscard]] Expansion expand(const MappedText& word, const Scope* scope, char escape);

}  // namespace quaymaster::dockerfile
