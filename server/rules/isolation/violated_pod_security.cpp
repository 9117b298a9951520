#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/object.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/pod_security.h"

namespace quaymaster::rules {
extern const Rule violated_pod_security;
namespace {

/// What a namespace says about the pods in it.
struct Enforced {
  std::string name;
  std::string_view standard;
  PodSecurityLevel level = PodSecurityLevel::Privileged;
  bool newest = true;  ///< false: it names the standard of some version
  TextRange range;     ///< of the label's value, in the file
};

std::optional<Enforced> enforced_by(const kubernetes::Object& object, std::uint32_t begin) {
  if (object.kind != "Namespace" || object.name.empty()) return std::nullopt;
  const yaml::Value labels = object.value.get({"metadata", "labels"});
  const yaml::Value label = labels.get("pod-security.kubernetes.io/enforce");
  const std::optional<std::string_view> text = label.string();
  const std::optional<PodSecurityLevel> level = text ? pod_security_level(*text) : std::nullopt;
  if (!level) return std::nullopt;
  const yaml::Value version = labels.get("pod-security.kubernetes.io/enforce-version");
  return Enforced{object.name, *text, *level, !version || version.string() == "latest",
                  label.content_range().shifted(begin)};
}

std::string list_of(const std::vector<std::string_view>& names) {
  std::string list;
  for (const std::string_view name : names) list += (list.empty() ? "" : ", ") + std::string(name);
  constexpr std::size_t kLongest = 30;
  if (list.size() <= kLongest) return list;
  return std::string(names.front()) + " and " + std::to_string(names.size() - 1) + " more";
}

void check_workload(const kubernetes::Workload& workload, const Enforced& enforced, std::uint32_t begin,
                    RuleContext& ctx) {
  std::vector<std::string_view> names = violated_controls(workload, enforced.level);
  // The newest of the controls, which a named version may not have yet.
  if (!enforced.newest) std::erase(names, "probe host");
  if (names.empty()) return;
  ctx.report({.range = workload.object.name_range.shifted(begin),
              .message = quoted(workload.object.name, 18) + " is refused in " + quoted(enforced.name, 14) + ": " +
                         list_of(names),
              .related = {{enforced.range, "the namespace enforces `" + std::string(enforced.standard) + "`"}}});
}

void check_file(const kubernetes::File& file, RuleContext& ctx) {
  std::vector<Enforced> namespaces;
  for (const kubernetes::File::Part& part : file.parts)
    for (const kubernetes::Object& object : part.manifest->objects)
      if (std::optional<Enforced> enforced = enforced_by(object, part.begin))
        namespaces.push_back(*std::move(enforced));
  if (namespaces.empty()) return;
  for (const kubernetes::File::Part& part : file.parts)
    for (const kubernetes::Workload& workload : part.manifest->workloads)
      for (const Enforced& enforced : namespaces)
        if (!workload.partial && !workload.custom && workload.object.namespace_name == enforced.name)
          check_workload(workload, enforced, part.begin, ctx);
}

}  // namespace

constinit const Rule violated_pod_security = checked({
    .name = "violated-pod-security",
    .family = Family::Isolation,
    .title = "The namespace refuses the pods that this object is to run.",
    .consequence =
        "`kubectl apply` says \"created\" and only warns. The Deployment is there, its pods are not: the namespace "
        "enforces the restricted standard, and the ReplicaSet writes the reason into events that nobody reads.",
    .fine_when = "The cluster exempts the user, the namespace or the runtime class.",
    .variants = {{.name = {},
                  .summary = {},
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/security/pod-security-admission/",
                   "https://kubernetes.io/docs/concepts/security/pod-security-standards/"},
    .examples =
        {{"a port of the node", "shop.yaml",
          "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n"
          "    pod-security.kubernetes.io/enforce: baseline\n---\napiVersion: v1\nkind: Pod\nmetadata:\n"
          "  name: <|web|>\n  namespace: shop\nspec:\n  containers:\n    - name: web\n      image: shop:1.4.2\n"
          "      ports: [{containerPort: 80, hostPort: 80}]\n"},
         {"nothing is restricted", "shop.yaml",
          "apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Pod\n"
          "    metadata: {name: <|web|>, namespace: shop}\n    spec: {containers: [{name: web, image: "
          "\"shop:1.4.2\"}]}\n"
          "  - apiVersion: v1\n    kind: Namespace\n    metadata:\n      name: shop\n      labels:\n"
          "        pod-security.kubernetes.io/enforce: restricted\n"},
         {"all is restricted", "shop.yaml",
          "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n"
          "    pod-security.kubernetes.io/enforce: restricted\n---\napiVersion: v1\nkind: Pod\nmetadata:\n"
          "  name: web\n  namespace: shop\nspec:\n  securityContext:\n    runAsNonRoot: true\n"
          "    seccompProfile: {type: RuntimeDefault}\n  containers:\n    - name: web\n      image: shop:1.4.2\n"
          "      securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}\n"},
         {"another namespace, and a standard that only warns", "shop.yaml",
          "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n"
          "    pod-security.kubernetes.io/warn: restricted\n---\napiVersion: v1\nkind: Namespace\nmetadata:\n"
          "  name: other\n  labels: {pod-security.kubernetes.io/enforce: restricted}\n---\n"
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  containers:\n"
          "    - name: web\n      image: shop:1.4.2\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: log\nspec:\n"
          "  containers:\n    - name: log\n      image: log:1.4.2\n"},
         {"a probe of another host, in a version that lets it", "shop.yaml",
          "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n"
          "    pod-security.kubernetes.io/enforce: baseline\n    pod-security.kubernetes.io/enforce-version: v1.29\n"
          "---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  containers:\n"
          "    - name: web\n      image: shop:1.4.2\n      livenessProbe: {tcpSocket: {host: db, port: 80}}\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
