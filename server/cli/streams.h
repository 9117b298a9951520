#pragma once
#include <cstddef>
#include <iosfwd>

namespace quaymaster::cli {

/// What a command reads and writes. Nothing goes to `out` but what was asked for; messages go to `err`.
struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  bool colour_allowed = true;  ///< false: the user's environment says no (NO_COLOR, TERM=dumb)
  std::size_t columns = 120;   ///< how wide the terminal is
};

}  // namespace quaymaster::cli
