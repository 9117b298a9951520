#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/report.h"
#include "cli/streams.h"
#include "cli/style.h"

namespace quaymaster::cli {

/// One way to show a report: the value of a --format, "sarif" or "sarif=findings.sarif".
struct OutputTarget {
  std::string format;
  std::string file;  ///< empty: standard output

  friend bool operator==(const OutputTarget&, const OutputTarget&) = default;
};

/// The target that `value` names. Nothing when there is no such format, or no file behind the sign.
[[nodiscard]] std::optional<OutputTarget> parse_output_target(std::string_view value);

/// How the formats that people read are to look.
struct OutputLook {
  ColourChoice colour = ColourChoice::Auto;
  bool statistics = false;
  bool to_messages = false;  ///< what would go to standard output goes where messages go
};

/// Shows the report in all ways, files first. A file is written whole or not at all. For the format of GitHub, the
/// summary of the job gets one, too. False when something could not be written; `streams.err` then says what.
[[nodiscard]] bool write_report(const Report& report, const std::vector<OutputTarget>& targets, const OutputLook& look,
                                Streams& streams);

}  // namespace quaymaster::cli
