#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/shell/source.h"
#include "quaymaster/analyzer.h"
#include "quaymaster/text.h"

/// ShellCheck, a program that users may have: what it is given, and what becomes of its answer. Running it is the work
/// of others.
namespace quaymaster::shellcheck {

/// A place in a script as ShellCheck counts: lines from 1, columns in characters from 1, a tab being one.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

/// The text of a RUN, for ShellCheck.
struct ShellText {
  std::string shell;          ///< for its option --shell: "sh", "bash", "dash" or "ksh"
  shell::Source source;       ///< absolute in the analysed text
  std::uint32_t skipped = 0;  ///< bytes of the source that are left out: its first line, when that names the shell
  /// What the script begins with, one line: it declares the variables that the Dockerfile sets and the text may use.
  std::string preamble;

  /// What ShellCheck reads.
  [[nodiscard]] std::string script() const;
  /// The place in the bytes of the source; empty for one in the preamble. What lies behind the end is the end.
  [[nodiscard]] std::optional<std::uint32_t> offset(Position position) const;
};

/// Those of a Dockerfile: each RUN in shell form, also under ONBUILD, for a shell that ShellCheck knows; the first
/// 2,000. None of other files.
[[nodiscard]] std::vector<ShellText> shell_texts(const Analysis& analysis);

}  // namespace quaymaster::shellcheck
