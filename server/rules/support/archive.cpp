#include "rules/support/archive.h"

#include <algorithm>
#include <iterator>

namespace quaymaster::rules {

bool is_archive(std::string_view name) {
  constexpr std::string_view kSuffixes[] = {".tar", ".Z",    ".bz2", ".gz",  ".lz",  ".lzma", ".tZ", ".tb2",
                                            ".tbz", ".tbz2", ".tgz", ".tlz", ".tpz", ".txz",  ".xz", ".zst"};
  return std::any_of(std::begin(kSuffixes), std::end(kSuffixes),
                     [name](std::string_view suffix) { return name.ends_with(suffix); });
}

}  // namespace quaymaster::rules
