#pragma once
#include <string_view>
#include <vector>

#include "quaymaster/text.h"

/// Secrets that show by their looks: wherever such text stands, in whatever file, it is a secret.
namespace quaymaster::container {

/// A secret in a text.
struct Token {
  TextRange range;        ///< all of it
  TextRange mark;         ///< what to point at: the first line of a private key, else all of it
  std::string_view kind;  ///< for messages, without article: "GitHub token", "private key", "password"
  std::string_view host;  ///< of a password in a URL: what the URL leads to; a part of the text
  /// It is a word that stands for a password (`changeme`), leads to a host that is an example, or to the container
  /// itself with the user's name for a password: in a setting it is what will be used, elsewhere it is probably meant
  /// to be read by people, or opens what lives for a moment.
  bool stand_in = false;
};

/// The secrets in `text`, in order and disjoint: private keys (PEM), tokens of services that mark theirs so that leaks
/// can be found, JSON Web Tokens, passwords in URLs. Not variables, patterns, samples that documentations print, and
/// text that is plainly to be filled in (`xxxx`, `<token>`). Linear in the text; finds nothing in bytes that are no
/// text.
[[nodiscard]] std::vector<Token> find_tokens(std::string_view text);

/// Text that is to be filled in, or no value: `<password>`, `[token]`, `xxxx`, `****`, `{{ password }}`, `true`,
/// `none`.
[[nodiscard]] bool is_placeholder(std::string_view value);

}  // namespace quaymaster::container
