// What rules about isolation read of a pod: its security contexts, handlers, ports of the node, profiles, nodes.
#include "model/kubernetes/security.h"

#include <string>

#include "model/kubernetes/handlers.h"
#include "model/kubernetes/host_ports.h"
#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/node_choice.h"
#include "model/kubernetes/profile_annotations.h"
#include "model/shell/script_parser.h"
#include "model/yaml/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

kubernetes::Manifest manifest_of(const std::string& spec, const std::string& annotations = "") {
  shell::ScriptParser scripts;
  return kubernetes::model(parse_yaml("apiVersion: v1\nkind: Pod\nmetadata: {name: shop, annotations: {" + annotations +
                                      "}}\nspec: {" + spec + "}\n"),
                           scripts);
}

TEST_CASE("security contexts say what they say, and inherit nothing") {
  const kubernetes::Manifest manifest = manifest_of(
      "hostUsers: off, securityContext: {runAsUser: 0, fsGroup: 7, supplementalGroups: [1, \"$X\", 0], seccompProfile: "
      "{type: Localhost}}, containers: [{name: web, image: a, securityContext: {runAsGroup: 0, procMount: Unmasked, "
      "windowsOptions: {hostProcess: true}, seLinuxOptions: {type: t, user: u}}}, {name: log, image: a, "
      "securityContext: null}]");
  REQUIRE(manifest.workloads.size() == 1);
  const std::vector<kubernetes::SecuritySettings> all = kubernetes::all_security_of(manifest.workloads[0]);
  REQUIRE(all.size() == 3);
  CHECK(kubernetes::has_own_users(manifest.workloads[0]));
  CHECK((all[0].of_pod && all[0].name == "shop" && all[0].user->value == 0 && all[0].fs_group->value == 7));
  REQUIRE(all[0].supplemental_groups.size() == 2);
  CHECK(all[0].supplemental_groups[1].value == 0);
  CHECK(all[0].seccomp_type->text == "Localhost");
  CHECK((!all[1].of_pod && all[1].name == "web" && !all[1].user && all[1].group->value == 0));
  CHECK((all[1].host_process->value && all[1].proc_mount->text == "Unmasked"));
  CHECK((all[1].selinux_type->text == "t" && all[1].selinux_user->text == "u" && !all[1].selinux_role));
  CHECK((!all[2].value && !all[2].seccomp_type));
}

TEST_CASE("handlers that use the network, and ports of the node") {
  const kubernetes::Manifest manifest = manifest_of(
      "containers: [{name: web, image: a, livenessProbe: {httpGet: {host: h, port: 1}}, startupProbe: {exec: {command: "
      "[a]}}, lifecycle: {preStop: {tcpSocket: {port: 1}}}, ports: [{containerPort: 1}, {hostPort: 0}, {hostPort: "
      "81}]}]");
  REQUIRE(manifest.workloads.size() == 1);
  const kubernetes::PodContainer& web = manifest.workloads[0].containers[0];
  const std::vector<kubernetes::Handler> handlers = kubernetes::network_handlers_of(web);
  REQUIRE(handlers.size() == 2);
  CHECK((handlers[0].name == "livenessProbe" && handlers[0].probe && handlers[0].host->text == "h"));
  CHECK((handlers[1].name == "preStop" && !handlers[1].probe && handlers[1].means == "tcpSocket"));
  CHECK(!handlers[1].host);
  const std::vector<kubernetes::Number> ports = kubernetes::host_ports_of(web);
  REQUIRE(ports.size() == 2);
  CHECK(ports[1].value == 81);
}

TEST_CASE("profiles in annotations") {
  const kubernetes::Manifest manifest =
      manifest_of("containers: [{name: web, image: a}]",
                  "seccomp.security.alpha.kubernetes.io/pod: docker/default, "
                  "container.seccomp.security.alpha.kubernetes.io/web: localhost/a.json, "
                  "container.apparmor.security.beta.kubernetes.io/web: custom, owner: me");
  REQUIRE(manifest.workloads.size() == 1);
  const auto annotations = kubernetes::profile_annotations_of(manifest.workloads[0]);
  REQUIRE(annotations.size() == 3);
  CHECK((annotations[0].container.empty() && annotations[0].type() == "RuntimeDefault"));
  CHECK((annotations[1].container == "web" && annotations[1].type() == "Localhost"));
  CHECK(annotations[1].local_profile() == "a.json");
  CHECK(annotations[2].guard == kubernetes::ProfileAnnotation::Guard::AppArmor);
  CHECK((annotations[2].type().empty() && annotations[2].local_profile().empty()));
}

TEST_CASE("the nodes that a pod is for") {
  const kubernetes::Manifest manifest = manifest_of(
      "nodeSelector: {disk: ssd}, tolerations: [{key: gpu}, {operator: Exists}], affinity: {nodeAffinity: "
      "{requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: zone, operator: "
      "In, values: [a, b]}, {key: old, operator: DoesNotExist}]}]}}}, containers: [{name: web, image: a}]");
  REQUIRE(manifest.workloads.size() == 1);
  const std::vector<kubernetes::NodeLabel> labels = kubernetes::wanted_node_labels(manifest.workloads[0]);
  REQUIRE(labels.size() == 2);
  CHECK((labels[0].key == "disk" && labels[0].values.front() == "ssd"));
  CHECK((labels[1].key == "zone" && labels[1].values.size() == 2));
  CHECK(kubernetes::tolerated_taints(manifest.workloads[0]) == std::vector<std::string_view>{"gpu"});
}

}  // namespace
}  // namespace quaymaster::tests
