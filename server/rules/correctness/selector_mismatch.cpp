#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/placeholder.h"
#include "model/kubernetes/selected.h"
#include "model/kubernetes/workload.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule selector_mismatch;
namespace {

using kubernetes::Labels;
using kubernetes::SelectorAt;

constexpr std::array<std::string_view, 4> kNeedsSelector{"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"};

std::vector<std::string_view> aliases_for(const kubernetes::Object& object) {
  std::vector<std::string_view> aliases{"kube-linter:mismatching-selector", "kubescape:C-0296"};
  if (object.kind == "Deployment")
    aliases.push_back("kube-score:deployment-pod-selector-labels-match-template-metadata-labels");
  if (object.kind == "StatefulSet")
    aliases.push_back("kube-score:statefulset-pod-selector-labels-match-template-metadata-labels");
  return aliases;
}

/// The labels that the pods would need, and have not.
Labels lacking(const SelectorAt& at, const Labels& labels) {
  Labels result;
  for (const auto& wanted : at.selector.match_labels)
    if (std::ranges::find(labels, wanted) == labels.end()) result.push_back(wanted);
  return result;
}

std::optional<Edit> label_edit(const yaml::Value& pod_template, const Labels::value_type& label) {
  const yaml::Value present = pod_template.get({"metadata", "labels"}).get(label.first);
  if (present.is_scalar()) return yaml::replace_scalar(present, label.second);
  return yaml::insert(pod_template.place(), {"metadata", "labels", label.first}, yaml::NewValue::string(label.second));
}

/// One label at a time: two insertions into a mapping that is to be created exclude each other.
std::vector<Fix> labelled(const yaml::Value& pod_template, const Labels& labels) {
  if (labels.size() != 1 || pod_template.shared()) return {};
  std::optional<Edit> edit = label_edit(pod_template, labels.front());
  if (!edit) return {};
  return {{"Give the pods the label " + quoted(labels.front().first),
           Applicability::Unsafe,
           {*std::move(edit)},
           "The selector may be what is wrong, and others may select the pods by the label that they have."}};
}

std::string message_for(const Labels& missing, const Labels& labels) {
  if (missing.empty()) return "the selector does not select the pods of its own template";
  const auto& [key, value] = missing.front();
  const auto other = std::ranges::find(labels, key, &Labels::value_type::first);
  if (other == labels.end()) return "the pods of the template have no label " + quoted(key, 40);
  return "the pods have " + quoted(key + ": " + other->second, 28) + ", selected is " + quoted(value, 24);
}

/// Where the label stands that nothing has, or the selector itself.
TextRange place_of(const SelectorAt& at, const Labels& missing) {
  if (!missing.empty())
    if (const yaml::Value value = at.labels.get(missing.front().first); value.is_scalar()) return value.content_range();
  return at.key_range;
}

void check(const kubernetes::Object& object, RuleContext& ctx) {
  const yaml::Value pod_template = kubernetes::pod_template_of(object);
  if (!pod_template.is_mapping() || object.kind == "Pod") return;
  const std::optional<SelectorAt> at = kubernetes::selector_of(object);
  if (!at) {
    if (object.api_version == "apps/v1" && std::ranges::find(kNeedsSelector, object.kind) != kNeedsSelector.end())
      ctx.report({.variant = "absent",
                  .range = object.name_range,
                  .message = object.kind + " " + quoted(object.name, 30) + " has no selector",
                  .aliases = {{"kube-linter:mismatching-selector"}}});
    return;
  }
  const Labels labels = kubernetes::labels_of(pod_template.get({"metadata", "labels"}));
  const bool known = std::ranges::none_of(
      labels, [](const auto& label) { return kubernetes::has_placeholder(label.first + label.second); });
  if (at->selector.unknown || !known || kubernetes::selects(at->selector, labels)) return;
  const Labels missing = lacking(*at, labels);
  // A fragment that is laid over another object need not have the labels.
  ctx.report({.variant = labels.empty() ? "unlabelled" : "different",
              .range = place_of(*at, missing),
              .message = message_for(missing, labels),
              .fixes = labelled(pod_template, missing),
              .aliases = aliases_for(object)});
}

constexpr StaticList<Alias, 24> kAliases{
    {Language::Kubernetes, "kube-linter:mismatching-selector"},
    {Language::Kubernetes, "kube-score:deployment-pod-selector-labels-match-template-metadata-labels"},
    {Language::Kubernetes, "kube-score:statefulset-pod-selector-labels-match-template-metadata-labels"},
    {Language::Kubernetes, "kubescape:C-0296"}};

}  // namespace

constinit const Rule selector_mismatch = checked({
    .name = "selector-mismatch",
    .family = Family::Correctness,
    .title = "A workload does not select the pods that its own template makes.",
    .consequence =
        "`kubectl apply` stops with `selector does not match template labels`: the label was renamed in the template "
        "and forgotten in the selector, and the release that was tested yesterday does not go out.",
    .fine_when = "The file is a fragment that is laid over an object with the other half.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "different",
                  .summary = "The labels of the pods are other ones than those of the selector.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .aliases = kAliases,
                  .languages = Language::Kubernetes},
                 {.name = "unlabelled",
                  .summary = "The template gives its pods no labels at all.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Strict, Severity::Error}},
                  .aliases = kAliases,
                  .languages = Language::Kubernetes},
                 {.name = "absent",
                  .summary = "There is no selector, which `apps/v1` demands.",
                  .severity = Severity::Information,
                  .aliases = {{Language::Kubernetes, "kube-linter:mismatching-selector"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector",
                   "https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors"},
    .examples =
        {{"a value that differs", "web.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector:\n    matchLabels:\n"
          "      app: <|web|>\n  template:\n    metadata:\n      labels:\n        app: website # public\n    spec:\n"
          "      containers:\n        - name: web\n          image: shop/web:1.4.2\n",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector:\n    matchLabels:\n"
          "      app: web\n  template:\n    metadata:\n      labels:\n        app: web # public\n    spec:\n"
          "      containers:\n        - name: web\n          image: shop/web:1.4.2\n"},
         {"a label that the pods do not have", "db.yaml",
          "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec:\n  serviceName: db\n"
          "  selector: {matchLabels: {app: db, tier: <|data|>}}\n  template:\n    metadata: {labels: {app: db}}\n"
          "    spec: {containers: [{name: db, image: \"postgres:17.2\"}]}\n",
          "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec:\n  serviceName: db\n"
          "  selector: {matchLabels: {app: db, tier: data}}\n  template:\n    metadata: {labels: {app: db, tier: "
          "data}}\n"
          "    spec: {containers: [{name: db, image: \"postgres:17.2\"}]}\n"},
         {"pods without labels", "web.yaml",
          "apiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: agent\nspec:\n  selector:\n    matchLabels:\n"
          "      app: <|agent|>\n  template:\n    spec:\n      containers:\n        - name: agent\n"
          "          image: shop/agent:1.4.2\n",
          "apiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: agent\nspec:\n  selector:\n    matchLabels:\n"
          "      app: agent\n  template:\n    metadata:\n      labels:\n        app: agent\n    spec:\n"
          "      containers:\n        - name: agent\n          image: shop/agent:1.4.2\n"},
         {"an expression", "web.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  <|selector|>:\n"
          "    matchExpressions:\n      - {key: tier, operator: NotIn, values: [frontend]}\n  template:\n    "
          "metadata:\n"
          "      labels:\n        tier: frontend\n    spec:\n      containers:\n        - name: web\n"
          "          image: shop/web:1.4.2\n"},
         {"no selector", "web.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: <|web|>\nspec:\n  template:\n    metadata:\n"
          "      labels: {app: web}\n    spec:\n      containers:\n        - name: web\n          image: "
          "shop/web:1.4.2\n"},
         {"all is well", "web.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector:\n    matchLabels: {app: "
          "web}\n    matchExpressions: [{key: tier, operator: Exists}]\n  template:\n    metadata:\n      labels: "
          "{app: "
          "web, tier: front, extra: \"1\"}\n    spec:\n      containers:\n        - name: web\n          image: "
          "shop/web:1.4.2\n"},
         {"a placeholder", "web.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector:\n    matchLabels: {app: "
          "\"${NAME}\"}\n  template:\n    metadata:\n      labels: {app: web}\n    spec:\n      containers:\n"
          "        - name: web\n          image: shop/web:1.4.2\n"},
         {"a Job has its selector made for it", "job.yaml",
          "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: import\nspec:\n  template:\n    spec:\n      "
          "containers:\n"
          "        - name: import\n          image: shop/import:1.4.2\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
