#include "model/container/container.h"

#include <algorithm>

namespace quaymaster::container {
namespace {

const StartCommand* with_role(const std::vector<StartCommand>& commands, StartCommand::Role role) {
  const auto found = std::ranges::find(commands, role, &StartCommand::role);
  return found == commands.end() ? nullptr : &*found;
}

}  // namespace

const StartCommand* Container::entrypoint() const { return with_role(start, StartCommand::Role::Entrypoint); }

const StartCommand* Container::command() const { return with_role(start, StartCommand::Role::Command); }

}  // namespace quaymaster::container
