#pragma once

namespace quaymaster::cli {

// What every command ends with.
inline constexpr int kClean = 0;
inline constexpr int kFindings = 1;     ///< `check`: findings at or above --fail-on
inline constexpr int kCouldNotRun = 2;  ///< a wrong option, or a file that could not be read or written

}  // namespace quaymaster::cli
