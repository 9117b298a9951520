#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "cli/report.h"

namespace quaymaster::cli {

/// The findings that somebody decided to live with for now, so that only new ones count. They are known by their
/// fingerprints, with paths as seen from the folder of the baseline, so that lines may move and the working folder be
/// another.
struct Baseline {
  std::map<std::string, std::string, std::less<>> findings;  ///< fingerprint → path
};

/// What `text`, the content of a baseline file, holds. Nothing when it is no baseline.
[[nodiscard]] std::optional<Baseline> parse_baseline(std::string_view text);

/// The content of a baseline file with the findings of `report`, one a line, sorted by path and rule. `folder` is the
/// absolute folder of the file.
[[nodiscard]] std::string baseline_text(const Report& report, const std::string& folder);

/// How a report relates to a baseline.
struct BaselineUse {
  std::uint32_t known = 0;  ///< findings that were taken out of the report
  std::uint32_t gone = 0;   ///< findings of the baseline that are no more; of the files of the report only
};

/// Takes the findings that `baseline` knows out of `report`.
BaselineUse leave_out_known(Report& report, const Baseline& baseline, const std::string& folder);

}  // namespace quaymaster::cli
