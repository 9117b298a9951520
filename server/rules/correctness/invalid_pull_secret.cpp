#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/removal.h"

namespace quaymaster::rules {
extern const Rule invalid_pull_secret;
namespace {

std::vector<Fix> removal_of(const yaml::Value& list, const yaml::Element& item) {
  if (item.shared || item.value.shared()) return {};
  std::optional<Edit> edit = yaml::remove_at(*list.document(), item.range);
  if (!edit) return {};
  const Applicability trust = trust_in_removal(*list.document(), *edit);
  return {{"Remove it", trust, {*std::move(edit)}}};
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  const yaml::Value list = workload.pod_spec.get("imagePullSecrets");
  std::vector<std::string_view> names;
  for (const yaml::Element& item : list.items()) {
    if (!item.value.is_mapping()) continue;
    const yaml::Value value = item.value.get("name");
    const std::string_view name = value.string().value_or("");
    if (name.empty()) {
      ctx.report({.variant = "empty",
                  .range = value.is_scalar() ? value.range() : item.value.range(),
                  .message = "a pull secret without a name does nothing",
                  .fixes = removal_of(list, item)});
    } else if (std::ranges::find(names, name) != names.end()) {
      ctx.report({.variant = "duplicate",
                  .range = value.content_range(),
                  .message = "the pull secret " + quoted(name, 40) + " stands in the list twice",
                  .fixes = removal_of(list, item)});
    }
    names.push_back(name);
  }
}

constexpr StaticList<PresetEntry, kPresetCount> kWarning = {{Preset::Recommended, Severity::Warning},
                                                            {Preset::Strict, Severity::Warning}};

}  // namespace

constinit const Rule invalid_pull_secret = checked({
    .name = "invalid-pull-secret",
    .family = Family::Correctness,
    .title = "A secret for pulling images has no name, or is named twice.",
    .consequence =
        "A template wrote `name:` and nothing behind it, because its value was not set. The object is applied without "
        "an error, the registry says no, and the pods wait in ImagePullBackOff.",
    .fine_when = "A tool that runs later writes the name.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "empty",
                  .summary = "A pull secret without a name.",
                  .severity = Severity::Warning,
                  .presets = kWarning,
                  .languages = Language::Kubernetes},
                 {.name = "duplicate",
                  .summary = "A pull secret that is named twice.",
                  .severity = Severity::Warning,
                  .presets = kWarning,
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/"},
    .examples =
        {{"twice", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  imagePullSecrets:\n    - name: registry # ours\n"
          "    - name: <|registry|>\n    - name: \"<|registry|>\"\n  containers:\n    - name: web\n      image: "
          "shop:1.4.2\n",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  imagePullSecrets:\n    - name: registry # ours\n"
          "  containers:\n    - name: web\n      image: shop:1.4.2\n"},
         {"no name", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  imagePullSecrets: [{name: registry}, {name: "
          "<|\"\"|>}]\n  containers:\n    - name: web\n      image: shop:1.4.2\n",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  imagePullSecrets: [{name: registry}]\n"
          "  containers:\n    - name: web\n      image: shop:1.4.2\n"},
         {"two secrets", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  imagePullSecrets: [{name: a}, {name: b}]\n"
          "  containers:\n    - name: web\n      image: shop:1.4.2\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
