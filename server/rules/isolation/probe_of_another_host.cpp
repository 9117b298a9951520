#include <string>
#include <vector>

#include "model/kubernetes/handlers.h"
#include "model/kubernetes/kubernetes.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/removal.h"

namespace quaymaster::rules {
extern const Rule probe_of_another_host;
namespace {

bool is_own_host(std::string_view host) { return host == "localhost" || host.starts_with("127.") || host == "::1"; }

void check_host(const kubernetes::PodContainer& container, const kubernetes::Handler& handler, RuleContext& ctx) {
  const std::string& host = handler.host->text;
  if (host.empty() || host.find_first_of("${") != std::string::npos) return;
  const std::string subject = "`" + std::string(handler.name) + "` ";
  ctx.report({.variant = is_own_host(host) ? "node" : "other",
              .range = handler.host->value_range,
              .message = subject + "asks " + quoted(host, 24) +
                         (is_own_host(host) ? ", which is the node and not the pod" : ", not the pod itself"),
              .fixes = removal(*container.value.document(), handler.host->key_range,
                               handler.host->shared || handler.shared || container.value.shared(), "Remove host",
                               "The kubelet then asks the pod under its own address.")});
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  for (const kubernetes::PodContainer& container : workload.containers)
    for (const kubernetes::Handler& handler : kubernetes::network_handlers_of(container)) {
      if (handler.host) check_host(container, handler, ctx);
      if (!handler.probe && handler.means == "tcpSocket")
        ctx.report({.variant = "tcp-hook",
                    .range = handler.key_range,
                    .message = "`" + std::string(handler.name) + "` cannot use `tcpSocket`: the hook always fails"});
    }
}

constexpr StaticList<Alias, 24> kAliases = {{Language::Kubernetes, "pss:hostProbesAndHostLifecycle"}};
constexpr StaticList<PresetEntry, kPresetCount> kPresets = {{Preset::Strict, Severity::Warning},
                                                            {Preset::PssBaseline, Severity::Error},
                                                            {Preset::PssRestricted, Severity::Error}};

}  // namespace

constinit const Rule probe_of_another_host = checked({
    .name = "probe-of-another-host",
    .family = Family::Isolation,
    .title = "A probe or a hook asks another host than the pod.",
    .consequence =
        "The readiness probe asks the database instead of the program, to be sure that it is there. The database is "
        "down for a minute, all replicas leave the Service at once, and the shop shows nothing, not even the page that "
        "says so. And whoever may write pods lets the kubelet call whatever the node can reach.",
    .fine_when = "The pod uses the network of its node and listens on the loopback address only.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "other",
                  .summary = "The host is another machine.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning},
                              {Preset::Strict, Severity::Warning},
                              {Preset::PssBaseline, Severity::Error},
                              {Preset::PssRestricted, Severity::Error}},
                  .aliases = kAliases,
                  .languages = Language::Kubernetes},
                 {.name = "node",
                  .summary = "The host is a loopback address: that of the node, for it is the node that asks.",
                  .severity = Severity::Warning,
                  .presets = kPresets,
                  .aliases = kAliases,
                  .languages = Language::Kubernetes},
                 {.name = "tcp-hook",
                  .summary = "A hook uses `tcpSocket`, which hooks do not have.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
                   "https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/"
                   "#hook-handler-implementations"},
    .examples =
        {{"another machine", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      readinessProbe:\n        tcpSocket:\n          host: <|db.example|>  # "
          "first\n"
          "          port: 5432\n      livenessProbe:\n        httpGet: {host: <|127.0.0.1|>, port: 80}\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      readinessProbe:\n        tcpSocket:\n"
          "          port: 5432\n      livenessProbe:\n        httpGet: {port: 80}\n"},
         {"a hook", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  initContainers:\n    - name: proxy\n"
          "      image: proxy:1.4.2\n      restartPolicy: Always\n      lifecycle:\n        preStop:\n"
          "          <|tcpSocket|>:\n            port: 80\n        postStart:\n          httpGet:\n"
          "            host: <|10.0.0.7|>\n            port: 80\n"
          "  containers:\n    - name: web\n      image: shop:1.4.2\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  initContainers:\n    - name: proxy\n"
          "      image: proxy:1.4.2\n      restartPolicy: Always\n      lifecycle:\n        preStop:\n"
          "          tcpSocket:\n            port: 80\n        postStart:\n          httpGet:\n"
          "            port: 80\n"
          "  containers:\n    - name: web\n      image: shop:1.4.2\n"},
         {"the pod itself", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      readinessProbe:\n        httpGet:\n          host: \"\"\n          port: 80\n"
          "      livenessProbe: {tcpSocket: {port: 80}}\n      startupProbe:\n"
          "        httpGet: {port: 80, host: \"${HOST}\"}\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
