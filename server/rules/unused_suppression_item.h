#pragma once
#include <optional>
#include <string>

#include "quaymaster/fix.h"
#include "quaymaster/text.h"

namespace quaymaster {

/// A name in a comment of our own form that silenced nothing, though everything that it names was looked for; or one
/// that names nothing, but nearly something. Ranges are absolute.
struct UnusedSuppressionItem {
  std::string name;     ///< as written
  TextRange range;      ///< of the name
  Edit removal;         ///< takes the name away, or the whole comment when it is the only one
  std::string nearest;  ///< of a name that means nothing, the nearest that does; empty for a name that means something
};

}  // namespace quaymaster
