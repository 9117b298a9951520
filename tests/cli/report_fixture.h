#pragma once
#include <string>
#include <string_view>

#include "cli/report.h"

namespace quaymaster::tests {

/// A report about one file, whose marks are findings of the first rules of this release.
cli::Report report_of(std::string_view marked, const std::string& path = "a/Dockerfile");

/// The first finding of the first file.
Diagnostic& first(cli::Report& report);

}  // namespace quaymaster::tests
