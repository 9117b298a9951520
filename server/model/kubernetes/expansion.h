#pragma once
#include <string_view>
#include <unordered_set>

#include "text/mapped_text.h"

namespace quaymaster::kubernetes {

/// The names that `$(NAME)` can stand for in the command of a container.
struct KnownNames {
  std::unordered_set<std::string_view> names;
  bool more = false;  ///< `envFrom` brings others, taken to be in upper case
};

struct Expanded {
  MappedText text;
  bool literal = true;
};

/// What the kubelet makes of a word of `command` or `args`: `$(NAME)` of a known name becomes the shell's `${NAME}`,
/// `$$` becomes `$`, the rest stays.
[[nodiscard]] Expanded expand(const MappedText& word, const KnownNames& known);

}  // namespace quaymaster::kubernetes
