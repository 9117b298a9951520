#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What survives while a line is typed: lines as they stand half-way are put between the lines of good files.
namespace quaymaster::tests {

/// Puts half-typed lines into files, and counts over all of them what of the rest keeps its kind and its place.
struct TypedLine {
  std::string line;
  std::size_t expected = 0;  ///< instructions, or key paths behind the line
  std::size_t kept = 0;
  bool excepted = false;  ///< joins or ends what follows by the rules of the format

  [[nodiscard]] double share() const {
    return expected == 0 ? 1.0 : static_cast<double>(kept) / static_cast<double>(expected);
  }
};

[[nodiscard]] std::vector<TypedLine> dockerfile_lines();
[[nodiscard]] std::vector<TypedLine> yaml_lines();

/// Puts each line before each of up to `places` instructions but the first, evenly spread, and adds to the counts.
/// Returns the number of places.
std::size_t type_into_dockerfile(std::string_view text, std::size_t places, std::vector<TypedLine>& lines);
/// The same before keys that begin a line of a YAML file that has no problems, at the depth of the key.
std::size_t type_into_yaml(std::string_view text, std::size_t places, std::vector<TypedLine>& lines);

/// The counts as a table, a line a case.
[[nodiscard]] std::string table_of(const std::vector<TypedLine>& lines);

}  // namespace quaymaster::tests
