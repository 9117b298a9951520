#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "model/shell/script.h"

namespace quaymaster::shell {

/// How the words of a command divide into what merely starts it and the command proper.
struct Unwrapping {
  /// Half-open ranges of words, one a wrapper, outermost first.
  struct Part {
    std::size_t begin;
    std::size_t end;
  };
  std::vector<Part> wrappers;
  std::vector<std::size_t> assignments;  ///< the operands of env and sudo that are NAME=value
  std::size_t program = 0;               ///< the first word of the command proper
  bool shell_text = false;               ///< `program` is no program, but a text that the last wrapper runs as a script
};

/// Never takes off so much that no word is left: `env`, `sudo -s` and `command -v x` are themselves the command.
[[nodiscard]] Unwrapping unwrap(std::span<const Word> words);

/// Whether the command is a shell that reads its script from the standard input: `sh`, `bash -e`, `sh -s -- x`.
[[nodiscard]] bool reads_script(std::span<const Word> words);

/// The command of `find … -exec COMMAND ;`, if `words` begin with find. Several give several.
[[nodiscard]] std::vector<Unwrapping::Part> executed_by_find(std::span<const Word> words);

}  // namespace quaymaster::shell
