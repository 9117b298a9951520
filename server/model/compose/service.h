#pragma once
#include "model/compose/compose.h"
#include "model/shell/script_parser.h"
#include "model/yaml/value.h"

namespace quaymaster::compose {

/// The service of one entry of `services`.
[[nodiscard]] Service read_service(const yaml::Entry& entry, shell::ScriptParser& scripts);

}  // namespace quaymaster::compose
