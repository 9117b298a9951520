#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "model/kubernetes/kubernetes.h"
#include "rules/rule_context.h"
#include "rules/support/host_paths.h"
#include "rules/support/message.h"
#include "rules/support/volume_removal.h"

namespace quaymaster::rules {
extern const Rule runtime_socket;
namespace {

/// A path without slashes at its end.
std::string_view trimmed(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return path;
}

bool is_socket(std::string_view path) {
  constexpr std::string_view kSockets[] = {"/docker.sock", "/containerd.sock", "/crio.sock",    "/cri-dockerd.sock",
                                           "/podman.sock", "/dockershim.sock", "/docker_engine"};
  return std::ranges::any_of(kSockets, [path](std::string_view socket) { return path.ends_with(socket); }) ||
         path.ends_with("\\docker_engine") || path.ends_with("/systemd/private");
}

/// Folders that hold the socket of a runtime.
bool is_socket_folder(std::string_view path) {
  constexpr std::string_view kFolders[] = {"/run",
                                           "/run/containerd",
                                           "/run/crio",
                                           "/run/podman",
                                           "/run/systemd",
                                           "/var/run",
                                           "/var/run/containerd",
                                           "/var/run/crio",
                                           "/var/run/podman",
                                           "/var/run/docker",
                                           "/var/run/systemd"};
  return std::ranges::find(kFolders, path) != std::end(kFolders);
}

std::vector<std::string_view> aliases_of(std::string_view path, Language language) {
  if (language == Language::Compose) return {"compose-lint:CL-0001", "kics:docker-socket-mounted-in-container"};
  std::vector<std::string_view> aliases{"kubescape:C-0074"};
  if (path.ends_with("docker.sock")) aliases.insert(aliases.end(), {"kube-linter:docker-sock", "kubesec:DockerSock"});
  if (path == "/var/run/docker.sock") aliases.insert(aliases.end(), {"trivy:KSV-0006", "checkov:CKV_K8S_27"});
  return aliases;
}

std::vector<std::string_view> folder_aliases(std::string_view path, Language language) {
  if (language == Language::Compose) return {"compose-lint:CL-0001"};
  return path == "/var/run/docker" ? std::vector<std::string_view>{"kubescape:C-0074"}
                                   : std::vector<std::string_view>{};
}

void check_path(std::string_view source, TextRange range, RuleContext& ctx, std::vector<Fix> fixes = {}) {
  const std::string_view path = trimmed(source);
  if (is_socket(path)) {
    ctx.report({.variant = "socket",
                .range = range,
                .message = quoted(path, 40) + " hands over the host, also when read-only",
                .fixes = std::move(fixes),
                .aliases = aliases_of(path, ctx.language())});
  } else if (is_socket_folder(path)) {
    ctx.report({.variant = "folder",
                .range = range,
                .message = quoted(path) + " holds the runtime's socket, which hands over the host",
                .fixes = std::move(fixes),
                .aliases = folder_aliases(path, ctx.language())});
  }
}

void check_service(const compose::Service& service, RuleContext& ctx) {
  for (const container::Mount& mount : service.container.mounts)
    if (mount.known && mount.kind == container::Mount::Kind::HostPath)
      check_path(mount.source, mount.source_range, ctx);
  if (service.use_api_socket && service.use_api_socket->value)
    ctx.report({.variant = "socket",
                .range = service.use_api_socket->key_range,
                .message = quoted(service.name) + " gets the engine's socket, which hands over the host",
                .aliases = std::vector<std::string_view>{}});
}

void check_file(const compose::File& file, RuleContext& ctx) {
  for (const HostPath& path : declared_host_paths(file)) check_path(path.path, path.range, ctx);
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  for (const kubernetes::Volume& volume : workload.volumes)
    if (volume.kind == kubernetes::Volume::Kind::HostPath)
      check_path(volume.source, volume.source_range, ctx,
                 volume_removal(workload, volume, "Remove the volume and its mounts",
                                "What talks to the runtime of the node then has to ask the API of the cluster."));
}

}  // namespace

constinit const Rule runtime_socket = checked({
    .name = "runtime-socket",
    .family = Family::Isolation,
    .title = "The socket of the container runtime is mounted.",
    .consequence = "Whoever can write to the socket can start a container that mounts `/` of the host. A hole in the "
                   "dashboard that "
                   "only wanted to list containers is root on the machine, one `docker run -v /:/host` later. Mounting "
                   "it read-only "
                   "changes nothing, for commands are sent through the file, not written to it.",
    .fine_when = "The container is the one that manages the others and is treated like root itself, or the proxy in "
                 "front of the "
                 "socket that lets only a few read requests through.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "socket",
                  .summary = "The socket itself is mounted.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .aliases = {{Language::Compose, "compose-lint:CL-0001"},
                              {Language::Compose, "kics:docker-socket-mounted-in-container"},
                              {Language::Kubernetes, "kube-linter:docker-sock"},
                              {Language::Kubernetes, "trivy:KSV-0006"},
                              {Language::Kubernetes, "checkov:CKV_K8S_27"},
                              {Language::Kubernetes, "kubescape:C-0074"},
                              {Language::Kubernetes, "kubesec:DockerSock"}},
                  .languages = Language::Compose | Language::Kubernetes},
                 {.name = "folder",
                  .summary = "A folder that holds the socket is mounted.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Compose, "compose-lint:CL-0001"}, {Language::Kubernetes, "kubescape:C-0074"}},
                  .languages = Language::Compose | Language::Kubernetes}},
    .references = {"https://docs.docker.com/engine/security/#docker-daemon-attack-surface",
                   "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html"},
    .examples =
        {{"a service", "compose.yaml",
          "services:\n  traefik:\n    image: traefik:3.2.1\n    volumes:\n"
          "      - <|/var/run/docker.sock|>:/var/run/docker.sock:ro\n"},
         {"the long syntax", "compose.yaml",
          "services:\n  runner:\n    image: runner:2.1.0\n    volumes:\n      - type: bind\n"
          "        source: <|/run/podman/podman.sock|>\n        target: /var/run/docker.sock\n"},
         {"the key for it", "compose.yaml",
          "services:\n  runner:\n    image: runner:2.1.0\n    <|use_api_socket|>: true\n"},
         {"a path from a default", "compose.yaml",
          "services:\n  runner:\n    image: runner:2.1.0\n    volumes:\n"
          "      - ${SOCKET:-<|/var/run/docker.sock|>}:/var/run/docker.sock\n"},
         {"behind a volume and a secret", "compose.yaml",
          "services:\n  runner:\n    image: runner:2.1.0\n    volumes:\n      - engine:/run/engine\n"
          "    secrets: [engine]\nvolumes:\n  engine:\n    driver_opts:\n      type: none\n      o: bind\n"
          "      device: <|/run/docker.sock|>\nsecrets:\n  engine:\n    file: <|/var/run/docker.sock|>\n"},
         {"a folder with the socket of the service manager", "compose.yaml",
          "services:\n  agent:\n    image: agent:2.1.0\n    volumes: [\"<|/run/systemd|>:/run/systemd:ro\"]\n"},
         {"a pod", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: agent\nspec:\n  containers:\n    - name: agent\n"
          "      image: agent:2.1.0\n      volumeMounts:\n        - name: sock\n          mountPath: /sock\n"
          "  volumes:\n    - name: sock\n      hostPath:\n        path: <|/run/containerd/containerd.sock|>\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: agent\nspec:\n  containers:\n    - name: agent\n"
          "      image: agent:2.1.0\n"},
         {"a volume among others, in one line", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: agent}\nspec:\n  containers:\n"
          "    - {name: agent, image: \"agent:2.1.0\", volumeMounts: [{name: sock, mountPath: /s}, {name: tmp, "
          "mountPath: /tmp}]}\n"
          "  volumes: [{name: tmp, emptyDir: {}}, {name: sock, hostPath: {path: <|/var/run/docker.sock|>}}]\n",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: agent}\nspec:\n  containers:\n"
          "    - {name: agent, image: \"agent:2.1.0\", volumeMounts: [{name: tmp, mountPath: /tmp}]}\n"
          "  volumes: [{name: tmp, emptyDir: {}}]\n"},
         {"the folder around it", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: agent\nspec:\n  containers:\n    - name: agent\n"
          "      image: agent:2.1.0\n  volumes:\n    - name: run\n      hostPath:\n        path: <|/var/run/|>\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: agent\nspec:\n  containers:\n    - name: agent\n"
          "      image: agent:2.1.0\n"},
         {"another socket", "compose.yaml",
          "services:\n  db:\n    image: mysql:8.4.3\n    volumes:\n      - ./run:/var/run\n"
          "      - /var/run/mysqld/mysqld.sock:/tmp/mysql.sock\n"}},
    .checks = {on(check_service), on(check_file), on(check_workload)},
});

}  // namespace quaymaster::rules
