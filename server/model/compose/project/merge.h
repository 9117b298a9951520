#pragma once
#include "model/compose/project/value.h"

namespace quaymaster::compose::project {

/// The file `later` on top of `earlier`, both normalised (compose-spec, 13-merge).
[[nodiscard]] Value merge_files(Value earlier, Value later);
/// The same for a service.
[[nodiscard]] Value merge_services(Value earlier, Value later);
/// Takes the tags `!reset` and `!override` off: what is reset is gone. Not of the value itself.
void apply_tags(Value& value);

}  // namespace quaymaster::compose::project
