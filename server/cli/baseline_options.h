#pragma once
#include <string>

#include "cli/command.h"
#include "cli/report.h"

namespace quaymaster::cli {

/// The options of `check` about findings that are known and lived with.
struct BaselineOptions {
  std::string file;
  bool update = false;
};

void add_baseline_options(CLI::App& command, BaselineOptions& options);

/// Takes the findings that the baseline knows out of the report, after writing the baseline anew if that was asked for.
/// False when the file could not be read or written; `streams.err` then says why.
[[nodiscard]] bool use_baseline(const BaselineOptions& options, Report& report, Streams& streams);

}  // namespace quaymaster::cli
