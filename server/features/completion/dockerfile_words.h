#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// The words of Dockerfiles that completion offers, and what there is to say about them (Dockerfile reference).
namespace quaymaster {

struct DockerfileInstruction {
  std::string_view name;
  std::string_view rest;   ///< what follows it, as a snippet of LSP 3.17
  std::string_view about;  ///< a sentence or two
};
/// In the order in which they are offered. MAINTAINER is not among them: it is out of date.
[[nodiscard]] std::span<const DockerfileInstruction> dockerfile_instructions();

struct DockerfileFlag {
  std::string_view instruction;
  std::string_view name;  ///< without dashes
  std::string_view about;
  bool takes_value = true;
  bool repeats = false;          ///< may be there several times
  std::string_view values = {};  ///< the values that there are, or common ones, with blanks between them
};
[[nodiscard]] std::span<const DockerfileFlag> dockerfile_flags();

/// A field of `RUN --mount`.
struct MountFieldWord {
  std::string_view types;  ///< of the mounts that have it, with blanks around each
  std::string_view name;
  std::string_view about;
  bool takes_value = true;
  std::string_view values = {};
};
[[nodiscard]] std::span<const MountFieldWord> mount_field_words();

struct DirectiveWord {
  std::string_view name;
  std::string_view about;
  std::string_view values;
};
[[nodiscard]] std::span<const DirectiveWord> directive_words();

/// The documentation of "RUN", "RUN --mount", "mount type", "# syntax".
[[nodiscard]] std::string dockerfile_documentation(std::string_view word);

}  // namespace quaymaster
