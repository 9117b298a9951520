#pragma once
#include <string>
#include <vector>

#include "analysis/document_model.h"
#include "features/symbols/symbols.h"
#include "quaymaster/analyzer.h"

/// The outline of each format.
namespace quaymaster {

[[nodiscard]] std::vector<DocumentSymbol> dockerfile_outline(const Analysis& analysis, const DockerfileModel& model);
[[nodiscard]] std::vector<DocumentSymbol> compose_outline(const Analysis& analysis, const ComposeModel& model);
[[nodiscard]] std::vector<DocumentSymbol> kubernetes_outline(const Analysis& analysis, const kubernetes::File& file);

/// The part `range` of the text in one line: runs of white space as one blank, secrets masked, cut where it gets long.
[[nodiscard]] std::string one_line(const Analysis& analysis, TextRange range);

}  // namespace quaymaster
