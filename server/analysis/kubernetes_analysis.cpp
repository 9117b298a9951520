#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "analysis/analysis_run.h"
#include "analysis/secret_places.h"
#include "analysis/suppression/yaml_suppressions.h"
#include "analysis/yaml_analysis.h"
#include "model/kubernetes/fragment.h"
#include "rules/in_workspace.h"
#include "syntax/yaml_documents.h"

namespace quaymaster {
namespace {

std::vector<Finding> check_document(const kubernetes::Manifest& manifest, const AnalysisRun& run) {
  CheckRun checks(run.checks, run.settings, Language::Kubernetes, run.source.path);
  checks.offer(*manifest.document);
  for (const kubernetes::Object& object : manifest.objects) {
    checks.set_subject(object.name, object.name_range);
    checks.offer(object);
  }
  for (const kubernetes::Workload& workload : manifest.workloads) {
    for (const kubernetes::PodContainer& container : workload.containers) offer_container(container.container, checks);
    checks.set_subject(workload.object.name, workload.object.name_range);
    checks.offer(workload);
  }
  return checks.take();
}

}  // namespace

AnalysisParts analyze_kubernetes(const AnalysisRun& run) {
  AnalysisParts parts;
  AnalysisCache::State& cache = run.cache;
  const auto* around = run.surroundings<KubernetesSurroundings>();
  const bool patches = kubernetes::is_patch_path(run.source.path) || (around && around->is_patch);
  kubernetes::File file;
  for (const TextRange range : syntax::yaml_documents(run.source.text)) {
    if (run.stop_requested()) {
      parts.stopped = true;
      return parts;
    }
    const std::string text(slice(run.source.text, range));
    const auto manifest = cache.kubernetes_documents.find_or_make((patches ? "patches:" : "objects:") + text, [&] {
      return std::make_shared<const kubernetes::Manifest>(
          kubernetes::model(cache.yaml_reader.read(text), cache.scripts, patches));
    });
    const FindingsKey key{manifest, nullptr, run.settings.fingerprint()};
    add_findings(parts,
                 *cache.findings.find_or_make(
                     key, [&] { return std::make_shared<const std::vector<Finding>>(check_document(*manifest, run)); }),
                 range.begin);
    add_document(parts, *manifest->document, range.begin);
    for (Suppression& found : suppression::find_in_annotations(*manifest, range.begin))
      parts.suppressions.push_back(std::move(found));
    const FindingsKey secrets_key{manifest, nullptr};
    add_secrets(parts.secrets,
                *cache.secrets.find_or_make(
                    secrets_key, [&] { return std::make_shared<const std::vector<TextRange>>(secrets_in(*manifest)); }),
                range.begin);
    file.parts.push_back({range.begin, manifest});
  }
  CheckRun checks(run.checks, run.settings, Language::Kubernetes, run.source.path);
  checks.offer(file);
  const bool complete = around && run.source.surroundings->complete;
  const rules::ObjectSet objects(file, around, complete);
  checks.offer(rules::KubernetesInWorkspace{file, objects, around, complete});
  add_findings(parts, checks.take(), 0);
  parts.model = std::make_shared<const DocumentModel>(DocumentModel{std::move(file)});
  return parts;
}

}  // namespace quaymaster
