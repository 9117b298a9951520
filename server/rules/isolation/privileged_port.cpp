#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "model/compose/compose.h"
#include "model/kubernetes/kubernetes.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule privileged_port;
namespace {

/// The first port of "80" or "80-90".
std::optional<int> first_port(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end != text.data() ? std::optional(number) : std::nullopt;
}

void check_service(const compose::Service& service, RuleContext& ctx) {
  for (const compose::Port& port : service.ports) {
    const std::optional<int> number = port.known ? first_port(port.host) : std::nullopt;
    if (!number || *number == 0 || *number >= 1024) continue;
    ctx.report({.variant = "of-host",
                .range = port.range,
                .message = quoted(service.name, 20) + " takes port " + quoted(port.host, 12) +
                           " of the host, which is meant for its own services"});
  }
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  for (const kubernetes::PodContainer& container : workload.containers)
    for (const container::PortBinding& port : container.container.ports) {
      if (port.container_port == 0 || port.container_port >= 1024) continue;
      ctx.report({.variant = "of-container",
                  .range = port.range,
                  .message = quoted(container.container.name, 20) + " listens on port " +
                             std::to_string(port.container_port) + ", which it may need root for"});
    }
}

}  // namespace

constinit const Rule privileged_port = checked({
    .name = "privileged-port",
    .family = Family::Isolation,
    .title = "A port below 1024 is taken.",
    .consequence =
        "The mail container publishes port 25. On the day when the host gets a mail service of its own, for the "
        "reports of cron, one of them does not start after the next boot, and which one is a matter of luck. "
        "Rootless engines cannot bind the port at all.",
    .fine_when = "It is the web server or the reverse proxy of the machine, and nothing else wants ports 80 and 443.",
    .fix = FixAvailability::None,
    .variants = {{.name = "of-host",
                  .summary = "A port below 1024 of the host is published.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}},
                  .aliases = {{Language::Compose, "kics:privileged-ports-mapped-in-container"}},
                  .languages = Language::Compose},
                 {.name = "of-container",
                  .summary = "The program in a container of a pod listens below 1024.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-linter:privileged-ports"},
                              {Language::Kubernetes, "trivy:KSV-0117"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://docs.docker.com/engine/security/rootless/tips/#exposing-privileged-ports"},
    .examples = {{"single ports and ranges", "compose.yaml",
                  "services:\n  mail:\n    image: mail:1.4.2\n    ports:\n      - \"<|25:2525|>\"\n"
                  "      - <|127.0.0.1:1000-1030:1000-1030|>\n      - <|target: 8143\n        published: 143|>\n"},
                 {"a port of a container", "pod.yaml",
                  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
                  "      image: shop:1.4.2\n      ports:\n        - <|containerPort: 80|>\n"
                  "        - containerPort: 8080\n        - containerPort: http\n"},
                 {"ports for everybody", "compose.yaml",
                  "services:\n  mail:\n    image: mail:1.4.2\n    ports:\n      - \"2525:25\"\n      - \"80\"\n"
                  "      - ${PORT}:25\n"}},
    .checks = {on(check_service), on(check_workload)},
});

}  // namespace quaymaster::rules
