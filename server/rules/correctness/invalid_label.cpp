#include <string>
#include <string_view>

#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/names.h"
#include "model/kubernetes/written_labels.h"
#include "model/schema/placeholder.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "text/ascii.h"

namespace quaymaster::rules {
extern const Rule invalid_label;
namespace {

constexpr std::size_t kLongestText = 24;
constexpr std::size_t kLongestLabel = 63;

/// What is wrong with a name: it is too long, or has the wrong characters.
std::string what_is_wrong(std::string_view name) {
  if (name.size() > kLongestLabel) return " is longer than 63 characters";
  return " needs letters, digits, `-`, `_` and `.`, no others at the ends";
}

void check_key(const yaml::Entry& entry, std::string_view key, RuleContext& ctx) {
  if (key.empty() || schema::is_placeholder(key) || kubernetes::is_label_key(key)) return;
  ctx.report({.variant = "key",
              .range = entry.key_range,
              .message = "the key " + quoted(key, kLongestText) + what_is_wrong(key.substr(key.find('/') + 1))});
}

void check_value(const yaml::Entry& entry, RuleContext& ctx) {
  const std::string_view value = entry.value.string().value_or("");
  if (schema::is_placeholder(value) || kubernetes::is_label_value(value)) return;
  ctx.report({.variant = "value",
              .range = entry.value.content_range(),
              .message = "the value of " + quoted(entry.key, kLongestText) + what_is_wrong(value)});
}

void check_object(const kubernetes::Object& object, RuleContext& ctx) {
  for (const yaml::Value& labels : kubernetes::label_mappings_of(object))
    for (const yaml::Entry& entry : labels.entries()) {
      check_key(entry, entry.key, ctx);
      check_value(entry, ctx);
    }
  for (const yaml::Value& annotations : kubernetes::annotation_mappings_of(object))
    for (const yaml::Entry& entry : annotations.entries()) check_key(entry, ascii_lower(entry.key), ctx);
}

}  // namespace

constinit const Rule invalid_label = checked({
    .name = "invalid-label",
    .family = Family::Correctness,
    .title = "A label or an annotation is spelt as the API does not take it.",
    .consequence =
        "`kubectl apply` says `a valid label must be an empty string or consist of alphanumeric characters`: the "
        "pipeline wrote the branch `feature/login` into a label, and only the branches with a `/` cannot be deployed.",
    .fine_when = "Another tool replaces the text before the API sees it.",
    .fix = FixAvailability::None,
    .variants = {{.name = "key",
                  .summary = "The key is too long or has characters that it may not have.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .aliases = {{Language::Kubernetes, "kube-score:label-values"}},
                  .languages = Language::Kubernetes},
                 {.name = "value",
                  .summary = "The value of a label is too long or has characters that it may not have.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .aliases = {{Language::Kubernetes, "kube-score:label-values"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/"
                   "#syntax-and-character-set"},
    .examples =
        {{"a value", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels:\n    branch: <|feature/login|>\n"
          "    team: \"<|web team|>\"\n    stage: <|-test|>\n"},
         {"a key", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels:\n    <|the team|>: web\n    "
          "<|Example.com/team|>: "
          "web\n  annotations:\n    <|note/of/web|>: any text is fine here\n"},
         {"too long", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels:\n    version: "
          "<|a0123456789012345678901234567890123456789012345678901234567890123|>\n"},
         {"in a template and a selector", "deployment.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector:\n    matchLabels: {app: "
          "<|a/b|>}\n  template:\n    metadata:\n      labels: {app: <|a/b|>}\n"},
         {"what is taken, and what is filled in", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels:\n    app.kubernetes.io/name: web_1.2-a\n    "
          "empty: \"\"\n    none:\n    version: ${VERSION}/x\n    stage: \"{{ stage }}\"\n  annotations:\n"
          "    Example.com/Note: \"any: text!\"\n"},
         {"inside of a custom resource", "thing.yaml",
          "apiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: web\nspec:\n  selector:\n    matchLabels: {app: "
          "a/b}\n"}},
    .checks = {on(check_object)},
});

}  // namespace quaymaster::rules
