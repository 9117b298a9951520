#pragma once
#include <array>
#include <cstddef>
#include <iosfwd>
#include <map>
#include <string>
#include <string_view>

namespace quaymaster::cli {

/// The variables that commands ask for.
inline constexpr std::array<std::string_view, 9> kEnvironment{"QUAYMASTER_CONFIG",  "QUAYMASTER_PRESET",
                                                              "QUAYMASTER_SELECT",  "QUAYMASTER_EXTEND_SELECT",
                                                              "QUAYMASTER_IGNORE",  "HOME",
                                                              "XDG_CONFIG_HOME",    "PATH",
                                                              "GITHUB_STEP_SUMMARY"};

/// What a command reads and writes. Nothing goes to `out` but what was asked for; messages go to `err`.
struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  bool colour_allowed = true;                           ///< false: the user's environment says no (NO_COLOR, TERM=dumb)
  std::size_t columns = 120;                            ///< how wide the terminal is
  std::map<std::string, std::string> environment = {};  ///< the variables of kEnvironment that are set
};

}  // namespace quaymaster::cli
