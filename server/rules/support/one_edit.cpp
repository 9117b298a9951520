#include "rules/support/one_edit.h"

#include <algorithm>
#include <cstddef>

#include "text/ascii.h"

namespace quaymaster::rules {

bool one_edit_apart(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t front = 0;
  while (front < a.size() && equals_ignoring_case(a.substr(front, 1), b.substr(front, 1))) ++front;
  a.remove_prefix(front);
  b.remove_prefix(front);
  std::size_t back = 0;
  while (back < a.size() && equals_ignoring_case(a.substr(a.size() - back - 1, 1), b.substr(b.size() - back - 1, 1)))
    ++back;
  a.remove_suffix(back);
  b.remove_suffix(back);
  if (b.size() == 1) return true;
  return a.size() == 2 && b.size() == 2 && equals_ignoring_case(a.substr(0, 1), b.substr(1, 1)) &&
         equals_ignoring_case(a.substr(1, 1), b.substr(0, 1));
}

}  // namespace quaymaster::rules
