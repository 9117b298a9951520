#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/container/container.h"
#include "model/kubernetes/kubernetes.h"
#include "rules/rule_context.h"

namespace quaymaster::rules {
extern const Rule frozen_registry;
namespace {

constexpr std::string_view kFrozen = "k8s.gcr.io";
constexpr std::string_view kCurrent = "registry.k8s.io";

void report(const container::ImageUse& image, bool named_by_peers, RuleContext& ctx) {
  if (image.reference.registry != kFrozen || image.built) return;
  // With a variable in front the registry stands in another place.
  const bool written = image.literal && image.name_range.size() > kFrozen.size();
  TextRange range = image.name_range;
  std::vector<Fix> fixes;
  if (written) {
    range.end = range.begin + static_cast<std::uint32_t>(kFrozen.size());
    if (!image.shared)
      fixes.push_back(
          {"Take it from registry.k8s.io", Applicability::Safe, {Edit::replacement(range, std::string(kCurrent))}});
  }
  Report report{.range = range,
                .message = "`k8s.gcr.io` gets no images since April 2023: they are at `registry.k8s.io`",
                .fixes = std::move(fixes)};
  if (!named_by_peers) report.aliases = std::vector<std::string_view>();
  ctx.report(std::move(report));
}

void check_image(const container::ImageUse& image, RuleContext& ctx) {
  if (ctx.language() != Language::Kubernetes) report(image, false, ctx);
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  const bool of_cluster = workload.object.namespace_name == "kube-system";
  for (const kubernetes::PodContainer& container : workload.containers)
    if (container.container.image) report(*container.container.image, of_cluster, ctx);
}

}  // namespace

constinit const Rule frozen_registry = checked({
    .name = "frozen-registry",
    .family = Family::BillOfMaterials,
    .title = "The image comes from a registry that gets no new images.",
    .consequence =
        "The component is updated for a hole that is in the news, and its new version is not found: `k8s.gcr.io` was "
        "frozen in April 2023. What is still there is answered by a redirection that its owners may end any day, and "
        "then no new node of the cluster starts.",
    .fine_when = "Never: `registry.k8s.io` has the same images under the same names.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Kubernetes, "kubescape:C-0253"}}}},
    .references = {"https://kubernetes.io/blog/2023/03/10/image-registry-redirect/"},
    .examples =
        {{"a pod", "pod.yaml",
          "apiVersion: v1\n"
          "kind: Pod\nmetadata:\n  name: metrics\n  namespace: kube-system\nspec:\n  containers:\n    - name: metrics\n"
          "      image: \"<|k8s.gcr.io|>/metrics-server/metrics-server:v0.6.2\"  # pinned\n",
          "apiVersion: v1\nkind: Pod\n"
          "metadata:\n  name: metrics\n  namespace: kube-system\nspec:\n  containers:\n    - name: metrics\n"
          "      image: \"registry.k8s.io/metrics-server/metrics-server:v0.6.2\"  # pinned\n"},
         {"a stage", "Dockerfile", "FROM <|k8s.gcr.io|>/pause:3.6\n", "FROM registry.k8s.io/pause:3.6\n"},
         {"where they are now, and what is called like it", "compose.yaml",
          "services:\n"
          "  a:\n    image: registry.k8s.io/pause:3.6\n  b:\n    image: mirror.example.org/k8s.gcr.io/pause:3.6\n"}},
    .checks = {on(check_image), on(check_workload)},
});

}  // namespace quaymaster::rules
