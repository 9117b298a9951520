#pragma once
#include "model/compose/compose.h"
#include "model/compose/extension.h"
#include "model/shell/script_parser.h"
#include "model/yaml/value.h"

namespace quaymaster::compose {

/// The service of one entry of `services`, which with what it extends is `extended`.
[[nodiscard]] Service read_service(const yaml::Entry& entry, const ExtendedService& extended,
                                   shell::ScriptParser& scripts);

}  // namespace quaymaster::compose
