#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/selected.h"
#include "rules/in_workspace.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/similar_name.h"

namespace quaymaster::rules {
extern const Rule dangling_selector;
namespace {

using kubernetes::Brief;
using kubernetes::Labels;
using kubernetes::SelectorAt;

/// A kind of object that selects, with what others call the mistake.
struct Selecting {
  std::string_view what;  ///< "Service", for the message
  std::string_view selected;
  std::vector<std::string_view> aliases;
};

/// A label of the selector that pods nearly have.
struct Slip {
  std::string key;
  std::string value;
};

const std::string* value_in(const Labels& labels, std::string_view key) {
  const auto found = std::ranges::find(labels, key, &Labels::value_type::first);
  return found == labels.end() ? nullptr : &found->second;
}

/// The one label in which `labels` differ from the selector, when it is but a slip.
std::optional<Slip> slip_in(const SelectorAt& at, const Labels& labels) {
  std::optional<Slip> slip;
  for (const auto& [key, wanted] : at.selector.match_labels) {
    const std::string* value = value_in(labels, key);
    if (value && *value == wanted) continue;
    if (slip || !value) return std::nullopt;
    const std::string_view candidate = *value;
    if (similar_name(wanted, {&candidate, 1}).empty()) return std::nullopt;
    slip = Slip{key, *value};
  }
  return slip;
}

/// Whether another Service leads to the pods: then this one means others.
bool is_served(const Member& pod, const ObjectSet& set) {
  return std::ranges::any_of(set.of_kind("Service"), [&](const Member* service) {
    const auto& selector = service->brief->selector;
    return selector && !selector->empty() && set.same_namespace(*service->brief, *pod.brief) &&
           kubernetes::selects(*selector, pod.brief->pod_labels);
  });
}

std::optional<Slip> slip_of(const SelectorAt& at, const Member& member, const ObjectSet& set) {
  if (!at.selector.expressions.empty()) return std::nullopt;
  for (const Member* pod : set.pods()) {
    if (!set.same_namespace(*pod->brief, *member.brief) || !pod->brief->pods_known) continue;
    std::optional<Slip> slip = slip_in(at, pod->brief->pod_labels);
    if (slip && !is_served(*pod, set)) return slip;
  }
  return std::nullopt;
}

/// A label with a domain of its own that no pod here has is one that an operator gives its pods: `strimzi.io/cluster`.
bool is_of_operator(const SelectorAt& at, const ObjectSet& set) {
  return std::ranges::any_of(at.selector.match_labels, [&](const auto& label) {
    const std::string& key = label.first;
    if (key.find('/') == std::string::npos || key.find(".kubernetes.io/") != std::string::npos) return false;
    return std::ranges::none_of(set.pods(),
                                [&](const Member* pod) { return value_in(pod->brief->pod_labels, key) != nullptr; });
  });
}

/// Some pods of the namespace have labels that nobody knows here.
bool has_unknown_pods(const Member& member, const ObjectSet& set) {
  return std::ranges::any_of(set.pods(), [&](const Member* pod) {
    return !pod->brief->pods_known && set.same_namespace(*pod->brief, *member.brief);
  });
}

void check_selector(const SelectorAt& at, const Selecting& selecting, const Member& member, const ObjectSet& set,
                    RuleContext& ctx) {
  if (at.selector.unknown || at.selector.empty() || has_unknown_pods(member, set)) return;
  if (!set.selected(at.selector, *member.brief).empty()) return;
  Report report{.variant = set.whole() ? "nothing" : "elsewhere",
                .range = at.key_range.shifted(member.begin),
                .message = std::string(selecting.what) + " " + quoted(member.brief->name, 24) + " selects no " +
                           std::string(selecting.selected),
                .aliases = selecting.aliases};
  if (const std::optional<Slip> slip = slip_of(at, member, set)) {
    const yaml::Value value = at.labels.get(slip->key);
    report.variant = "misspelt";
    report.range = value.content_range().shifted(member.begin);
    report.message = "no pods have " + quoted(slip->key + ": " + std::string(value.string().value_or("")), 28) +
                     did_you_mean(slip->value);
    report.fixes = replaced_word(value, slip->value, member.begin);
  } else if (is_of_operator(at, set)) {
    return;
  }
  ctx.report(std::move(report));
}

void check_service(const Member& member, const ObjectSet& set, RuleContext& ctx) {
  const yaml::Value spec = member.object->value.get("spec");
  if (spec.get("type").string() == "ExternalName" || member.brief->api_version != "v1") return;
  const std::optional<SelectorAt> at = kubernetes::selector_of(*member.object);
  if (!at) return;
  check_selector(
      *at, {"Service", "pods", {"kube-linter:dangling-service", "kube-score:service-targets-pod", "kubescape:C-0293"}},
      member, set, ctx);
}

void check_policy(const Member& member, const ObjectSet& set, RuleContext& ctx) {
  if (const std::optional<SelectorAt> at = kubernetes::selector_of(*member.object))
    check_selector(*at,
                   {"NetworkPolicy",
                    "pods",
                    {"kube-linter:dangling-networkpolicy", "kube-score:networkpolicy-targets-pod", "kubescape:C-0299"}},
                   member, set, ctx);
  for (const SelectorAt& peer : kubernetes::peer_selectors_of(*member.object))
    check_selector(peer, {"a rule of", "pods", {"kube-linter:dangling-networkpolicypeer-podselector"}}, member, set,
                   ctx);
}

/// Whether the monitor looks into the namespace of `service`. One that says no namespace may be meant for any.
bool looks_into(const Member& monitor, const Brief& service, const ObjectSet& set) {
  const yaml::Value names = monitor.object->value.get({"spec", "namespaceSelector", "matchNames"});
  if (names.is_sequence())
    return std::ranges::any_of(names.items(), [&](const yaml::Element& item) {
      return item.value.string() == service.namespace_name.value_or("default");
    });
  if (monitor.object->value.get({"spec", "namespaceSelector"}).present() || !monitor.brief->namespace_name) return true;
  return set.same_namespace(*monitor.brief, service);
}

void check_monitor(const Member& member, const ObjectSet& set, RuleContext& ctx) {
  const std::optional<SelectorAt> at = kubernetes::selector_of(*member.object);
  if (!at || at->selector.unknown || at->selector.empty()) return;
  const bool found = std::ranges::any_of(set.of_kind("Service"), [&](const Member* service) {
    return looks_into(member, *service->brief, set) && kubernetes::selects(at->selector, service->brief->labels);
  });
  if (!found)
    ctx.report({.variant = set.whole() ? "nothing" : "elsewhere",
                .range = at->key_range.shifted(member.begin),
                .message = "ServiceMonitor " + quoted(member.brief->name, 24) + " selects no Service",
                .aliases = {{"kube-linter:dangling-servicemonitor"}}});
}

void check(const KubernetesInWorkspace& in, RuleContext& ctx) {
  for (const Member* member : in.objects.here()) {
    if (member->brief->kind == "Service") check_service(*member, in.objects, ctx);
    if (member->brief->kind == "NetworkPolicy") check_policy(*member, in.objects, ctx);
    if (member->brief->kind == "ServiceMonitor") check_monitor(*member, in.objects, ctx);
  }
}

constexpr StaticList<Alias, 24> kAliases{{Language::Kubernetes, "kube-linter:dangling-service"},
                                         {Language::Kubernetes, "kube-linter:dangling-networkpolicy"},
                                         {Language::Kubernetes, "kube-linter:dangling-networkpolicypeer-podselector"},
                                         {Language::Kubernetes, "kube-linter:dangling-servicemonitor"},
                                         {Language::Kubernetes, "kube-score:service-targets-pod"},
                                         {Language::Kubernetes, "kube-score:networkpolicy-targets-pod"},
                                         {Language::Kubernetes, "kubescape:C-0293"},
                                         {Language::Kubernetes, "kubescape:C-0299"}};

}  // namespace

constinit const Rule dangling_selector = checked({
    .name = "dangling-selector",
    .family = Family::Correctness,
    .title = "A selector selects nothing.",
    .consequence =
        "The Deployment says `app: checkout`, the Service `app: chekout`. Everything is created without a complaint, "
        "all pods are ready, and every request gets a connection refused, since the Service has no endpoints.",
    .fine_when =
        "The pods are made by an operator or a chart, or by manifests that are kept somewhere else and applied to the "
        "same namespace.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "misspelt",
                  .summary = "Pods have nearly that label, and nothing else leads to them.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = kAliases,
                  .languages = Language::Kubernetes},
                 {.name = "nothing",
                  .summary = "None of all that the kustomization lists has these labels.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}},
                  .aliases = kAliases,
                  .languages = Language::Kubernetes},
                 {.name = "elsewhere",
                  .summary = "Nothing has these labels here; there may be others elsewhere.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = kAliases,
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service",
                   "https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/"},
    .examples =
        {{"a letter is missing", "web.yaml",
          "apiVersion: v1\nkind: Service\nmetadata:\n  name: checkout\nspec:\n  selector:\n    app: <|chekout|> # "
          "pods\n  ports: [{port: 80}]\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: checkout\n  labels: {app: "
          "checkout}\nspec:\n  containers: [{name: web, image: \"shop/web:1.4.2\"}]\n",
          "apiVersion: v1\nkind: Service\nmetadata:\n  name: checkout\nspec:\n  selector:\n    app: checkout # "
          "pods\n  ports: [{port: 80}]\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: checkout\n  labels: {app: "
          "checkout}\nspec:\n  containers: [{name: web, image: \"shop/web:1.4.2\"}]\n"},
         {.title = "the pods stand in another file",
          .path = "service.yaml",
          .before = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: \"<|websit|>\"}, "
                    "ports: [{port: 80}]}\n",
          .after = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: \"website\"}, "
                   "ports: [{port: 80}]}\n",
          .beside = {{"web.yaml",
                      "apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: website}}\nspec: "
                      "{containers: [{name: web, image: a}]}\n"}}},
         {.title = "none of all that is applied",
          .path = "service.yaml",
          .before = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {<|selector|>: {app: web}, "
                    "ports: [{port: 80}]}\n",
          .beside = {{"kustomization.yaml", "resources: [service.yaml, web.yaml]\n"},
                     {"web.yaml",
                      "apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: front}}\nspec: "
                      "{containers: [{name: web, image: a}]}\n"}}},
         {"a Service alone", "web.yaml",
          "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {<|selector|>: {app: web}, ports: [{port: "
          "80}]}\n"},
         {"in another namespace", "web.yaml",
          "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec:\n  <|selector|>: {app: web}\n"
          "  ports: [{port: 80}]\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec:\n"
          "  containers: [{name: web, image: a}]\n"},
         {"a policy and its peer", "policy.yaml",
          "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: db}\nspec:\n  <|podSelector|>:\n"
          "    matchLabels: {app: db}\n  ingress:\n    - from:\n        - <|podSelector|>: {matchLabels: {app: web}}\n"
          "        - podSelector: {matchLabels: {app: web}}\n          namespaceSelector: {}\n"},
         {"a monitor", "monitor.yaml",
          "apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: {name: web}\nspec:\n  <|selector|>: "
          "{matchLabels: {app: web}}\n"},
         {"all is there", "web.yaml",
          "apiVersion: v1\nkind: Service\nmetadata: {name: web, labels: {app: web}}\nspec: {selector: {app: web}, "
          "ports: [{port: 80}]}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  selector: "
          "{matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web, tier: front}}\n    spec: "
          "{containers: [{name: web, image: a}]}\n---\napiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\n"
          "metadata: {name: web}\nspec:\n  selector: {matchLabels: {app: web}}\n---\napiVersion: "
          "networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: all}\nspec: {podSelector: {}}\n"},
         {"nothing to select, or an operator's pods", "services.yaml",
          "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {type: ExternalName, externalName: a.example.com, "
          "selector: {app: a}}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: b}\nspec: {clusterIP: None, "
          "ports: "
          "[{port: 80}]}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: kafka}\nspec: {selector: "
          "{strimzi.io/cluster: main}, ports: [{port: 9092}]}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: "
          "c}\nspec: {selector: {app: \"${APP}\"}, ports: [{port: 80}]}\n"},
         {"siblings, and pods that another Service serves", "services.yaml",
          "apiVersion: v1\nkind: Service\nmetadata: {name: node2}\nspec: {<|selector|>: {app: node2}, ports: [{port: "
          "80}]}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: node1, labels: {app: node1}}\nspec:\n  containers: "
          "[{name: a, image: a}]\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
