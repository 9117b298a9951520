#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "model/kubernetes/deployed_sources.h"
#include "model/kubernetes/placeholder.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule unpinned_chart;
namespace {

using kubernetes::DeployedSource;

constexpr std::array<std::string_view, 6> kBranches{"HEAD", "main", "master", "develop", "dev", "trunk"};

/// A range of versions: `1.x`, `>=1.2`, `~1.4`, `1.2 - 1.4`, `*`.
bool is_range(std::string_view version) {
  return version.find_first_of("*^~<>=| ") != std::string_view::npos || version.ends_with(".x") ||
         version.ends_with(".X") || version.find(".x.") != std::string_view::npos;
}

bool is_fixed(const DeployedSource& source) {
  if (source.unwritten) return false;
  const std::string_view version = source.version.text;
  // `{{ x }}` is filled in by an ApplicationSet.
  if (kubernetes::has_placeholder(version)) return true;
  if (source.kind == DeployedSource::Kind::Chart) return !version.empty() && !is_range(version);
  return !version.empty() && std::ranges::find(kBranches, version) == kBranches.end();
}

void check(const kubernetes::Object& object, RuleContext& ctx) {
  for (const DeployedSource& source : kubernetes::deployed_sources_of(object)) {
    if (is_fixed(source)) continue;
    const bool chart = source.kind == DeployedSource::Kind::Chart;
    const std::string what =
        chart ? "the chart " + quoted(source.name, 30) : "the repository of " + quoted(object.name, 30);
    const std::string& version = source.version.text;
    ctx.report({.variant = chart ? "chart" : "branch",
                .range = version.empty() ? source.name_range : source.version.range,
                .message = what + (version.empty() ? " has no version" : " is taken at " + quoted(version, 20))});
  }
}

}  // namespace

constinit const Rule unpinned_chart = checked({
    .name = "unpinned-chart",
    .family = Family::BillOfMaterials,
    .title = "What is deployed is taken in whatever version is the newest.",
    .consequence =
        "The chart says `*`. On Saturday its authors release a new major version, the controller takes it within "
        "minutes, and the database comes up with settings that it does not know. Nothing was changed in the "
        "repository, "
        "so that nothing can be reverted there.",
    .fine_when = "The repository is the project's own and its branch is what is meant to be running, as it is for an "
                 "app of apps.",
    .fix = FixAvailability::None,
    .variants = {{.name = "chart",
                  .summary = "The version of a chart is a range, or is not written.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Kubernetes},
                 {.name = "branch",
                  .summary = "The revision of a repository is a branch, or is not written.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}},
                  .languages = Language::Kubernetes}},
    .references = {"https://fluxcd.io/flux/components/helm/helmreleases/#chart-template",
                   "https://argo-cd.readthedocs.io/en/stable/user-guide/tracking_strategies/"},
    .examples =
        {{"charts", "charts.yaml",
          "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: db}\nspec: {chart: {spec: "
          "{chart: "
          "postgresql, version: \"<|^15.0|>\", sourceRef: {kind: HelmRepository, name: x}}}}\n---\napiVersion: "
          "argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: db}\nspec: {source: {repoURL: "
          "\"https://charts.example.com\", chart: <|redis|>}}\n"},
         {"a branch", "apps.yaml",
          "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: shop}\nspec:\n  source: {repoURL: "
          "\"https://git.example.com/shop.git\", path: deploy, targetRevision: <|HEAD|>}\n"},
         {"versions", "apps.yaml",
          "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: shop}\nspec:\n  sources:\n"
          "    - {repoURL: \"https://git.example.com/shop.git\", path: deploy, targetRevision: v1.4.2}\n"
          "    - {repoURL: \"https://charts.example.com\", chart: redis, targetRevision: 19.1.0}\n---\napiVersion: "
          "helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: db}\nspec: {chart: {spec: {chart: "
          "./charts/db, sourceRef: {kind: GitRepository, name: shop}}}}\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
