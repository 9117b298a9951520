#include <array>
#include <string>
#include <string_view>

#include "model/kubernetes/kubernetes.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/object_name.h"

namespace quaymaster::rules {
extern const Rule incomplete_quota;
namespace {

bool says(const yaml::Value& value) { return value.present() && !value.is_null(); }

/// What a limit for containers can say; a container without numbers of its own gets the defaults.
void check_limit_range(const kubernetes::Object& object, RuleContext& ctx) {
  constexpr std::array<std::string_view, 4> kKeys{"default", "defaultRequest", "max", "min"};
  bool for_containers = false;
  for (const yaml::Element& item : object.value.get({"spec", "limits"}).items()) {
    const yaml::Value type = item.value.get("type");
    if (type.string() != "Container") continue;
    for_containers = true;
    for (const std::string_view key : kKeys)
      if (!says(item.value.get(key))) {
        ctx.report({.variant = "limit-range",
                    .range = type.content_range(),
                    .message = name_of(object) + " has no " + quoted(key) + " for containers"});
        break;
      }
  }
  if (!for_containers)
    ctx.report({.variant = "limit-range",
                .range = object.name_range,
                .message = name_of(object) + " says nothing about containers"});
}

void check_quota(const kubernetes::Object& object, RuleContext& ctx) {
  constexpr std::array<std::string_view, 4> kKeys{"requests.cpu", "requests.memory", "limits.cpu", "limits.memory"};
  const yaml::Value hard = object.value.get({"spec", "hard"});
  for (const std::string_view key : kKeys)
    if (!says(hard.get(key))) {
      ctx.report({.variant = "quota",
                  .range = object.name_range,
                  .message = name_of(object) + " sets no bound for " + quoted(key)});
      return;
    }
}

void check_object(const kubernetes::Object& object, RuleContext& ctx) {
  if (object.api_version != "v1") return;
  if (object.kind == "LimitRange") check_limit_range(object, ctx);
  if (object.kind == "ResourceQuota") check_quota(object, ctx);
}

}  // namespace

constinit const Rule incomplete_quota = checked({
    .name = "incomplete-quota",
    .family = Family::BillOfMaterials,
    .title = "The bounds of a namespace leave a resource open.",
    .consequence = "The quota of the team's namespace bounds processors and says nothing of memory. One job asks for "
                   "200 GiB, gets "
                   "them, and the other teams' pods find no node.",
    .fine_when = "The quota is about something else, such as the number of claims, and another one bounds the rest.",
    .variants = {{.name = "limit-range",
                  .summary = "A LimitRange lacks defaults or bounds for containers.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "trivy:KSV-0039"}},
                  .languages = Language::Kubernetes},
                 {.name = "quota",
                  .summary = "A ResourceQuota does not bound processors and memory.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "trivy:KSV-0040"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/policy/limit-range/",
                   "https://kubernetes.io/docs/concepts/policy/resource-quotas/"},
    .examples =
        {{"no defaults", "limits.yaml",
          "apiVersion: v1\nkind: LimitRange\nmetadata: {name: team}\nspec:\n  limits:\n    - type: <|Container|>\n"
          "      max: {cpu: 2, memory: 4Gi}\n      min: {cpu: 10m, memory: 16Mi}\n"},
         {"claims only", "limits.yaml",
          "apiVersion: v1\nkind: LimitRange\nmetadata: {name: <|team|>}\nspec:\n  limits:\n"
          "    - type: PersistentVolumeClaim\n      max: {storage: 10Gi}\n"},
         {"no bound for memory", "quota.yaml",
          "apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: <|team|>}\nspec:\n"
          "  hard: {requests.cpu: 4, limits.cpu: 8}\n"},
         {"whole bounds", "all.yaml",
          "apiVersion: v1\nkind: LimitRange\nmetadata: {name: team}\nspec:\n  limits:\n    - type: Container\n"
          "      default: {cpu: 1, memory: 1Gi}\n      defaultRequest: {cpu: 100m, memory: 128Mi}\n"
          "      max: {cpu: 2, memory: 4Gi}\n      min: {cpu: 10m, memory: 16Mi}\n---\n"
          "apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: team}\nspec:\n"
          "  hard: {requests.cpu: 4, requests.memory: 8Gi, limits.cpu: 8, limits.memory: 16Gi}\n"}},
    .checks = {on(check_object)},
});

}  // namespace quaymaster::rules
