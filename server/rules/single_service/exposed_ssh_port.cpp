#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/container/container.h"
#include "model/dockerfile/file.h"
#include "model/kubernetes/kubernetes.h"
#include "rules/in_workspace.h"
#include "rules/rule_context.h"
#include "rules/support/removal.h"
#include "text/ascii.h"
#include "text/one_of.h"

namespace quaymaster::rules {
extern const Rule exposed_ssh_port;
namespace {

constexpr std::uint16_t kSsh = 22;

bool is_ssh(const container::PortBinding& port) {
  return port.container_port == kSsh && ascii_lower(port.protocol) == "tcp";
}

void report(const container::PortBinding& port, std::vector<Fix> fixes, RuleContext& ctx) {
  const bool published = port.reach == container::PortBinding::Reach::HostAll;
  ctx.report({.variant = "container",
              .range = port.range,
              .message = published ? "port 22 of the container is published: who gets in there works by hand"
                                   : "port 22 is for logging in: a container is not maintained from inside",
              .fixes = std::move(fixes)});
}

/// Whether the image called `name` serves repositories or files over SSH, going by that name.
bool serves_over_ssh(std::string_view name) {
  constexpr std::string_view kParts[] = {"git", "gogs", "forgejo", "sftp", "ssh", "bastion", "gerrit", "phabricator"};
  return contains_any(name, kParts);
}

bool serves_over_ssh(const container::Container& container) {
  return container.image && container.image->known && serves_over_ssh(container.image->reference.canonical_name());
}

void check_expose(const container::PortBinding& port, RuleContext& ctx) {
  if (ctx.language() != Language::Dockerfile || !is_ssh(port)) return;
  const dockerfile::Context* context = ctx.instruction_context();
  if (context == nullptr || !serves_over_ssh(context->base_name)) report(port, {}, ctx);
}

void check_container(const container::Container& container, RuleContext& ctx) {
  if (ctx.language() == Language::Dockerfile || serves_over_ssh(container)) return;
  for (const container::PortBinding& port : container.ports) {
    if (!is_ssh(port)) continue;
    std::vector<Fix> fixes;
    if (ctx.language() == Language::Kubernetes && container.place)
      fixes = removal(*container.place->document, port.range, container.place->shared || port.shared,
                      "Take the port out", "The SSH server itself has to be taken out of the image.");
    report(port, std::move(fixes), ctx);
  }
}

/// The port of a Service by which people log in, also where that is not the one of the container.
yaml::Value login_port(const kubernetes::Object& service) {
  constexpr std::int64_t kOther = 2222;
  for (const yaml::Element& item : service.value.get({"spec", "ports"}).items()) {
    if (item.value.get("protocol").string().value_or("TCP") != "TCP") continue;
    for (const std::string_view key : {"targetPort", "port"})
      if (const yaml::Value port = item.value.get(key); port.integer() == kSsh || port.integer() == kOther) return port;
  }
  return {};
}

void check_service(const Member& service, const ObjectSet& set, RuleContext& ctx) {
  const std::optional<kubernetes::LabelSelector>& selector = service.brief->selector;
  if (!selector || selector->empty()) return;
  const yaml::Value port = login_port(*service.object);
  const std::vector<const Member*> pods = port ? set.selected(*selector, *service.brief) : std::vector<const Member*>();
  if (pods.empty()) return;
  for (const Member* pod : pods)
    if (pod->workload != nullptr)
      for (const kubernetes::PodContainer& container : pod->workload->containers)
        if (serves_over_ssh(container.container)) return;
  ctx.report({.variant = "service",
              .range = port.range().shifted(service.begin),
              .message = "the Service lets people log in to the pods of " + named(*pods.front()->brief)});
}

void check_set(const KubernetesInWorkspace& in, RuleContext& ctx) {
  for (const Member* member : in.objects.here())
    if (member->brief->kind == "Service" && member->brief->api_version == "v1") check_service(*member, in.objects, ctx);
}

}  // namespace

constinit const Rule exposed_ssh_port = checked({
    .name = "exposed-ssh-port",
    .family = Family::SingleService,
    .title = "The container offers a port to log in to.",
    .consequence =
        "Somebody logs in, edits a file, and the service works again. The next rollout replaces the container, the "
        "change is gone, and nobody knows what it was. Meanwhile a second daemon has to be kept up to date, with "
        "accounts and keys of its own, and the whole network may try passwords on it.",
    .fine_when =
        "SSH is the service itself: a Git server, an SFTP server, a bastion, or a place for developers to work in.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "container",
                  .summary = "A container has port 22.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "trivy:DS-0004"},
                              {Language::Dockerfile, "checkov:CKV_DOCKER_1"},
                              {Language::Kubernetes, "kube-linter:ssh-port"}}},
                 {.name = "service",
                  .summary = "A Service leads to port 22 or 2222 of pods.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Kubernetes, "kubescape:C-0042"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://docs.docker.com/build/building/best-practices/#decouple-applications",
                   "https://kubernetes.io/docs/tasks/debug/debug-application/debug-running-pod/"},
    .examples =
        {{"beside the service", "Dockerfile", "FROM debian:12.8\nEXPOSE 8080 <|22|>\n"},
         {"with a protocol", "Dockerfile", "FROM debian:12.8\nENV SSH_PORT=22\nEXPOSE <|${SSH_PORT}/TCP|>\n"},
         {"a service", "compose.yaml",
          "services:\n  app:\n    image: shop/app:1.0.0\n    ports:\n      - \"<|2222:22|>\"\n"},
         {"a pod", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: app\nspec:\n  containers:\n    - name: app\n"
          "      image: shop/app:1.0.0\n      ports:\n        - containerPort: 8080\n"
          "        - <|containerPort: 22|>\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: app\nspec:\n  containers:\n    - name: app\n"
          "      image: shop/app:1.0.0\n      ports:\n        - containerPort: 8080\n"},
         {"a server for repositories", "compose.yaml",
          "services:\n  git:\n    image: gitea/gitea:1.22.4\n    ports:\n      - \"2222:22\"\n"},
         {"in the network of another", "compose.yaml",
          "services:\n  app:\n    image: shop/app:1.0.0\n    network_mode: service:vpn\n    ports:\n"
          "      - \"2222:22\"\n"},
         {"above such a server", "Dockerfile",
          "FROM gitea/gitea:1.22.4\nEXPOSE 22 3000\nFROM atmoz/sftp:alpine\nEXPOSE 22\n"},
         {"other ports", "Dockerfile", "FROM debian:12.8\nEXPOSE 2222 22/udp 80 220\n"},
         {"another port of the container", "compose.yaml",
          "services:\n  app:\n    image: shop/app:1.0.0\n    ports:\n      - \"22:8080\"\n"},
         {"a Service", "app.yaml",
          "apiVersion: v1\nkind: Service\nmetadata: {name: app}\nspec:\n  selector: {app: app}\n  ports:\n"
          "    - port: 80\n    - port: 8022\n      targetPort: <|2222|>\n---\napiVersion: v1\nkind: Pod\n"
          "metadata:\n  name: app\n  labels: {app: app}\nspec:\n  containers:\n    - name: app\n"
          "      image: shop/app:1.0.0\n"},
         {"a Service of a server for files", "files.yaml",
          "apiVersion: v1\nkind: Service\nmetadata: {name: files}\nspec:\n  selector: {app: files}\n"
          "  ports: [{port: 22}]\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: files\n"
          "  labels: {app: files}\nspec:\n  containers:\n    - name: files\n      image: atmoz/sftp:alpine-3.7\n"}},
    .checks = {on(check_expose), on(check_container), on(check_set)},
});

}  // namespace quaymaster::rules
