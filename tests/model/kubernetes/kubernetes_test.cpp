#include "model/kubernetes/kubernetes.h"

#include <string>

#include "model/yaml/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

kubernetes::Manifest model(std::string_view text) {
  shell::ScriptParser scripts;
  return kubernetes::model(parse_yaml(text), scripts);
}

std::string text_at(const kubernetes::Manifest& manifest, TextRange range) {
  return std::string(slice(manifest.document->text(), range));
}

/// `lines`, each behind `indent` blanks.
std::string indented(std::string_view lines, std::size_t indent) {
  std::string out;
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', at), lines.size());
    out += std::string(indent, ' ') + std::string(lines.substr(at, end - at)) + "\n";
    at = end + 1;
  }
  return out;
}

/// A pod whose container has the keys `keys`; `spec` are further keys of the pod.
kubernetes::Manifest pod(std::string_view keys, std::string_view spec = "") {
  return model("apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n" + indented(spec, 2) +
               "  containers:\n  - name: web\n    image: nginx:1\n" + indented(keys, 4));
}

const kubernetes::PodContainer& only(const kubernetes::Manifest& manifest) {
  REQUIRE(manifest.workloads.size() == 1);
  REQUIRE(manifest.workloads.front().containers.size() == 1);
  return manifest.workloads.front().containers.front();
}

/// Kind, name and namespace of each object.
std::string objects(const kubernetes::Manifest& manifest) {
  std::string out;
  for (const kubernetes::Object& object : manifest.objects)
    out += object.api_version + " " + object.kind + " " + object.namespace_name.value_or("-") + "/" + object.name +
           "(" + text_at(manifest, object.name_range) + ") ";
  return out;
}

TEST_CASE("objects, also those in lists") {
  const auto [text, result] = GENERATE(table<std::string, std::string>({
      {"apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: n}\n", "v1 Service n/a(a) "},
      {"apiVersion: v1\nkind: Pod\nmetadata: {generateName: a-}\n", "v1 Pod -/(a-) "},
      {"apiVersion: v1\nkind: Pod\n", "v1 Pod -/(Pod) "},
      {"apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: A\n  metadata: {name: a}\n- {apiVersion: v2, "
       "kind: B}\n",
       "v1 A -/a(a) v2 B -/(B) "},
      {"apiVersion: apps/v1\nkind: DeploymentList\nitems:\n- metadata: {name: a}\n", "apps/v1 Deployment -/a(a) "},
      {"kind: Pod\n", " Pod -/(Pod) "},
      {"a: b\n", ""},
      {"- op: replace\n  path: /x\n", ""},
      {"", ""},
  }));
  CAPTURE(text);
  CHECK(objects(model(text)) == result);
}

TEST_CASE("every kind that embeds a pod template is a workload") {
  const auto [version, kind, path] = GENERATE(table<std::string, std::string, std::string>({
      {"v1", "Pod", "spec"},
      {"v1", "PodTemplate", "template.spec"},
      {"v1", "ReplicationController", "spec.template.spec"},
      {"apps.openshift.io/v1", "DeploymentConfig", "spec.template.spec"},
      {"apps/v1", "Deployment", "spec.template.spec"},
      {"apps/v1", "ReplicaSet", "spec.template.spec"},
      {"apps/v1", "StatefulSet", "spec.template.spec"},
      {"apps/v1", "DaemonSet", "spec.template.spec"},
      {"extensions/v1beta1", "Deployment", "spec.template.spec"},
      {"batch/v1", "Job", "spec.template.spec"},
      {"batch/v1beta1", "CronJob", "spec.jobTemplate.spec.template.spec"},
      {"argoproj.io/v1alpha1", "Rollout", "spec.template.spec"},
      {"serving.knative.dev/v1", "Service", "spec.template.spec"},
      {"example.org/v1", "Nightly", "spec.jobTemplate.spec.template.spec"},
      {"example.org/v1", "Special", "spec"},
  }));
  CAPTURE(kind);
  std::string text = "apiVersion: " + version + "\nkind: " + kind + "\n";
  std::string indent;
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t end = std::min(path.find('.', at), path.size());
    text += indent + path.substr(at, end - at) + ":\n";
    indent += "  ";
    at = end + 1;
  }
  const kubernetes::Manifest manifest = model(text + indent + "containers: [{name: web, image: nginx}]\n");
  CHECK(only(manifest).container.name == "web");
  const bool built_in = version.find('.') == std::string::npos || kind == "DeploymentConfig";
  CHECK(manifest.workloads.front().custom == !built_in);
  CHECK(manifest.workloads.front().object.kind == kind);
}

TEST_CASE("objects that run no pods are no workloads") {
  for (const char* text :
       {"apiVersion: v1\nkind: Service\nspec: {ports: []}\n", "apiVersion: apps/v1\nkind: Deployment\n",
        "apiVersion: apps/v1\nkind: Deployment\nspec: text\n",
        "apiVersion: x.org/v1\nkind: A\nspec: {containers: [{name: b}]}\n",
        "apiVersion: x.org/v1\nkind: A\nspec: {containers: {image: b}}\n", "kind: Pod\nspec:\n"})
    CHECK(model(text).workloads.empty());
}

TEST_CASE("a container has the smallest text as its name") {
  const auto [text, range] = GENERATE(table<std::string, std::string>({
      {"{name: \"web\", image: x}", "web"},
      {"{image: x}", "x"},
      {"{command: [a]}", "command"},
  }));
  const kubernetes::Manifest manifest = model("apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - " + text + "\n");
  CHECK(text_at(manifest, only(manifest).container.name_range) == range);
}

TEST_CASE("kinds of containers") {
  const kubernetes::Manifest manifest = model(
      "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - {name: a, image: x}\n  initContainers:\n  - {name: b, "
      "image: x}\n"
      "  - {name: c, image: x, restartPolicy: Always}\n  ephemeralContainers:\n  - {name: d, image: x}\n");
  const auto& containers = manifest.workloads.at(0).containers;
  REQUIRE(containers.size() == 4);
  using Kind = container::Container::Kind;
  CHECK(containers[0].container.kind == Kind::PodContainer);
  CHECK(containers[1].container.kind == Kind::InitContainer);
  CHECK_FALSE(containers[1].sidecar);
  CHECK(containers[2].container.kind == Kind::InitContainer);
  CHECK(containers[2].sidecar);
  CHECK(containers[3].ephemeral);
}

TEST_CASE("what a container leaves out comes from its pod") {
  const std::string pod_context = "securityContext: {runAsUser: 0, runAsNonRoot: false}\nhostNetwork: yes\n";
  const kubernetes::Manifest inherited = pod("", pod_context);
  CHECK(only(inherited).container.user->root());
  CHECK(only(inherited).container.isolation.run_as_non_root->value == false);
  CHECK(only(inherited).container.isolation.host_network->value);
  CHECK_FALSE(only(inherited).security_context.present());
  const kubernetes::Manifest own =
      pod("securityContext:\n  runAsUser: 1000\n  privileged: true\n  allowPrivilegeEscalation: false\n"
          "  readOnlyRootFilesystem: true\n  capabilities: {add: [net_admin], drop: [ALL]}",
          pod_context);
  CHECK(only(own).container.user->user == "1000");
  const container::Isolation& walls = only(own).container.isolation;
  CHECK(walls.privileged->value);
  CHECK(text_at(own, walls.privileged->key_range) == "privileged");
  CHECK(walls.allow_privilege_escalation->value == false);
  CHECK(walls.read_only_root->value);
  CHECK(walls.added.at(0).name == "NET_ADMIN");
  CHECK(walls.dropped.at(0).name == "ALL");
  const kubernetes::Manifest null = pod("securityContext:", "securityContext:\n");
  CHECK_FALSE(only(null).security_context.present());
  CHECK_FALSE(only(null).container.user);
}

TEST_CASE("the environment of a container") {
  const kubernetes::Manifest manifest =
      pod("env:\n- {name: A, value: \"b\"}\n- name: C\n  valueFrom: {secretKeyRef: {name: s, key: k}}\n- {name: D, "
          "value: $(A)/x}");
  const std::vector<container::EnvironmentEntry>& environment = only(manifest).container.environment;
  REQUIRE(environment.size() == 3);
  CHECK(environment[0].value == "b");
  CHECK(text_at(manifest, environment[0].value_range) == "\"b\"");
  CHECK(text_at(manifest, environment[0].item_range) == "{name: A, value: \"b\"}");
  CHECK_FALSE(environment[1].value);
  CHECK_FALSE(environment[2].literal);
  CHECK(only(manifest).value_from.size() == 1);
}

/// Role, anchor, words and what the words stand for.
std::string starts(const kubernetes::Manifest& manifest) {
  constexpr std::string_view kRoles[] = {"entrypoint", "command", "post-start", "pre-stop"};
  std::string out;
  for (const container::StartCommand& start : only(manifest).container.start) {
    out += std::string(kRoles[static_cast<std::size_t>(start.role)]) + "(" + text_at(manifest, start.anchor) + ")";
    for (const shell::Command& command : start.text.script->commands) {
      out += ":";
      for (const shell::Word& word : command.words)
        out += " " + word.text + (word.literal ? "" : "$") + "|" + text_at(manifest, start.text.in_file(word.range));
    }
    out += ";";
  }
  return out;
}

TEST_CASE("start commands of a container") {
  const auto [keys, result] = GENERATE(table<std::string, std::string>({
      {"command: [nginx, \"-v\"]", "entrypoint(command): nginx|nginx -v|-v;"},
      {"args: [\"-v\"]", "command(args): -v|-v;"},
      {"command: [sh, -c]\nargs: [\"a && b\"]", "entrypoint(command): a|a: b|b;"},
      {"args:\n- |\n  a\n  b\ncommand:\n- sh\n- -c", "entrypoint(command): a|a: b|b;"},
      {"command: [run, $(X), $(Y), $$(X)]\nenv: [{name: X, value: '1'}]",
       "entrypoint(command): run|run ${X}$|$(X) $(Y)|$(Y) $(X)|$$(X);"},
      {"lifecycle:\n  postStart: {exec: {command: [sh, -c, apt-get update]}}\n  preStop: {exec: {command: [sleep, "
       "\"5\"]}}",
       "post-start(postStart): apt-get|apt-get update|update;pre-stop(preStop): sleep|sleep 5|5;"},
      {"command: []\nargs:", ""},
      {"lifecycle: {postStart: {httpGet: {port: 80}}}", ""},
  }));
  CAPTURE(keys);
  CHECK(starts(pod(keys)) == result);
}

TEST_CASE("probes") {
  const kubernetes::Manifest manifest =
      pod("livenessProbe: {httpGet: {port: 80}}\nreadinessProbe:\n  exec:\n    command: [cat, /x]\nstartupProbe:\n");
  const std::vector<container::HealthCheck>& health = only(manifest).container.health;
  REQUIRE(health.size() == 2);
  CHECK(health[0].kind == container::HealthCheck::Kind::Liveness);
  CHECK(text_at(manifest, health[0].range) == "livenessProbe");
  CHECK_FALSE(health[0].command);
  CHECK(health[1].kind == container::HealthCheck::Kind::Readiness);
  CHECK(health[1].command->source.text.bytes() == "cat /x");
}

TEST_CASE("mounts are joined with the volumes of the pod") {
  using Kind = container::Mount::Kind;
  const auto [volume, kind, source] = GENERATE(table<std::string, Kind, std::string>({
      {"emptyDir: {}", Kind::AnonymousVolume, "v"},
      {"emptyDir: {medium: Memory}", Kind::Memory, "v"},
      {"hostPath: {path: /x}", Kind::HostPath, "/x"},
      {"persistentVolumeClaim: {claimName: c}", Kind::NamedVolume, "v"},
      {"ephemeral: {volumeClaimTemplate: {}}", Kind::NamedVolume, "v"},
      {"configMap: {name: c}", Kind::Config, "v"},
      {"secret: {secretName: s}", Kind::Config, "v"},
      {"projected: {sources: []}", Kind::Config, "v"},
      {"downwardAPI: {}", Kind::Config, "v"},
      {"nfs: {server: s, path: /p}", Kind::Other, "v"},
      {"csi: {driver: d}", Kind::Other, "v"},
      {"image: {reference: r}", Kind::Other, "v"},
  }));
  CAPTURE(volume);
  const kubernetes::Manifest manifest =
      pod("volumeMounts: [{name: v, mountPath: /data, readOnly: true}]", "volumes: [{name: v, " + volume + "}]");
  REQUIRE(only(manifest).container.mounts.size() == 1);
  const container::Mount& mount = only(manifest).container.mounts.front();
  CHECK(mount.kind == kind);
  CHECK(mount.source == source);
  CHECK(text_at(manifest, mount.source_range) == source);
  CHECK(mount.target == "/data");
  CHECK(mount.read_only);
  CHECK(mount.known);
}

TEST_CASE("the volumes of a pod") {
  const kubernetes::Manifest manifest = pod(
      "",
      "volumes: [{name: a, emptyDir: {sizeLimit: 1Gi}}, {name: b}, {name: c, persistentVolumeClaim: {claimName: d}}, "
      "{name: e, rbd: {}}]");
  const kubernetes::Workload& workload = manifest.workloads.at(0);
  REQUIRE(workload.volumes.size() == 4);
  CHECK(workload.volume("a")->size_limit);
  CHECK(workload.volume("b")->kind == kubernetes::Volume::Kind::None);
  CHECK(workload.volume("c")->source == "d");
  CHECK(workload.volume("e")->kind == kubernetes::Volume::Kind::Other);
  CHECK(workload.volume("x") == nullptr);
}

TEST_CASE("claim templates are volumes") {
  const kubernetes::Manifest manifest = model(
      "apiVersion: apps/v1\nkind: StatefulSet\nspec:\n  replicas: 3\n  selector: {}\n  template:\n    metadata: "
      "{labels: {a: b}}\n"
      "    spec:\n      containers:\n      - {name: db, image: x, volumeMounts: [{name: data, mountPath: /d}]}\n"
      "  volumeClaimTemplates:\n  - metadata: {name: data}\n");
  CHECK(only(manifest).container.mounts.at(0).kind == container::Mount::Kind::NamedVolume);
  CHECK(manifest.workloads[0].replicas->value == 3);
  CHECK(manifest.workloads[0].volume("data")->kind == kubernetes::Volume::Kind::ClaimTemplate);
  CHECK(manifest.workloads[0].pod_metadata.get({"labels", "a"}).string() == "b");
  CHECK_FALSE(manifest.workloads[0].partial);
}

TEST_CASE("ports and resources") {
  const kubernetes::Manifest manifest =
      pod("ports: [{containerPort: 80}, {containerPort: 53, hostPort: 53, protocol: UDP}, {containerPort: 1, hostPort: "
          "2, hostIP: "
          "127.0.0.1}]\nresources: {requests: {cpu: 100m}, limits: {memory: 1Gi}}");
  const container::Container& web = only(manifest).container;
  using Reach = container::PortBinding::Reach;
  REQUIRE(web.ports.size() == 3);
  CHECK(web.ports[0].reach == Reach::Declared);
  CHECK(web.ports[0].container_port == 80);
  CHECK(web.ports[1].reach == Reach::HostAll);
  CHECK(web.ports[1].protocol == "udp");
  CHECK(web.ports[2].reach == Reach::HostLoopback);
  CHECK(text_at(manifest, web.resources.cpu_request.value()) == "100m");
  CHECK(text_at(manifest, web.resources.memory_limit.value()) == "1Gi");
  CHECK_FALSE(web.resources.cpu_limit);
}

TEST_CASE("settings of the pod") {
  const kubernetes::Manifest manifest = pod(
      "imagePullPolicy: Never\ntty: on\nstdin: true",
      "serviceAccountName: s\nautomountServiceAccountToken: false\nnodeName: n\nhostPID: true\nos: {name: windows}\n");
  const kubernetes::Workload& workload = manifest.workloads.at(0);
  CHECK(workload.service_account->text == "s");
  CHECK_FALSE(workload.automount_service_account_token->value);
  CHECK(workload.node_name->text == "n");
  CHECK(workload.host_pid->value);
  CHECK(workload.windows);
  CHECK(only(manifest).image_pull_policy->text == "Never");
  CHECK(only(manifest).tty->value);
  CHECK(only(manifest).stdin_open->value);
}

TEST_CASE("guards that are switched off, kernel parameters and how mounts spread") {
  const kubernetes::Manifest manifest =
      pod("securityContext: {appArmorProfile: {type: Unconfined}, procMount: Unmasked}\nvolumeMounts: [{name: v, "
          "mountPath: "
          "/x, mountPropagation: Bidirectional}]",
          "securityContext: {seccompProfile: {type: Unconfined}, sysctls: [{name: kernel.msgmax, value: '1'}]}\n");
  const container::Container& web = only(manifest).container;
  using Guard = container::Isolation::SwitchedOff::Guard;
  REQUIRE(web.isolation.switched_off.size() == 3);
  CHECK(web.isolation.switched_off[0].guard == Guard::Seccomp);
  CHECK(web.isolation.switched_off[1].guard == Guard::AppArmor);
  CHECK(web.isolation.switched_off[2].guard == Guard::MaskedPaths);
  CHECK(text_at(manifest, web.isolation.switched_off[1].range) == "Unconfined");
  REQUIRE(web.isolation.sysctls.size() == 1);
  CHECK(web.isolation.sysctls[0].name == "kernel.msgmax");
  CHECK(web.mounts.at(0).propagation == "Bidirectional");
}

TEST_CASE("patches are partial") {
  const kubernetes::Manifest patch = model(
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  template:\n    spec:\n      containers:\n"
      "      - {name: a, image: x}\n");
  CHECK(patch.workloads.at(0).partial);
  CHECK(only(patch).container.template_only);
  const kubernetes::Manifest lacking = pod("");
  CHECK_FALSE(lacking.workloads.at(0).partial);
  CHECK_FALSE(only(lacking).container.template_only);
}

TEST_CASE("what aliases and merge keys bring is shared") {
  const kubernetes::Manifest manifest = model(
      "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - &a {name: a, image: x, env: [{name: K, value: v}]}\n"
      "  - <<: *a\n    name: b\n");
  const auto& containers = manifest.workloads.at(0).containers;
  REQUIRE(containers.size() == 2);
  const kubernetes::PodContainer& b = containers[0].container.name == "b" ? containers[0] : containers[1];
  CHECK(b.container.image->shared);
  CHECK(b.container.environment.at(0).shared);
  CHECK_FALSE(b.container.place->shared);
}

}  // namespace
}  // namespace quaymaster::tests
