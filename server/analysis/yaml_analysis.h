#pragma once
#include <cstdint>

#include "analysis/analysis_run.h"
#include "model/container/container.h"
#include "model/yaml/document.h"

/// What Compose files and manifests have in common.
namespace quaymaster {

/// Adds the document's syntax errors, and the suppressions in its comments, to `parts`. `begin` is where the document
/// begins in the text.
void add_document(AnalysisParts& parts, const yaml::Document& document, std::uint32_t begin);

/// Offers a container and all its parts to the checks. It is their subject.
void offer_container(const container::Container& container, CheckRun& checks);

}  // namespace quaymaster
