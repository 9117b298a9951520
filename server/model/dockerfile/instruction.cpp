#include "model/dockerfile/instruction.h"

#include <algorithm>

#include "text/ascii.h"

namespace quaymaster::dockerfile {

const Flag* Statement::flag(std::string_view name) const {
  const auto found = std::ranges::find(flags, name, &Flag::name);
  return found == flags.end() ? nullptr : &*found;
}

bool Healthcheck::none() const { return type && equals_ignoring_case(type->string(), "none"); }

}  // namespace quaymaster::dockerfile
