#pragma once
#include <string>

#include "cli/report.h"

namespace quaymaster::cli {

/// The report as Markdown for the summary of a job ($GITHUB_STEP_SUMMARY): the findings by family, and the worst of
/// them, at most 500.
[[nodiscard]] std::string github_summary(const Report& report);

}  // namespace quaymaster::cli
