#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/compose/compose.h"
#include "model/kubernetes/kubernetes.h"
#include "rules/rule_context.h"
#include "rules/support/host_paths.h"
#include "rules/support/message.h"
#include "rules/support/paths.h"
#include "text/one_of.h"

namespace quaymaster::rules {
extern const Rule sensitive_host_path;
namespace {

/// A folder of the host, writing to which is as good as being root there.
struct Folder {
  std::string_view path;
  bool tells = false;       ///< reading it is worth something, too
  bool with_below = false;  ///< what lies below it is as good
  std::string_view holds;
};

constexpr std::array kFolders{
    Folder{"/etc", true, true, "accounts, passwords and start-up jobs"},
    Folder{"/root", true, true, "the files and keys of root"},
    Folder{"/boot", true, true, "the kernel that it starts"},
    Folder{"/proc", true, true, "its processes and the settings of its kernel"},
    Folder{"/var/lib/docker", true, true, "the files of all containers"},
    Folder{"/var/lib/containerd", true, true, "the files of all containers"},
    Folder{"/var/lib", true, false, "the files of all containers"},
    Folder{"/bin", false, true, "programs that its root runs"},
    Folder{"/sbin", false, true, "programs that its root runs"},
    Folder{"/usr/bin", false, true, "programs that its root runs"},
    Folder{"/usr/sbin", false, true, "programs that its root runs"},
    Folder{"/usr/local/bin", false, true, "programs that its root runs"},
    Folder{"/usr/local/sbin", false, true, "programs that its root runs"},
    Folder{"/lib/modules", false, true, "modules that its kernel loads"},
    Folder{"/usr/lib/modules", false, true, "modules that its kernel loads"},
    Folder{"/usr", false, false, "programs that its root runs"},
    Folder{"/usr/lib", false, false, "libraries that its root loads"},
    Folder{"/lib", false, false, "libraries that its root loads"},
    Folder{"/lib64", false, false, "libraries that its root loads"},
};

const Folder* folder_of(std::string_view path) {
  for (const Folder& folder : kFolders)
    if (path == folder.path || (folder.with_below && is_in_folder(path, folder.path))) return &folder;
  return nullptr;
}

/// Whether what is below /etc decides who may do what on the host: the rest of it is settings of one program.
bool decides(std::string_view path) {
  constexpr std::string_view kDeciding[] = {"/etc/cron.d",        "/etc/crontab", "/etc/cron.daily", "/etc/sudoers",
                                            "/etc/sudoers.d",     "/etc/ssh",     "/etc/systemd",    "/etc/passwd",
                                            "/etc/shadow",        "/etc/group",   "/etc/pam.d",      "/etc/profile.d",
                                            "/etc/ld.so.preload", "/etc/init.d",  "/etc/docker",     "/etc/kubernetes"};
  return !path.starts_with("/etc/") ||
         std::ranges::any_of(kDeciding, [path](std::string_view each) { return is_in_folder(path, each); });
}

bool is_time_zone(std::string_view path) { return path == "/etc/localtime" || path == "/etc/timezone"; }

/// The folder of somebody's home that `path` is, or lies in: "" for the home itself; nothing for anything else.
std::optional<std::string_view> folder_of_home(std::string_view path) {
  if (path.starts_with('~')) {
    path.remove_prefix(1);
  } else {
    constexpr std::string_view kHomes = "/home";
    if (!is_in_folder(path, kHomes)) return std::nullopt;
    path.remove_prefix(kHomes.size());
    const std::size_t user_end = path.find('/', 1);
    path = user_end == std::string_view::npos ? std::string_view() : path.substr(user_end);
  }
  if (path.empty()) return path;
  return path.substr(1, path.find('/', 1) == std::string_view::npos ? path.size() : path.find('/', 1) - 1);
}

bool holds_keys(std::string_view folder) {
  constexpr std::string_view kKeyFolders[] = {".ssh", ".aws", ".kube", ".docker", ".gnupg", ".azure"};
  return one_of(kKeyFolders, folder);
}

/// What hands the host over is for runtime-socket to say.
bool is_socket_path(std::string_view path) {
  constexpr std::string_view kHolders[] = {"/run/containerd", "/run/systemd",    "/run/crio",
                                           "/run/podman",     "/var/run/crio",   "/var/run/systemd",
                                           "/var/run/docker", "/var/run/podman", "/var/run/containerd"};
  return path.ends_with("docker.sock") || path.ends_with("containerd.sock") || path.ends_with("crio.sock") ||
         path.ends_with("podman.sock") || path.ends_with("/systemd/private") || path.ends_with("cri-dockerd.sock") ||
         one_of(kHolders, path);
}

bool is_harmless_device(std::string_view path) {
  constexpr std::string_view kDevices[] = {"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"};
  return one_of(kDevices, path);
}

using Aliases = std::vector<std::string_view>;

void report(std::string_view variant, const HostPath& path, std::string_view rest, Aliases aliases, RuleContext& ctx) {
  aliases.emplace_back("kics:volume-has-sensitive-host-directory");
  ctx.report({.variant = variant,
              .range = path.range,
              .message = quoted(path.path, 20) + std::string(rest),
              .aliases = std::move(aliases)});
}

void check_folder(const HostPath& path, const Folder& folder, RuleContext& ctx) {
  const std::string holds(folder.holds);
  if (path.read_only) {
    if (folder.tells && !is_time_zone(path.path))
      report("readable", path, " of the host: " + holds + ", to read", {"compose-lint:CL-0013"}, ctx);
  } else if (path.path == folder.path || decides(path.path)) {
    report("writable", path, " of the host, writable: " + holds, {"compose-lint:CL-0025"}, ctx);
  } else {
    report("writable-file", path, " of the host can be changed from the container",
           {is_time_zone(path.path) ? "compose-lint:CL-0013" : "compose-lint:CL-0025"}, ctx);
  }
}

void check_path(const HostPath& path, RuleContext& ctx) {
  const std::string_view text = path.path;
  if (is_socket_path(text) || is_harmless_device(text)) return;
  if (text == "/") {
    if (path.read_only)
      return report("whole-host", path, " is the whole host, with its sockets", {"compose-lint:CL-0001"}, ctx);
    return report("writable", path, " is the whole host, writable", {"compose-lint:CL-0001"}, ctx);
  }
  if (is_in_folder(text, "/sys") || is_in_folder(text, "/dev"))
    return report("kernel", path, " of the host shows its kernel and devices", {"compose-lint:CL-0013"}, ctx);
  if ((text.starts_with("/run/") || text.starts_with("/var/run/")))
    return report("services", path, " of the host: what its services talk through", {"compose-lint:CL-0013"}, ctx);
  if (const std::optional<std::string_view> folder = folder_of_home(text)) {
    if (holds_keys(*folder))
      report("keys", path, " holds keys of whoever starts the container", {"compose-lint:CL-0013"}, ctx);
    else if (folder->empty())
      report("home", path, " is all that somebody has on the host", {"compose-lint:CL-0013"}, ctx);
    return;
  }
  if (const Folder* folder = folder_of(text)) check_folder(path, *folder, ctx);
}

void check_service(const compose::Service& service, RuleContext& ctx) {
  for (const HostPath& path : host_paths(service)) check_path(path, ctx);
}

void check_file(const compose::File& file, RuleContext& ctx) {
  for (const HostPath& path : declared_host_paths(file)) check_path(path, ctx);
}

/// Whether some container may write to the volume. One that nobody mounts is there for nothing, and not written to.
bool is_written_to(const kubernetes::Workload& workload, const kubernetes::Volume& volume) {
  return std::ranges::any_of(workload.containers, [&](const kubernetes::PodContainer& container) {
    return std::ranges::any_of(container.container.mounts, [&](const container::Mount& mount) {
      return mount.kind == container::Mount::Kind::HostPath && mount.source_range == volume.source_range &&
             !mount.read_only;
    });
  });
}

/// The folders that several Kubernetes linters know by heart.
std::vector<std::string_view> pod_aliases(std::string_view path) {
  constexpr std::string_view kOfKubeLinter[] = {"/", "/boot", "/dev", "/etc", "/lib", "/proc", "/sys", "/usr"};
  std::vector<std::string_view> aliases;
  if (one_of(kOfKubeLinter, path)) aliases = {"kube-linter:sensitive-host-mounts", "trivy:KSV-0121"};
  if (path == "/var/lib/docker") aliases.emplace_back("trivy:KSV-0121");
  if (path == "/proc") aliases.emplace_back("kubesec:ProcMount");
  return aliases;
}

/// What tells which cloud account a node has.
bool holds_cloud_keys(std::string_view path) {
  constexpr std::string_view kPlaces[] = {"/etc/kubernetes/azure.json",
                                          "/etc/kubernetes/cloud.conf",
                                          "/gcloud",
                                          "/root/.config/gcloud",
                                          "/root/.aws",
                                          "/root/.azure"};
  if (std::ranges::any_of(kPlaces, [path](std::string_view each) { return is_in_folder(path, each); })) return true;
  const std::optional<std::string_view> folder = folder_of_home(path);
  constexpr std::string_view kKeyFolders[] = {".aws", ".azure", ".config"};
  return folder && one_of(kKeyFolders, *folder) && (*folder != ".config" || path.ends_with("/.config/gcloud"));
}

/// What the folder holds that decides about the node; empty when it holds nothing of the kind.
std::string_view decisive(std::string_view path) {
  if (path == "/") return "all of the node";
  if (is_in_folder(path, "/dev") && !is_harmless_device(path) && path != "/dev/log") return "the devices of the node";
  if (is_in_folder(path, "/sys")) return "the settings of the node's kernel";
  if (is_in_folder(path, "/var/lib/kubelet")) return "the secrets of all pods of the node";
  if (is_in_folder(path, "/etc/kubernetes")) return "keys of the cluster";
  if (is_in_folder(path, "/var/lib/etcd")) return "everything that the cluster knows";
  if (path == "/var/log") return "links to any file of the node";
  const Folder* folder = folder_of(path);
  return folder != nullptr && (path == folder->path || decides(path)) ? folder->holds : std::string_view();
}

void check_volume(const kubernetes::Workload& workload, const kubernetes::Volume& volume, RuleContext& ctx) {
  const std::optional<std::string> path = absolute_path(volume.source, "");
  if (!path || is_socket_path(*path) || is_time_zone(*path)) return;
  const std::string subject = quoted(*path, 24);
  if (holds_cloud_keys(*path))
    return ctx.report({.variant = "cloud-keys",
                       .range = volume.source_range,
                       .message = subject + " holds the cloud credentials of the node"});
  const std::string_view holds = decisive(*path);
  if (holds.empty()) return;
  // An agent that every node has once is there to look after the node.
  const bool exposed = workload.object.kind != "DaemonSet" && is_written_to(workload, volume);
  ctx.report({.variant = exposed ? "pod" : "agent",
              .range = volume.source_range,
              .message = subject + (exposed ? ", writable: " : ": ") + std::string(holds),
              .aliases = pod_aliases(*path)});
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  for (const kubernetes::Volume& volume : workload.volumes)
    if (volume.kind == kubernetes::Volume::Kind::HostPath && !volume.source.empty())
      check_volume(workload, volume, ctx);
}

constexpr StaticList<Alias, 24> kPodAliases = {{Language::Kubernetes, "kube-linter:sensitive-host-mounts"},
                                               {Language::Kubernetes, "trivy:KSV-0121"},
                                               {Language::Kubernetes, "kubesec:ProcMount"}};

consteval StaticList<Alias, 24> peers(std::string_view compose_lint) {
  return {{Language::Compose, compose_lint}, {Language::Compose, "kics:volume-has-sensitive-host-directory"}};
}

constexpr StaticList<PresetEntry, kPresetCount> kStrict = {{Preset::Strict, Severity::Information}};

}  // namespace

constinit const Rule sensitive_host_path = checked({
    .name = "sensitive-host-path",
    .family = Family::Isolation,
    .title = "A folder of the host that decides about the host is mounted.",
    .consequence =
        "The backup service mounts `/etc`, to be on the safe side. A hole in its web page lets somebody write one line "
        "to "
        "`/etc/cron.d`, and a minute later the host itself runs that line as root. With `~/.ssh` not even that is "
        "needed: the keys open the other machines, too.",
    .fine_when = "The container looks after the host itself, such as a metrics exporter that reads `/proc` and `/sys`, "
                 "or writes a folder that belongs to it alone.",
    .fix = FixAvailability::None,
    .variants = {{.name = "writable",
                  .summary = "A folder, writing to which is as good as being root of the host.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .aliases = {{Language::Compose, "compose-lint:CL-0025"},
                              {Language::Compose, "compose-lint:CL-0001"},
                              {Language::Compose, "kics:volume-has-sensitive-host-directory"}},
                  .languages = Language::Compose},
                 {.name = "keys",
                  .summary = "A folder of a home that holds keys.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = peers("compose-lint:CL-0013"),
                  .languages = Language::Compose},
                 {.name = "whole-host",
                  .summary = "The root folder of the host, read-only.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}},
                  .aliases = peers("compose-lint:CL-0001"),
                  .languages = Language::Compose},
                 {.name = "writable-file",
                  .summary = "Settings of one program of the host, writable.",
                  .severity = Severity::Information,
                  .presets = kStrict,
                  .aliases = {{Language::Compose, "compose-lint:CL-0025"},
                              {Language::Compose, "compose-lint:CL-0013"},
                              {Language::Compose, "kics:volume-has-sensitive-host-directory"}},
                  .languages = Language::Compose},
                 {.name = "readable",
                  .summary = "Settings, accounts or processes of the host, read-only.",
                  .severity = Severity::Information,
                  .presets = kStrict,
                  .aliases = peers("compose-lint:CL-0013"),
                  .languages = Language::Compose},
                 {.name = "kernel",
                  .summary = "What is below /sys or /dev.",
                  .severity = Severity::Information,
                  .presets = kStrict,
                  .aliases = peers("compose-lint:CL-0013"),
                  .languages = Language::Compose},
                 {.name = "services",
                  .summary = "What the services of the host put below /run.",
                  .severity = Severity::Information,
                  .presets = kStrict,
                  .aliases = peers("compose-lint:CL-0013"),
                  .languages = Language::Compose},
                 {.name = "home",
                  .summary = "The whole home of a user.",
                  .severity = Severity::Information,
                  .presets = kStrict,
                  .aliases = peers("compose-lint:CL-0013"),
                  .languages = Language::Compose},
                 {.name = "pod",
                  .summary = "A pod can write to a path of its node that decides about the node.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = kPodAliases,
                  .languages = Language::Kubernetes},
                 {.name = "agent",
                  .summary = "An agent on every node has such a path, or a pod that only reads it.",
                  .severity = Severity::Information,
                  .presets = kStrict,
                  .aliases = kPodAliases,
                  .languages = Language::Kubernetes},
                 {.name = "cloud-keys",
                  .summary = "A pod mounts the cloud credentials of its node.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Kubernetes, "kubescape:C-0020"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://docs.docker.com/engine/security/#docker-daemon-attack-surface",
                   "https://docs.docker.com/engine/storage/bind-mounts/#considerations-and-constraints"},
    .examples =
        {{"a folder that decides", "compose.yaml",
          "services:\n  backup:\n    image: backup:1.4.2\n    volumes:\n      - <|/etc|>:/host/etc\n"
          "      - \"<|/etc/../root/|>:/host/root\"\n      - <|/|>:/host\n      - <|/usr/local/bin|>:/plugins\n"},
         {"the long syntax", "compose.yaml",
          "services:\n  backup:\n    image: backup:1.4.2\n    volumes:\n      - type: bind\n"
          "        source: <|/var/lib/docker/volumes|>\n        target: /volumes\n"},
         {"behind a volume", "compose.yaml",
          "services:\n  backup:\n    image: backup:1.4.2\n    volumes: [settings:/settings]\nvolumes:\n  settings:\n"
          "    driver_opts: {type: none, o: bind, device: <|/etc|>}\n"},
         {"keys", "compose.yaml",
          "services:\n  deploy:\n    image: deploy:1.4.2\n    volumes:\n      - <|~/.ssh|>:/root/.ssh:ro\n"
          "      - <|/home/anna/.aws|>:/root/.aws:ro\n      - <|/home/anna|>:/anna\n"},
         {"to read only", "compose.yaml",
          "services:\n  exporter:\n    image: exporter:1.4.2\n    volumes:\n      - <|/proc|>:/host/proc:ro\n"
          "      - <|/sys|>:/host/sys:ro\n      - <|/|>:/rootfs:ro\n      - <|/run/dbus|>:/run/dbus:ro\n"},
         {"settings of one program", "compose.yaml",
          "services:\n  web:\n    image: web:1.4.2\n    volumes:\n      - <|/etc/letsencrypt|>:/etc/letsencrypt\n"
          "      - <|/etc/localtime|>:/etc/localtime\n"},
         {"a pod", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: backup\nspec:\n  containers:\n    - name: backup\n"
          "      image: backup:1.4.2\n      volumeMounts:\n        - {name: etc, mountPath: /host/etc}\n"
          "        - {name: proc, mountPath: /host/proc, readOnly: true}\n"
          "        - {name: aws, mountPath: /root/.aws, readOnly: true}\n  volumes:\n    - name: etc\n"
          "      hostPath:\n        path: <|/etc/|>\n    - name: proc\n      hostPath: {path: <|/proc|>}\n"
          "    - name: aws\n      hostPath: {path: <|/home/ec2-user/.aws|>}\n    - name: data\n"
          "      hostPath: {path: /srv/data}\n    - name: zone\n      hostPath: {path: /etc/localtime}\n"},
         {"an agent", "daemonset.yaml",
          "apiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: net\nspec:\n  selector:\n"
          "    matchLabels: {app: net}\n  template:\n    metadata:\n      labels: {app: net}\n    spec:\n"
          "      containers:\n        - name: net\n          image: net:1.4.2\n          volumeMounts:\n"
          "            - {name: modules, mountPath: /lib/modules}\n      volumes:\n        - name: modules\n"
          "          hostPath: {path: <|/lib/modules|>}\n"},
         {"what is nobody's secret", "compose.yaml",
          "services:\n  web:\n    image: web:1.4.2\n    volumes:\n      - /etc/localtime:/etc/localtime:ro\n"
          "      - /usr/bin/tool:/usr/bin/tool:ro\n      - /dev/null:/app/.env\n      - ./etc:/etc/app\n"
          "      - /srv/data:/data\n      - /home/anna/shop/data:/data2\n      - ~/shop:/shop\n      - "
          "settings:/etc/x\n"
          "      - ${FOLDER}/etc:/etc/y\nvolumes:\n  settings:\n    driver_opts: {type: nfs, o: \"addr=10.0.0.1\", "
          "device: "
          "\":/etc\"}\n"}},
    .checks = {on(check_service), on(check_file), on(check_workload)},
});

}  // namespace quaymaster::rules
