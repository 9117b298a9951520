#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "model/kubernetes/kubernetes.h"
#include "rules/rule_context.h"
#include "rules/support/development.h"
#include "rules/support/development_service.h"
#include "rules/support/hardening.h"
#include "rules/support/message.h"
#include "rules/support/restricted_pod.h"
#include "rules/support/simulated_pod.h"

namespace quaymaster::rules {
extern const Rule unhardened_container;
namespace {

std::string_view short_name(Hardening hardening) {
  switch (hardening) {
    case Hardening::PrivilegeEscalation: return "escalation";
    case Hardening::Capabilities: return "capabilities";
    case Hardening::NonRoot: return "root";
    case Hardening::Seccomp: return "seccomp";
    case Hardening::ReadOnlyRoot: return "read-only";
    case Hardening::MemoryLimit: return "memory";
    case Hardening::CpuLimit: return "cpu";
    case Hardening::ProcessLimit: return "pids";
  }
  return {};
}

std::string list_of(const std::vector<Omission>& omissions) {
  std::string list;
  for (const Omission& omission : omissions) {
    if (!list.empty()) list += ", ";
    list += short_name(omission.hardening);
  }
  return list;
}

void report(std::string_view variant, std::string_view name, TextRange range, const std::vector<Omission>& omissions,
            std::vector<Fix> fixes, RuleContext& ctx) {
  ctx.report({.variant = variant,
              .range = range,
              .message = quoted(std::string(name), 18) + " lacks hardening: " + list_of(omissions),
              .fixes = std::move(fixes)});
}

constexpr std::string_view kPodCaveat =
    "A program that runs as root, uses a capability or writes beside its volumes then fails to start: try it, and "
    "mount an emptyDir where it writes.";

/// What makes up for `missing`, and then what the restricted standard needs beyond it, against what the file says.
std::vector<Fix> pod_fixes(const kubernetes::Workload& workload, const kubernetes::PodContainer& container,
                           const std::vector<Omission>& missing) {
  std::vector<Omission> possible = missing;
  if (!may_forbid_escalation(container))
    std::erase_if(possible, [](const Omission& each) { return each.hardening == Hardening::PrivilegeEscalation; });
  std::vector<Edit> some = possible.empty() ? std::vector<Edit>{} : hardening_edits(container, possible);
  std::vector<Edit> all = restricting_edits(workload, container);
  std::vector<Fix> fixes;
  if (!some.empty() && some != all)
    fixes.push_back(
        {"Take away what it does not need", Applicability::Unsafe, std::move(some), std::string(kPodCaveat)});
  if (!all.empty())
    fixes.push_back({"Harden this container", Applicability::Unsafe, std::move(all),
                     std::string(kPodCaveat) + " Volumes and namespaces of the host are left as they are."});
  return fixes;
}

std::vector<Fix> service_fixes(const compose::Service& service, const std::vector<Omission>& missing) {
  std::vector<Omission> rights = missing;
  std::erase_if(rights, [](const Omission& omission) { return is_limit(omission.hardening); });
  if (rights.empty())
    return {{"Bound what it may take",
             Applicability::DisplayOnly,
             {},
             "`memory`, `cpus` and `pids` under `deploy.resources.limits` do; `docker stats` shows what it needs."}};
  std::vector<Edit> edits = hardening_edits(service, rights);
  if (edits.empty()) return {};
  return {{"Take away what it does not need", Applicability::Unsafe, std::move(edits),
           "A program that uses a capability or writes beside its volumes then fails to start: try it, and give it a "
           "`tmpfs` where it writes. Limits you have to find yourself: `docker stats` shows what it needs."}};
}

bool is_privileged(const container::Container& container) {
  return container.isolation.privileged && container.isolation.privileged->value;
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  if (is_simulated(workload)) return;
  for (const kubernetes::PodContainer& pod_container : workload.containers) {
    const container::Container& container = pod_container.container;
    const bool brief = container.kind == container::Container::Kind::InitContainer && !pod_container.sidecar;
    // What it lacks may stand in the object that it is a part of.
    const bool partial = workload.partial || !container.image;
    if (brief || partial || pod_container.ephemeral || is_privileged(container)) continue;
    std::vector<Omission> missing = omissions(workload, pod_container);
    const bool user_is_set = container.user.has_value();
    // What is switched off in so many words is a decision, and a user with a number says who runs.
    std::erase_if(missing, [&](const Omission& omission) {
      return omission.written || (omission.hardening == Hardening::NonRoot && user_is_set) ||
             (omission.hardening == Hardening::Seccomp && has_seccomp_annotation(workload, pod_container));
    });
    if (missing.empty()) continue;
    // A container of a Knative service needs no name.
    const bool unnamed = container.name.empty();
    report("pod", unnamed ? workload.object.name : container.name,
           unnamed ? container.image->range : container.name_range, missing,
           pod_fixes(workload, pod_container, missing), ctx);
  }
}

void check_service(const compose::Service& service, RuleContext& ctx) {
  if (is_privileged(service.container) || is_development_path(ctx.path()) || says_development(service)) return;
  std::vector<Omission> missing = omissions(service);
  std::erase_if(missing, [](const Omission& omission) { return omission.written; });
  if (missing.empty()) return;
  report("service", service.container.name, service.container.name_range, missing, service_fixes(service, missing),
         ctx);
}

}  // namespace

constinit const Rule unhardened_container = checked({
    .name = "unhardened-container",
    .family = Family::Isolation,
    .title = "The container keeps rights that it does not need.",
    .consequence =
        "An attacker finds a hole in a library and runs a command in the container. With the defaults it is root, can "
        "write `/usr/bin`, download tools, open raw sockets to listen to its neighbours, and try every bug of the "
        "kernel. "
        "With the five settings it is a nobody in a read-only room, and most published exploits stop there.",
    .fine_when =
        "The program really needs the right, and the setting next to it says so; or nothing but you can reach it.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "pod",
                  .summary = "A container of a pod omits hardening that its security context could ask for.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Recommended, Severity::Information}},
                  .languages = Language::Kubernetes},
                 {.name = "service",
                  .summary = "A service omits hardening that Compose could ask for.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Recommended, Severity::Hint}},
                  .languages = Language::Compose}},
    .references = {"https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
                   "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html"},
    .examples =
        {{"a container of Windows", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    platform: windows/amd64\n    mem_limit: 1g\n    cpus: "
          "2\n  agent:\n    image: shop/agent:1.4.2\n    mem_limit: 1g\n    cpus: 2\n    volumes: "
          "['\\\\.\\pipe\\docker_engine:\\\\.\\pipe\\docker_engine']\n"},
         {"nothing is said", "deployment.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: <|web|>\n"
          "      image: shop:1.4.2\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      securityContext:\n        allowPrivilegeEscalation: false\n"
          "        capabilities:\n          drop:\n            - ALL\n        runAsNonRoot: true\n        "
          "seccompProfile:\n"
          "          type: RuntimeDefault\n        readOnlyRootFilesystem: true\n"},
         {"the pod says a part", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  securityContext:\n    runAsUser: 1000\n"
          "    seccompProfile:\n      type: RuntimeDefault\n  containers:\n    - name: <|web|>\n      image: "
          "shop:1.4.2\n"
          "      securityContext:\n        readOnlyRootFilesystem: true\n        capabilities:\n          drop:\n"
          "            - NET_RAW\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  securityContext:\n    runAsUser: 1000\n"
          "    seccompProfile:\n      type: RuntimeDefault\n  containers:\n    - name: web\n      image: shop:1.4.2\n"
          "      securityContext:\n        readOnlyRootFilesystem: true\n        allowPrivilegeEscalation: false\n"
          "        capabilities:\n          drop:\n            - NET_RAW\n            - ALL\n"},
         {"a service", "compose.yaml", "services:\n  <|web|>:\n    image: shop:1.4.2\n    restart: always\n",
          "services:\n  web:\n    image: shop:1.4.2\n    restart: always\n    security_opt:\n"
          "      - no-new-privileges:true\n    cap_drop:\n      - ALL\n    read_only: true\n    tmpfs:\n      - "
          "/tmp\n"},
         {"a service without limits", "compose.yaml",
          "services:\n  <|web|>:\n    image: shop:1.4.2\n    read_only: true\n    cap_drop: [ALL]\n"
          "    security_opt: [\"no-new-privileges:true\"]\n"},
         {"a service for development", "compose.override.yaml", "services:\n  web:\n    image: shop:1.4.2\n"},
         {"a profile for development", "compose.yaml",
          "services:\n  mail:\n    image: mailhog:1.0.1\n    profiles: [dev]\n"},
         {"all is said", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      securityContext:\n        allowPrivilegeEscalation: false\n"
          "        readOnlyRootFilesystem: false\n        runAsNonRoot: true\n        capabilities: {drop: [ALL]}\n"
          "        seccompProfile: {type: RuntimeDefault}\n"},
         {"pods of simulated nodes", "deployment.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  tolerations:\n"
          "    - {key: kwok.x-k8s.io/node, operator: Exists}\n  containers:\n    - {name: a, image: shop:1.4.2}\n"
          "---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: b\nspec:\n  nodeSelector: {type: kwok}\n"
          "  containers:\n    - {name: b, image: shop:1.4.2}\n---\napiVersion: v1\nkind: Pod\nmetadata:\n"
          "  name: c\nspec:\n  affinity:\n    nodeAffinity:\n"
          "      requiredDuringSchedulingIgnoredDuringExecution:\n        nodeSelectorTerms:\n"
          "          - matchExpressions:\n              - {key: type, operator: In, values: [kwok]}\n"
          "  containers:\n    - {name: c, image: shop:1.4.2}\n---\napiVersion: v1\nkind: Pod\nmetadata:\n"
          "  name: d\nspec:\n  containers:\n    - {name: d, image: fake-image}\n"},
         {"a part of a service, which another file completes", "compose.yaml",
          "services:\n  web:\n    restart: always\n"},
         {"a hardened service", "compose.yaml",
          "services:\n  web:\n    image: shop:1.4.2\n    read_only: true\n    cap_drop: [ALL]\n"
          "    security_opt: [\"no-new-privileges:true\"]\n    deploy:\n      resources:\n        limits:\n"
          "          memory: 512M\n          cpus: \"1.0\"\n          pids: 100\n"}},
    .checks = {on(check_workload), on(check_service)},
});

}  // namespace quaymaster::rules
