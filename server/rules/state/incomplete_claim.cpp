#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/object.h"
#include "model/yaml/value.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule incomplete_claim;
namespace {

struct Claim {
  std::string name;
  TextRange name_range;
  yaml::Value spec;
  bool template_of_set = false;
};

bool one_pod_only(const yaml::Element& mode) {
  const std::string_view text = mode.value.string().value_or("ReadWriteOnce");
  return text == "ReadWriteOnce" || text == "ReadWriteOncePod";
}

void check_claim(const Claim& claim, RuleContext& ctx) {
  const std::string name = quoted(claim.name, 24);
  const std::vector<yaml::Element> modes = claim.spec.get("accessModes").items();
  if (modes.empty() && !claim.spec.get("accessModes").is_scalar()) {
    ctx.report({.variant = "no-access-mode",
                .range = claim.name_range,
                .message = "the claim " + name + " does not say how it is accessed"});
  } else if (claim.template_of_set) {
    const auto shared = std::ranges::find_if_not(modes, one_pod_only);
    if (shared != modes.end())
      ctx.report({.variant = "shared-mode",
                  .range = shared->value.content_range(),
                  .message = "each replica has a claim " + name + " of its own, which need not be shared"});
  }
  if (!claim.spec.get({"resources", "requests", "storage"}))
    ctx.report({.variant = "no-size",
                .range = claim.name_range,
                .message = "the claim " + name + " does not say how large it is to be"});
}

void check_object(const kubernetes::Object& object, RuleContext& ctx) {
  if (object.patch) return;
  if (object.kind == "PersistentVolumeClaim" && object.api_version == "v1") {
    const yaml::Value spec = kubernetes::mapping_of(object.value, "spec");
    if (spec) check_claim({object.name, object.name_range, spec, false}, ctx);
  }
  if (object.kind != "StatefulSet" || !object.api_version.starts_with("apps/")) return;
  for (const yaml::Element& item : object.value.get({"spec", "volumeClaimTemplates"}).items()) {
    const yaml::Value name = item.value.get({"metadata", "name"});
    const yaml::Value spec = kubernetes::mapping_of(item.value, "spec");
    if (spec && name.string()) check_claim({std::string(*name.string()), name.content_range(), spec, true}, ctx);
  }
}

}  // namespace

constinit const Rule incomplete_claim = checked({
    .name = "incomplete-claim",
    .family = Family::State,
    .title = "A claim does not say which storage it needs.",
    .consequence =
        "The API server refuses a claim without a size or access mode, the StatefulSet's controller retries in "
        "silence, and the database has no pod: `kubectl get pods` shows nothing at all.",
    .fine_when = "It is a part that Kustomize puts together with the rest.",
    .variants = {{.name = "no-access-mode",
                  .summary = "`accessModes` is missing or empty.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .aliases = {{Language::Kubernetes, "kubesec:VolumeClaimAccessModeReadWriteOnce"}},
                  .languages = Language::Kubernetes},
                 {.name = "no-size",
                  .summary = "`resources.requests.storage` is missing.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .aliases = {{Language::Kubernetes, "kubesec:VolumeClaimRequestsStorage"}},
                  .languages = Language::Kubernetes},
                 {.name = "shared-mode",
                  .summary = "The claim of a replica, which no other pod uses, asks for storage that can be shared.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kubesec:VolumeClaimAccessModeReadWriteOnce"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/storage/persistent-volumes/#persistentvolumeclaims"},
    .examples = {{"neither mode nor size", "claim.yaml",
                  "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: <|<|data|>|>\nspec:\n"
                  "  storageClassName: fast\n"},
                 {"a template without a size", "set.yaml",
                  "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: db\nspec:\n  volumeClaimTemplates:\n"
                  "    - metadata: {name: <|data|>}\n      spec: {accessModes: [ReadWriteOnce]}\n"},
                 {"shared storage for one", "set.yaml",
                  "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: db\nspec:\n  volumeClaimTemplates:\n"
                  "    - metadata: {name: data}\n      spec:\n        accessModes: [<|ReadWriteMany|>]\n"
                  "        resources: {requests: {storage: 8Gi}}\n"},
                 {"complete", "claim.yaml",
                  "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: data\nspec:\n"
                  "  accessModes: [ReadWriteMany]\n  resources:\n    requests:\n      storage: 8Gi\n"}},
    .checks = {on(check_object)},
});

}  // namespace quaymaster::rules
