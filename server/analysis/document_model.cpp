#include "analysis/document_model.h"

#include <algorithm>
#include <cstddef>
#include <unordered_set>
#include <utility>

namespace quaymaster {

DockerfileModel::DockerfileModel(dockerfile::File of, syntax::DockerfileSegments cut)
    : file(std::move(of)), segments(std::move(cut)) {}

DockerfileModel::~DockerfileModel() {
  // Every scope is held here, an outer one before its inner ones, while the contexts go; then each goes alone.
  std::vector<dockerfile::ScopePtr> scopes;
  std::unordered_set<const dockerfile::Scope*> seen;
  for (auto placed = file.instructions.rbegin(); placed != file.instructions.rend(); ++placed) {
    if (!placed->context) continue;
    const auto chain = static_cast<std::ptrdiff_t>(scopes.size());
    for (dockerfile::ScopePtr scope = placed->context->scope; scope && seen.insert(scope.get()).second;
         scope = scope->outer)
      scopes.push_back(scope);
    std::reverse(scopes.begin() + chain, scopes.end());
  }
  file.instructions.clear();
  while (!scopes.empty()) scopes.pop_back();
}

std::vector<PlacedDocument> yaml_documents_of(const DocumentModel& model) {
  std::vector<PlacedDocument> documents;
  if (const auto* compose = model.as<ComposeModel>())
    for (const ComposeModel::Part& part : compose->parts) documents.push_back({part.begin, part.file->document.get()});
  if (const auto* kubernetes = model.as<kubernetes::File>())
    for (const kubernetes::File::Part& part : kubernetes->parts)
      documents.push_back({part.begin, part.manifest->document.get()});
  return documents;
}

}  // namespace quaymaster
