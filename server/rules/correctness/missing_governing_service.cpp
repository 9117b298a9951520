#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/references.h"
#include "rules/in_workspace.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/similar_name.h"

namespace quaymaster::rules {
extern const Rule missing_governing_service;
namespace {

using kubernetes::Reference;

std::optional<Reference> governing_of(const kubernetes::Object& object) {
  for (const Reference& reference : kubernetes::references_of(object))
    if (reference.way == Reference::Way::Governing) return reference;
  return std::nullopt;
}

bool leads_to(const kubernetes::Brief& service, const kubernetes::Brief& workload) {
  return service.selector && (service.selector->unknown || kubernetes::selects(*service.selector, workload.pod_labels));
}

void report_missing(const Reference& reference, const Member& member, const ObjectSet& set, RuleContext& ctx) {
  const std::vector<std::string_view> names = set.names("Service", *member.brief);
  const std::string_view nearest = similar_name(reference.name.text, names);
  std::string_view variant = set.whole() ? "missing" : "elsewhere";
  if (!nearest.empty()) variant = "misspelt";
  ctx.report({.variant = variant,
              .range = reference.name.range.shifted(member.begin),
              .message = "there is no Service " + quoted(reference.name.text, 26) +
                         (nearest.empty() ? " here" : did_you_mean(nearest)),
              .fixes = replaced_word(reference.name.value, nearest, member.begin)});
}

void check_stateful_set(const Member& member, const ObjectSet& set, RuleContext& ctx) {
  const std::optional<Reference> reference = governing_of(*member.object);
  if (!reference) {
    // A fragment that is laid over another object need not name it; and what a placeholder names is not known.
    const bool fragment = !member.workload || member.workload->partial;
    if (fragment || member.object->value.get({"spec", "serviceName"}).present()) return;
    ctx.report(
        {.variant = "unnamed",
         .range = member.object->name_range.shifted(member.begin),
         .message = "StatefulSet " + quoted(member.brief->name, 24) + " names no Service that gives its pods names"});
    return;
  }
  const std::vector<const Member*> services = set.find("Service", reference->name.text, *member.brief);
  if (services.empty()) return report_missing(*reference, member, set, ctx);
  const TextRange range = reference->name.range.shifted(member.begin);
  if (member.brief->pods_known &&
      std::ranges::none_of(services, [&](const Member* service) { return leads_to(*service->brief, *member.brief); }))
    ctx.report({.variant = "other-pods",
                .range = range,
                .message = "Service " + quoted(reference->name.text, 24) + " does not select these pods"});
  else if (std::ranges::none_of(services, [](const Member* service) { return service->brief->headless; }))
    ctx.report(
        {.variant = "not-headless",
         .range = range,
         .message = "Service " + quoted(reference->name.text, 24) + " has an address, so the pods get no names"});
}

void check(const KubernetesInWorkspace& in, RuleContext& ctx) {
  for (const Member* member : in.objects.here())
    if (member->brief->kind == "StatefulSet") check_stateful_set(*member, in.objects, ctx);
}

constexpr StaticList<Alias, 24> kAliases{{Language::Kubernetes, "kube-score:statefulset-has-servicename"}};

consteval Variant variant(std::string_view name, std::string_view summary, Severity severity) {
  return {.name = name,
          .summary = summary,
          .severity = severity,
          .presets = {{Preset::Strict, severity}},
          .aliases = kAliases,
          .languages = Language::Kubernetes};
}

}  // namespace

constinit const Rule missing_governing_service = checked({
    .name = "missing-governing-service",
    .family = Family::Correctness,
    .title = "The pods of a StatefulSet get no names, since no headless Service selects them.",
    .consequence =
        "The replicas of the database look for `db-0.db`. The Service was called `database`, so that the name does not "
        "resolve: each replica takes itself for the first one, and there are three databases.",
    .fine_when = "The pods do not look for each other by name.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "misspelt",
                  .summary = "A Service of nearly that name is there.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = kAliases,
                  .languages = Language::Kubernetes},
                 variant("missing", "Nothing that the kustomization lists is that Service.", Severity::Warning),
                 variant("elsewhere", "No Service has that name here; it may be elsewhere.", Severity::Information),
                 variant("unnamed", "The StatefulSet names no Service.", Severity::Information),
                 {.name = "other-pods",
                  .summary = "The Service selects other pods.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = kAliases,
                  .languages = Language::Kubernetes},
                 variant("not-headless", "The Service has an address of its own.", Severity::Information)},
    .references = {"https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id",
                   "https://kubernetes.io/docs/concepts/services-networking/service/#headless-services"},
    .examples =
        {{"a slip", "db.yaml",
          "apiVersion: v1\nkind: Service\nmetadata: {name: database}\nspec: {clusterIP: None, selector: {app: db}, "
          "ports: "
          "[{port: 5432}]}\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec:\n  serviceName: "
          "<|datebase|>\n  selector: {matchLabels: {app: db}}\n  template: {metadata: {labels: {app: db}}, spec: "
          "{containers: [{name: db, image: a}]}}\n",
          "apiVersion: v1\nkind: Service\nmetadata: {name: database}\nspec: {clusterIP: None, selector: {app: db}, "
          "ports: "
          "[{port: 5432}]}\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec:\n  serviceName: "
          "database\n  selector: {matchLabels: {app: db}}\n  template: {metadata: {labels: {app: db}}, spec: "
          "{containers: [{name: db, image: a}]}}\n"},
         {"not there, and not named", "db.yaml",
          "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec:\n  serviceName: <|db|>\n  selector: "
          "{matchLabels: {app: db}}\n  template: {metadata: {labels: {app: db}}, spec: {containers: [{name: db, image: "
          "a}]}}\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: <|cache|>}\nspec:\n  selector: "
          "{matchLabels: {app: db}}\n  template: {metadata: {labels: {app: db}}, spec: {containers: [{name: db, image: "
          "a}]}}\n"},
         {.title = "not for these pods, and with an address",
          .path = "db.yaml",
          .before =
              "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec:\n  serviceName: <|web|>\n"
              "  selector: {matchLabels: {app: db}}\n  template: {metadata: {labels: {app: db}}, spec: {containers: "
              "[{name: db, image: a}]}}\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: web}\nspec:\n"
              "  serviceName: <|web|>\n  selector: {matchLabels: {app: web}}\n  template: {metadata: {labels: {app: "
              "web}}, spec: {containers: [{name: db, image: a}]}}\n",
          .beside = {{"service.yaml",
                      "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, "
                      "ports: [{port: 80}]}\n"}}},
         {.title = "not among all that is applied",
          .path = "db.yaml",
          .before =
              "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec:\n  serviceName: <|db|>\n"
              "  selector: {matchLabels: {app: db}}\n  template: {metadata: {labels: {app: db}}, spec: {containers: "
              "[{name: db, image: a}]}}\n",
          .beside = {{"kustomization.yaml", "resources: [db.yaml]\n"}}},
         {"all is there", "db.yaml",
          "apiVersion: v1\nkind: Service\nmetadata: {name: db}\nspec: {clusterIP: None, selector: {app: db}, ports: "
          "[{port: 5432}]}\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec:\n  serviceName: "
          "db\n  selector: {matchLabels: {app: db}}\n  template: {metadata: {labels: {app: db, tier: data}}, spec: "
          "{containers: [{name: db, image: a}]}}\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
