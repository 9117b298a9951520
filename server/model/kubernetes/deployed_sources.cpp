#include "model/kubernetes/deployed_sources.h"

#include <optional>
#include <string_view>
#include <utility>

namespace quaymaster::kubernetes {
namespace {

void add(std::vector<DeployedSource>& sources, DeployedSource::Kind kind, const yaml::Value& name,
         const yaml::Value& version) {
  Word word = word_of(name);
  if (word.text.empty()) return;
  sources.push_back(
      {kind, std::move(word.text), word.range, word_of(version), !version.present() || version.is_null()});
}

void add_application(std::vector<DeployedSource>& sources, const yaml::Value& source) {
  const yaml::Value chart = source.get("chart");
  if (chart.is_scalar())
    add(sources, DeployedSource::Kind::Chart, chart, source.get("targetRevision"));
  else
    add(sources, DeployedSource::Kind::Repository, source.get("repoURL"), source.get("targetRevision"));
}

}  // namespace

std::vector<DeployedSource> deployed_sources_of(const Object& object) {
  std::vector<DeployedSource> sources;
  const yaml::Value spec = object.value.get("spec");
  if (object.kind == "HelmRelease" && object.api_version.starts_with("helm.toolkit.fluxcd.io/")) {
    const yaml::Value chart = spec.get({"chart", "spec"});
    if (chart.get({"sourceRef", "kind"}).string() == "HelmRepository")
      add(sources, DeployedSource::Kind::Chart, chart.get("chart"), chart.get("version"));
  } else if (object.kind == "Application" && object.api_version.starts_with("argoproj.io/")) {
    add_application(sources, spec.get("source"));
    for (const yaml::Element& item : spec.get("sources").items()) add_application(sources, item.value);
  }
  return sources;
}

}  // namespace quaymaster::kubernetes
