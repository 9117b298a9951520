#pragma once
#include "model/compose/project/value.h"

/// Short syntax whose parts have to be taken out of a text. Each takes a service.
namespace quaymaster::compose::project {

/// `ports`: one mapping a port; ranges that belong together are taken apart.
void expand_ports(Value& service);
/// `volumes` and `devices`.
void expand_volumes(Value& service);
/// `command` and `entrypoint` become lists of words, `healthcheck.test` a list with its form.
void expand_commands(Value& service);

}  // namespace quaymaster::compose::project
