#pragma once
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "quaymaster/text.h"

/// Variables of Compose: what `${NAME}` stands for, and files that define it.
namespace quaymaster::compose::project {

using Environment = std::map<std::string, std::string, std::less<>>;

/// A text with its variables filled in.
struct Substituted {
  std::string text;
  std::vector<std::string> unset = {};    ///< names without a value and without a default: they are empty
  std::vector<std::string> refused = {};  ///< names that are required (`?`, `:?`) and have no value
  bool malformed = false;                 ///< a `$` that Compose refuses; it stays as it is written
  bool too_long = false;                  ///< the text would be longer than it may be, and is cut off
};

/// No value of a variable is longer.
inline constexpr std::size_t kLongestValue = std::size_t{1} << 16U;

/// Fills in `$NAME`, `${NAME}`, `:-`, `-`, `:?`, `?`, `:+`, `+`, also inside of each other, and `$$` (compose-spec,
/// 12-interpolation). At most `longest` bytes.
[[nodiscard]] Substituted substitute(std::string_view text, const Environment& environment,
                                     std::size_t longest = std::size_t{1} << 20U);

/// A line of a `.env` file that gives a variable its value.
struct DotenvEntry {
  std::string name;
  std::string value;
  TextRange range;  ///< of the name
};

/// What the text of a `.env` file defines, line by line, by Compose's rules: comments, `export`, quotes, text over
/// several lines, variables in values (looked up in `outer`, then in what stands before). A name alone is taken from
/// `outer`. What cannot be read is left out, and so is a value of more than kLongestValue, or of more than 4 MiB with
/// those before it. Of a name that comes twice the last one counts.
[[nodiscard]] std::vector<DotenvEntry> read_dotenv_entries(std::string_view text, const Environment& outer = {});

/// The same as a whole.
[[nodiscard]] Environment read_dotenv(std::string_view text, const Environment& outer = {});

}  // namespace quaymaster::compose::project
