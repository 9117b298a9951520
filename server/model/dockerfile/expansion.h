#pragma once
#include <cstdint>
#include <optional>
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

/// Why the builder refuses to expand a word.
struct ExpansionError {
  enum class Kind : std::uint8_t {
    OpenQuote,
    OpenBrace,
    EmptyName,  ///< `${}`, `${:-x}`
    Modifier,   ///< one that the builder does not know: `${x^^}`, `${x:=y}`, `${x:0:3}`
    OpenSlash,  ///< `${x/a}`
    Pattern,    ///< an escape that patterns do not have: `${x#\a}`
    Required,   ///< `${x:?}` of a variable that is not set
    TooDeep,    ///< nested deeper than is read here
  };
  Kind kind = Kind::OpenQuote;
  TextRange range;   ///< in the file: the quote, the variable from its dollar on
  std::string name;  ///< of the variable; empty when there is none
};

/// A word after quote removal and variable expansion.
struct Expansion {
  MappedText text;         ///< a variable's value is mapped to the text of the variable
  bool known = true;       ///< false: a variable has a value that only the build knows; `${NAME}` stands in `text`
  bool literal = true;     ///< no variable and no escape: apart from quotes the bytes stand in the file as they are
  bool malformed = false;  ///< a quote or brace that does not close, or a form that the builder refuses
  std::optional<ExpansionError> error;  ///< of what is malformed, or required; the first one
  std::vector<VariableUse> uses;

  [[nodiscard]] const std::string& value() const { return text.bytes(); }
};

/// Expands `word` as the builder does for one string (Dockerfile reference, "Environment replacement"): quotes and
/// escapes removed; undefined variables become empty; `${x:-w}`, `${x:+w}`, `${x:?w}` and their forms without colon,
/// `${x#p}`, `${x##p}`, `${x%p}`, `${x%%p}`, `${x/p/r}` and `${x//p/r}` are understood.
[[nodiscard]] Expansion expand(const MappedText& word, const Scope* scope, char escape);

/// Expands the body of a heredoc of COPY or ADD: quotes are text there, and the escape character is always '\\'.
[[nodiscard]] Expansion expand_body(const MappedText& body, const Scope* scope);

}  // namespace quaymaster::dockerfile
