#pragma once
#include <string>
#include <variant>
#include <vector>

#include "analysis/shellcheck/findings.h"
#include "analysis/shellcheck/shell_texts.h"

namespace quaymaster::cli {

/// The program that `name` stands for: itself when it has a '/', else the first of that name in `search_path` (PATH).
/// Empty when there is none.
[[nodiscard]] std::string find_program(const std::string& name, const std::string& search_path);

/// What ShellCheck says about the texts, or why it says nothing.
using ShellCheckAnswer = std::variant<std::vector<shellcheck::Comment>, std::string>;

/// Runs `program`, ShellCheck, once for each shell that there are texts of. The texts are in files of a folder that
/// only this user can read, for as long as it runs; nothing else is given to it, and no configuration of its own is
/// read. May be called by several threads at once.
[[nodiscard]] ShellCheckAnswer run_shellcheck(const std::string& program,
                                              const std::vector<shellcheck::ShellText>& texts);

}  // namespace quaymaster::cli
