#include "rules/support/object_name.h"

#include "rules/support/message.h"

namespace quaymaster::rules {

std::string name_of(const kubernetes::Object& object, std::size_t longest) {
  if (!object.name.empty()) return quoted(object.name, longest);
  return "the " + (object.kind.empty() ? std::string("object") : object.kind);
}

}  // namespace quaymaster::rules
