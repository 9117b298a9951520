#pragma once
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "cli/report.h"
#include "quaymaster/analyzer.h"
#include "workspace/configuration/configurations.h"
#include "workspace/file_system.h"

namespace quaymaster::cli {

/// What to do with which files.
struct CheckRequest {
  std::vector<std::string> paths;    ///< files and folders; "-" alone is standard input
  std::string stdin_filename;        ///< the path that standard input is shown and judged by; empty: "-"
  std::optional<Language> language;  ///< of files that are named and of standard input; others have to be of it
  std::optional<Applicability> fix;  ///< apply the fixes that are at least as trusted
  bool write = false;                ///< write what the fixes give; else only `Report::diff` tells
  std::string shellcheck;            ///< the program to ask about shell texts; empty: what the configuration says
  std::string search_path;           ///< where programs are looked for: PATH
  unsigned jobs = 1;
};

/// Called now and then with how many of how many files are done.
using Progress = std::function<void(std::size_t done, std::size_t all)>;

/// Analyses what `request` names, `jobs` files at once. The result does not depend on their number.
/// What is wrong with configuration files is reported behind all other files. The paths select what is reported; what
/// is known of a file from others comes from all of the repository that the first path lies in.
[[nodiscard]] Report check_files(const Analyzer& analyzer, workspace::Configurations& configurations,
                                 const CheckRequest& request, const workspace::FileSystem& files, std::istream& in,
                                 const Progress& progress);

}  // namespace quaymaster::cli
