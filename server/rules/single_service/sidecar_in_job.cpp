#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/yaml/edit.h"
#include "model/yaml/text_lines.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/sidecars.h"
#include "text/one_of.h"

namespace quaymaster::rules {
extern const Rule sidecar_in_job;
namespace {

/// Helpers that run until they are stopped. Others, such as a synchroniser that is told to run once, may end.
bool runs_on(const container::Container& container) {
  constexpr std::string_view kEnding[] = {"git-sync", "k8s-sidecar"};
  const std::string_view image = container.image ? container.image->reference.base_name() : std::string_view();
  return is_sidecar(container) && !one_of(kEnding, container.name) && !one_of(kEnding, image);
}

constexpr std::string_view kCaveat =
    "It then starts before the others and is stopped when they are done, from Kubernetes 1.29 on.";

/// Moves the item to `initContainers`, which the pod must not have yet. Not in flow style, nor past a comment.
std::optional<Fix> as_sidecar(const kubernetes::PodContainer& container, const kubernetes::Workload& workload) {
  const std::optional<yaml::Entry> list = workload.pod_spec.entry("containers");
  if (!list || list->shared || list->value.shared() || workload.pod_spec.get("initContainers")) return std::nullopt;
  const yaml::Document& document = *workload.pod_spec.document();
  const std::string_view text = document.text();
  for (const yaml::Element& item : list->value.items()) {
    if (item.value.node() != container.value.node()) continue;
    const std::uint32_t item_line = yaml::line_begin(text, item.range.begin);
    const std::uint32_t list_line = yaml::line_begin(text, list->key_range.begin);
    const std::string_view written = slice(text, item.range);
    std::optional<Edit> deletion = yaml::remove_at(document, item.range);
    const bool block = written.starts_with('-') && item.range.begin > list_line;
    if (!deletion || !block || item_line == list_line || container.value.get("restartPolicy")) return std::nullopt;
    if (slice(text, deletion->range).find_first_of("#\r") != std::string_view::npos) return std::nullopt;
    const std::string margin(slice(text, {item_line, item.range.begin}));
    const std::string key_margin(slice(text, {list_line, list->key_range.begin}));
    if ((margin + key_margin).find_first_not_of(' ') != std::string::npos) return std::nullopt;
    const std::string inner(margin.size() + (container.value.range().begin - item.range.begin), ' ');
    std::string moved = key_margin + "initContainers:\n" + margin + std::string(written);
    if (!moved.ends_with('\n')) moved += '\n';
    moved += inner + "restartPolicy: Always\n";
    return Fix{"Start it as a sidecar",
               Applicability::Unsafe,
               {Edit::insertion(list_line, std::move(moved)), *std::move(deletion)},
               std::string(kCaveat)};
  }
  return std::nullopt;
}

std::vector<Fix> fixes_for(const kubernetes::PodContainer& container, const kubernetes::Workload& workload) {
  if (std::optional<Fix> fix = as_sidecar(container, workload)) return {*std::move(fix)};
  return {{"Start it as a sidecar",
           Applicability::DisplayOnly,
           {},
           "Its place is below `initContainers`, with `restartPolicy: Always`. " + std::string(kCaveat)}};
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  const bool job = workload.object.kind == "Job" || workload.object.kind == "CronJob";
  if (!job || workload.partial || workload.custom) return;
  std::size_t others = 0;
  for (const kubernetes::PodContainer& container : workload.containers)
    if (container.container.kind == container::Container::Kind::PodContainer && !runs_on(container.container)) ++others;
  if (others == 0) return;
  for (const kubernetes::PodContainer& container : workload.containers) {
    if (container.ephemeral || container.container.kind != container::Container::Kind::PodContainer) continue;
    // What has a command of its own may be a shell that ends it.
    if (!runs_on(container.container) || container.container.entrypoint() != nullptr) continue;
    ctx.report({.range = container.container.name_range,
                .message = "the job is never done, because " + quoted(container.container.name, 28) + " never ends",
                .fixes = fixes_for(container, workload)});
  }
}

}  // namespace

constinit const Rule sidecar_in_job = checked({
    .name = "sidecar-in-job",
    .family = Family::SingleService,
    .title = "A helper that never ends runs beside the container of a job.",
    .consequence =
        "The report is written in two minutes, and the job runs on for days: the proxy beside it waits for more. The "
        "next run of the CronJob does not start, because `Forbid` says to wait for this one.",
    .fine_when = "The program tells its helper to end when it is done.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#sidecar-example"},
    .examples =
        {{"a proxy beside a job", "job.yaml",
          "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: report\nspec:\n  template:\n    spec:\n"
          "      restartPolicy: Never\n      containers:\n        - name: <|cloud-sql-proxy|>\n"
          "          image: gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.14.1\n          args:\n"
          "            - --port=5432\n        - name: report\n          image: shop/report:1.4.2  # new\n",
          "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: report\nspec:\n  template:\n    spec:\n"
          "      restartPolicy: Never\n      initContainers:\n        - name: cloud-sql-proxy\n"
          "          image: gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.14.1\n          args:\n"
          "            - --port=5432\n          restartPolicy: Always\n      containers:\n        - name: report\n"
          "          image: shop/report:1.4.2  # new\n"},
         {"in brackets it stays", "job.yaml",
          "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: report\nspec:\n  template:\n    spec:\n"
          "      restartPolicy: Never\n"
          "      containers: [{name: report, image: \"shop/report:1.4.2\"}, {name: <|envoy|>, image: "
          "\"envoyproxy/envoy:v1.32.1\"}]\n"},
         {"a sidecar, and a shell that ends it", "job.yaml",
          "apiVersion: batch/v1\n"
          "kind: Job\nmetadata:\n  name: report\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n"
          "      initContainers:\n        - name: envoy\n          image: envoyproxy/envoy:v1.32.1\n"
          "          restartPolicy: Always\n      containers:\n        - name: report\n          image: "
          "shop/report:1.4.2\n        - name: fluent-bit\n          image: fluent/fluent-bit:3.2.2\n"
          "          command: [sh, -c, \"fluent-bit & until test -f /done; do sleep 1; done\"]\n"},
         {"a service", "deployment.yaml",
          "apiVersion: apps/v1\n"
          "kind: Deployment\nmetadata:\n  name: web\nspec:\n  selector: {matchLabels: {app: web}}\n  template:\n"
          "    metadata: {labels: {app: web}}\n    spec:\n      containers:\n        - name: web\n"
          "          image: shop/web:1.4.2\n        - name: envoy\n          image: envoyproxy/envoy:v1.32.1\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
