#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "model/container/container.h"
#include "model/shell/script.h"

/// What a container does first.
namespace quaymaster::rules {

/// The start commands that run when `container` starts: its entrypoint, and its command unless an entrypoint in shell
/// form ignores that. Hooks are not among them.
[[nodiscard]] std::vector<const container::StartCommand*> start_texts(const container::Container& container);

/// The words of `command` from the program that does the work: an init process (tini, dumb-init), a change of user
/// (gosu, su-exec) or an entrypoint script in front of it is taken off. Never empty; valid as long as the command.
[[nodiscard]] std::span<const shell::Word> working_words(const shell::Command& command);

/// The commands of `script` that are no part of another one, as those of a `$(…)` or of `find -exec` are.
[[nodiscard]] std::vector<const shell::Command*> own_commands(const shell::Script& script);

/// Whether `program` is known to come to an end by itself, and to leave nothing running: a tool that prepares, waits or
/// asks.
[[nodiscard]] bool ends_by_itself(std::string_view program);

/// The program of a word without its folder.
[[nodiscard]] std::string_view program_name(const shell::Word& word);

}  // namespace quaymaster::rules
