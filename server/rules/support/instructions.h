#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/dockerfile/file.h"

/// What rules ask of the instructions of a Dockerfile, and how they edit them.
namespace quaymaster::rules {

/// A stage, or what stands before the first FROM.
struct Section {
  std::size_t first = 0;  ///< in `File::instructions`
  std::size_t end = 0;
  std::optional<std::size_t> stage;  ///< in `File::stages`; empty before the first FROM
  /// The section of the stage that its FROM names, which comes before it in the list.
  std::optional<std::size_t> parent;
};

/// All of the file, in order: first what stands before the first FROM, which may be nothing.
[[nodiscard]] std::vector<Section> sections(const dockerfile::File& file);

/// The instruction with its line end: what goes when it is deleted. Absolute.
[[nodiscard]] TextRange whole_lines(const dockerfile::Placed& placed);

/// A flag with the blanks on one side of it: what goes when it is deleted. `next` is the beginning of the word that
/// follows the last flag.
[[nodiscard]] TextRange flag_and_gap(const dockerfile::Statement& statement, const dockerfile::Flag& flag,
                                     std::uint32_t next);

/// Whether the word stands in the file as it is, so that a part of its bytes is the same part of its range.
[[nodiscard]] bool verbatim(const dockerfile::Word& word);

/// A word without one pair of quotes around it; nothing is decoded.
[[nodiscard]] std::string_view without_quotes(std::string_view word);

/// Whether a path begins at the root: `/…`, `\…`, `C:…`.
[[nodiscard]] bool is_absolute_path(std::string_view path);

/// The word's value when it can be told from the file alone: every variable in it has a value there.
[[nodiscard]] std::optional<std::string> known_value(const dockerfile::Word& word, const dockerfile::Context& context);

/// "FROM" or "from", like the keyword `like`.
[[nodiscard]] std::string in_case_of(std::string_view like, std::string_view keyword);

}  // namespace quaymaster::rules
