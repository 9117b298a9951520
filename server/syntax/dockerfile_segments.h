#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "quaymaster/text.h"

namespace quaymaster::syntax {

/// A piece of a Dockerfile that no construct crosses.
struct DockerfileSegment {
  enum class Kind : std::uint8_t {
    Directives,   ///< the parser directives at the top, each a line
    Instruction,  ///< one logical instruction with its continuations and heredoc bodies, and its line end
    Trivia,       ///< comment lines and empty lines between instructions
  };
  Kind kind = Kind::Trivia;
  TextRange range;
};

/// A parser directive: `# escape=\``.
struct Directive {
  TextRange name_range;
  TextRange value_range;
};

struct DockerfileSegments {
  std::vector<DockerfileSegment> segments;  ///< in order; together they are the whole text
  std::vector<Directive> directives;        ///< in order, duplicates included
  char escape = '\\';                       ///< what the escape directive says, or '\'
};

/// Cuts a Dockerfile into segments. Takes any text. A byte order mark belongs to the first segment.
[[nodiscard]] DockerfileSegments dockerfile_segments(std::string_view text);

}  // namespace quaymaster::syntax
