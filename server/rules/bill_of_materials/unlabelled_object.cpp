#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/object_name.h"
#include "text/one_of.h"

namespace quaymaster::rules {
extern const Rule unlabelled_object;
namespace {

using kubernetes::Object;

constexpr Option<StringList> kLabels{"labels", {}, "Labels that each object has to have."};
constexpr Option<StringList> kAnnotations{"annotations", {}, "Annotations that each object has to have."};

constexpr std::array<std::string_view, 9> kRunning{"Deployment",  "DaemonSet", "DeploymentConfig",
                                                   "ReplicaSet",  "Pod",       "ReplicationController",
                                                   "StatefulSet", "Job",       "CronJob"};
/// What people call things by who have no rules for it.
constexpr std::array<std::string_view, 6> kUsual{"app", "tier", "phase", "version", "owner", "env"};
/// What Kubernetes recommends.
constexpr std::array<std::string_view, 7> kCommon{"app.kubernetes.io/name",      "app.kubernetes.io/instance",
                                                  "app.kubernetes.io/version",   "app.kubernetes.io/component",
                                                  "app.kubernetes.io/part-of",   "app.kubernetes.io/managed-by",
                                                  "app.kubernetes.io/created-by"};

bool is_placeholder(std::string_view text) { return text.find_first_of("${") != std::string_view::npos; }

template <class Names>
bool has_one_of(const yaml::Value& labels, const Names& names) {
  return std::ranges::any_of(names, [&](std::string_view name) { return labels.get(name).is_scalar(); });
}

/// The labels of the pods that the object makes; absent for what makes none, and for a pod, whose own they are.
yaml::Value pod_labels_of(const Object& object) {
  const yaml::Value job = object.value.get({"spec", "jobTemplate"});
  const yaml::Value maker = job.present() ? job : object.value;
  return maker.get({"spec", "template", "metadata", "labels"});
}

void report(std::string_view variant, const Object& object, std::string_view rest, RuleContext& ctx) {
  ctx.report({.variant = variant, .range = object.name_range, .message = name_of(object) + std::string(rest)});
}

/// The first of `keys` that is missing in the mapping `where`, and how many are.
struct Missing {
  std::string first;
  std::size_t count = 0;
};

void find_missing(const Object& object, std::string_view where, const StringList& keys, Missing& missing) {
  const yaml::Value mapping = object.value.get({"metadata", where});
  if (mapping.is_scalar()) return;
  for (const std::string& key : keys)
    if (!mapping.get(key).is_scalar() && missing.count++ == 0)
      missing.first = (where == "labels" ? "label " : "annotation ") + quoted(key, 28);
}

void check_demanded(const Object& object, RuleContext& ctx) {
  Missing missing;
  find_missing(object, "labels", ctx.get(kLabels), missing);
  find_missing(object, "annotations", ctx.get(kAnnotations), missing);
  if (missing.count == 0) return;
  const std::string others = missing.count > 1 ? ", nor " + std::to_string(missing.count - 1) + " others" : "";
  report("demanded", object, " has no " + missing.first + others, ctx);
}

/// An address of somebody, or a placeholder for one.
bool names_somebody(const yaml::Value& email) {
  const std::string_view text = email.string().value_or("");
  return text.find('@') != std::string_view::npos || is_placeholder(text);
}

void check_customs(const Object& object, RuleContext& ctx) {
  const yaml::Value labels = object.value.get({"metadata", "labels"});
  if (labels.is_scalar()) return;
  const yaml::Value pod_labels = object.kind == "Pod" ? labels : pod_labels_of(object);
  if (!labels.get("owner").is_scalar()) report("no-owner", object, " has no label `owner`", ctx);
  if (!names_somebody(object.value.get({"metadata", "annotations", "email"})))
    report("no-contact", object, " has no annotation `email` that names somebody to write to", ctx);
  if (!has_one_of(labels, kUsual) || !has_one_of(pod_labels, kUsual))
    report("no-usual-label", object, " or its pods have none of the labels `app`, `owner`, `env` …", ctx);
  if (!has_one_of(labels, kCommon) || !has_one_of(pod_labels, kCommon))
    report("no-common-label", object, " or its pods have no label of `app.kubernetes.io`", ctx);
  const yaml::Value instance = labels.get("app.kubernetes.io/instance");
  if (instance.string() != object.name && !is_placeholder(instance.string().value_or("")))
    ctx.report({.variant = "other-instance",
                .range = instance.is_scalar() ? instance.content_range() : object.name_range,
                .message = "the label `app.kubernetes.io/instance` is not the name " + quoted(object.name, 28)});
}

void check_object(const Object& object, RuleContext& ctx) {
  check_demanded(object, ctx);
  if (one_of(kRunning, object.kind)) check_customs(object, ctx);
}

}  // namespace

constinit const Rule unlabelled_object = checked({
    .name = "unlabelled-object",
    .family = Family::BillOfMaterials,
    .title = "An object does not say what it belongs to, or to whom.",
    .consequence =
        "A Deployment uses half of the cluster. Its name is `worker`, it has no labels but the one it is selected by, "
        "and seven teams have a worker. Somebody scales it down to see who complains.",
    .fine_when = "A tool adds the labels when it applies the file (`commonLabels` of Kustomize, the labels of Helm), "
                 "or the team "
                 "has agreed on others: say which under `labels` and `annotations`.",
    .options = {kLabels, kAnnotations},
    .variants = {{.name = "demanded",
                  .summary = "A label or annotation is missing that the configuration demands.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Kubernetes},
                 {.name = "no-owner",
                  .summary = "What runs pods has no label `owner`.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-linter:required-label-owner"}},
                  .languages = Language::Kubernetes},
                 {.name = "no-contact",
                  .summary = "What runs pods has no annotation `email` with an address.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-linter:required-annotation-email"}},
                  .languages = Language::Kubernetes},
                 {.name = "no-usual-label",
                  .summary = "What runs pods has none of the usual labels, such as `app`.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kubescape:C-0076"}},
                  .languages = Language::Kubernetes},
                 {.name = "no-common-label",
                  .summary = "What runs pods has none of the labels that Kubernetes recommends.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kubescape:C-0077"}},
                  .languages = Language::Kubernetes},
                 {.name = "other-instance",
                  .summary = "The label `app.kubernetes.io/instance` is missing, or is not the object's name.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "polaris:metadataAndInstanceMismatched"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/"},
    .examples =
        {{.title = "labels that are demanded",
          .path = "config.yaml",
          .before = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: <|shop|>\n  labels: {team: web}\n",
          .options = "labels: [team, stage]\nannotations: [contact]"},
         {.title = "labels and annotations that are there",
          .path = "config.yaml",
          .before = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n  labels: {team: web}\n"
                    "  annotations: {contact: web@shop.example}\n",
          .options = "labels: [team]\nannotations: [contact]"},
         {"nothing is said", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: <|<|<|<|<|shop|>|>|>|>|>}\nspec:\n"
          "  containers: [{name: web, image: \"shop:1.4.2\"}]\n"},
         {"the labels of the pods count, and the name", "deployment.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: <|<|shop|>|>\n"
          "  labels: {owner: web, app.kubernetes.io/instance: <|test|>}\n"
          "  annotations: {email: web@shop.example}\nspec:\n"
          "  selector: {matchLabels: {a: b}}\n  template:\n    metadata: {labels: {a: b}}\n    spec:\n"
          "      containers: [{name: web, image: \"shop:1.4.2\"}]\n"},
         {"all is said", "deployment.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop\n"
          "  labels: {owner: web, app.kubernetes.io/instance: shop}\n  annotations: {email: \"${CONTACT}\"}\nspec:\n"
          "  selector: {matchLabels: {app: shop}}\n  template:\n"
          "    metadata: {labels: {app: shop, app.kubernetes.io/name: shop}}\n    spec:\n"
          "      containers: [{name: web, image: \"shop:1.4.2\"}]\n"}},
    .checks = {on(check_object)},
});

}  // namespace quaymaster::rules
