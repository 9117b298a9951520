#pragma once
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// Variables of Compose: what `${NAME}` stands for, and files that define it.
namespace quaymaster::compose::project {

using Environment = std::map<std::string, std::string, std::less<>>;

/// A text with its variables filled in.
struct Substituted {
  std::string text;
  std::vector<std::string> unset = {};    ///< names without a value and without a default: they are empty
  std::vector<std::string> refused = {};  ///< names that are required (`?`, `:?`) and have no value
  bool malformed = false;                 ///< a `$` that Compose refuses; it stays as it is written
};

/// Fills in `$NAME`, `${NAME}`, `:-`, `-`, `:?`, `?`, `:+`, `+`, also inside of each other, and `$$` (compose-spec,
/// 12-interpolation).
[[nodiscard]] Substituted substitute(std::string_view text, const Environment& environment);

/// What the text of a `.env` file defines, by Compose's rules: comments, `export`, quotes, text over several lines,
/// variables in values (looked up in `outer`, then in what stands before). A name alone is taken from `outer`. What
/// cannot be read is left out.
[[nodiscard]] Environment read_dotenv(std::string_view text, const Environment& outer = {});

}  // namespace quaymaster::compose::project
