#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "cli/report.h"
#include "workspace/file_system.h"

namespace quaymaster::cli {

/// The findings that somebody decided to live with for now, so that only new ones count. They are known by their
/// fingerprints, with paths as seen from the folder of the baseline, so that lines may move and the working folder be
/// another.
struct Baseline {
  struct Entry {
    std::string path;
    std::string rule;  ///< with its variant, for who reads the file
  };
  std::map<std::string, Entry, std::less<>> findings;  ///< by fingerprint
};

/// What `text`, the content of a baseline file, holds. Nothing when it is no baseline.
[[nodiscard]] std::optional<Baseline> parse_baseline(std::string_view text);

/// What is known after `report` was made: its findings, and what `before` knows of files that are not in it and that
/// `files` has. `folder` is the absolute folder of the baseline file.
[[nodiscard]] Baseline updated(const Baseline& before, const Report& report, const std::string& folder,
                               const workspace::FileSystem& files);

/// The content of a baseline file: a finding a line, sorted by path and rule.
[[nodiscard]] std::string baseline_text(const Baseline& baseline);

/// How a report relates to a baseline.
struct BaselineUse {
  std::uint32_t known = 0;  ///< findings that were taken out of the report
  std::uint32_t gone = 0;   ///< findings of the baseline that are no more; of the files of the report only
};

/// Takes the findings that `baseline` knows out of `report`.
BaselineUse leave_out_known(Report& report, const Baseline& baseline, const std::string& folder);

}  // namespace quaymaster::cli
