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

/// The program of a word without its folder.
[[nodiscard]] std::string_view program_name(const shell::Word& word);

}  // namespace quaymaster::rules
