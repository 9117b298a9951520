#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "analysis/analysis_run.h"
#include "analysis/secret_places.h"
#include "analysis/yaml_analysis.h"
#include "rules/in_workspace.h"
#include "syntax/yaml_documents.h"

namespace quaymaster {
namespace {

std::vector<Finding> check_document(const compose::File& file, const AnalysisRun& run) {
  CheckRun checks(run.checks, run.settings, Language::Compose, run.source.path);
  checks.offer(*file.document);
  for (const compose::Service& service : file.services) {
    offer_container(service.container, checks);
    if (service.build)
      for (const auto& argument : service.build->arguments) checks.offer(argument);
    checks.offer(service);
  }
  checks.set_subject({}, {});
  checks.offer(file);
  return checks.take();
}

/// Never cached: other files decide, too.
std::vector<Finding> check_in_workspace(const compose::File& file, const AnalysisRun& run) {
  CheckRun checks(run.checks, run.settings, Language::Compose, run.source.path);
  const auto* around = run.surroundings<ComposeSurroundings>();
  checks.offer(rules::ComposeInWorkspace{file, around, around && run.source.surroundings->complete});
  return checks.take();
}

}  // namespace

AnalysisParts analyze_compose(const AnalysisRun& run) {
  AnalysisParts parts;
  ComposeModel model;
  AnalysisCache::State& cache = run.cache;
  for (const TextRange range : syntax::yaml_documents(run.source.text)) {
    if (run.stop_requested()) {
      parts.stopped = true;
      return parts;
    }
    const std::string text(slice(run.source.text, range));
    const auto file = cache.compose_documents.find_or_make(text, [&] {
      return std::make_shared<const compose::File>(compose::model(cache.yaml_reader.read(text), cache.scripts));
    });
    const FindingsKey key{file, nullptr, run.settings.fingerprint()};
    add_findings(parts,
                 *cache.findings.find_or_make(
                     key, [&] { return std::make_shared<const std::vector<Finding>>(check_document(*file, run)); }),
                 range.begin);
    add_findings(parts, check_in_workspace(*file, run), range.begin);
    add_document(parts, *file->document, range.begin);
    const FindingsKey secrets_key{file, nullptr};
    add_secrets(parts.secrets,
                *cache.secrets.find_or_make(
                    secrets_key, [&] { return std::make_shared<const std::vector<TextRange>>(secrets_in(*file)); }),
                range.begin);
    model.parts.push_back({range.begin, file});
  }
  parts.model = std::make_shared<const DocumentModel>(DocumentModel{std::move(model)});
  return parts;
}

}  // namespace quaymaster
