#include "analysis/yaml_analysis.h"

#include <utility>

#include "analysis/suppression/yaml_suppressions.h"

namespace quaymaster {
void add_document(AnalysisParts& parts, const yaml::Document& document, std::uint32_t begin) {
  using Kind = yaml::Problem::Kind;
  for (const yaml::Problem& problem : document.problems())
    if (problem.kind != Kind::DuplicateKey) ++parts.syntax_errors;
  for (Suppression& found : suppression::find_in_document(document, begin))
    parts.suppressions.push_back(std::move(found));
}

void offer_container(const container::Container& container, CheckRun& checks) {
  checks.set_subject(container.name, container.name_range);
  if (container.image) checks.offer(*container.image);
  for (const auto& start : container.start) checks.offer(start);
  for (const auto& entry : container.environment) checks.offer(entry);
  if (container.user) checks.offer(*container.user);
  for (const auto& mount : container.mounts) checks.offer(mount);
  for (const auto& port : container.ports) checks.offer(port);
  for (const auto& check : container.health) checks.offer(check);
  checks.offer(container);
}

}  // namespace quaymaster
