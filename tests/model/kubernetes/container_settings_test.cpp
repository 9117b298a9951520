#include <string>
#include <string_view>
#include <vector>

#include "model/kubernetes/count.h"
#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/ports.h"
#include "model/kubernetes/probes.h"
#include "model/kubernetes/resources.h"
#include "model/yaml/support.h"
#include "support/catch.h"

// What containers of pods say about resources, probes and ports.
namespace quaymaster::tests {
namespace {

/// A pod whose only container has the keys `keys`, each line with its indentation.
kubernetes::Manifest pod(std::string_view keys) {
  shell::ScriptParser scripts;
  return kubernetes::model(parse_yaml("apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n"
                                      "  - name: web\n    image: web:1\n" +
                                      std::string(keys)),
                           scripts);
}

const kubernetes::PodContainer& only(const kubernetes::Manifest& manifest) {
  return manifest.workloads.front().containers.front();
}

std::string_view text_at(const kubernetes::Manifest& manifest, TextRange range) {
  return slice(manifest.document->text(), range);
}

TEST_CASE("resources, with their places") {
  const kubernetes::Manifest manifest =
      pod("    resources:\n      requests: {cpu: 100m, memory: \"0\"}\n      limits: {memory: 1Gi, shop/gpu: 1}\n");
  const kubernetes::Resources resources = kubernetes::resources_of(only(manifest));
  REQUIRE(resources.named.size() == 3);
  CHECK_FALSE(resources.unknown);
  CHECK(resources.of("cpu").has_request());
  CHECK_FALSE(resources.of("cpu").has_limit());
  CHECK(resources.of("memory").request);
  CHECK_FALSE(resources.of("memory").has_request());
  CHECK(text_at(manifest, resources.of("memory").limit->value_range) == "1Gi");
  CHECK(text_at(manifest, resources.of("shop/gpu").limit->key_range) == "shop/gpu");
  CHECK_FALSE(resources.of("hugepages-2Mi").request);
}

TEST_CASE("resources that are not known") {
  CHECK(kubernetes::resources_of(only(pod("    resources: ${ALL}\n"))).unknown);
  CHECK(kubernetes::resources_of(only(pod("    resources: {limits: \"${ALL}\"}\n"))).unknown);
  CHECK_FALSE(kubernetes::resources_of(only(pod("    resources:\n"))).unknown);
  CHECK_FALSE(
      kubernetes::resources_of(only(pod("    resources: {limits: {cpu: \"${CPU}\"}}\n"))).of("cpu").limit->quantity);
}

TEST_CASE("probes in the order of their roles, with what they ask") {
  const kubernetes::Manifest manifest =
      pod("    startupProbe: {exec: {command: [a, b]}}\n    readinessProbe:\n"
          "    livenessProbe: {httpGet: {port: \"80\", host: x}}\n");
  const std::vector<kubernetes::Probe> probes = kubernetes::probes_of(only(manifest));
  REQUIRE(probes.size() == 2);
  CHECK(probes[0].role == kubernetes::Probe::Role::Liveness);
  CHECK(probes[0].port->number == 80);
  CHECK(probes[0].other_host);
  CHECK(text_at(manifest, probes[0].port->range) == "80");
  CHECK(probes[1].key == "startupProbe");
  CHECK(probes[1].action == std::vector<std::string>{"exec", "a", "b"});
  CHECK_FALSE(probes[1].port);
}

TEST_CASE("defaults of probes do not make them differ") {
  const kubernetes::Manifest manifest =
      pod("    livenessProbe: {httpGet: {port: http}}\n"
          "    readinessProbe: {httpGet: {port: http, path: /, scheme: HTTP}}\n");
  const std::vector<kubernetes::Probe> probes = kubernetes::probes_of(only(manifest));
  CHECK(probes[0].action == probes[1].action);
  CHECK_FALSE(probes[0].port->number);
}

TEST_CASE("ports of a container") {
  const kubernetes::Manifest manifest = pod(
      "    ports:\n    - {name: http, containerPort: 80}\n    - {containerPort: \"${P}\", protocol: UDP}\n    - {}\n");
  const std::vector<kubernetes::ContainerPort> ports = kubernetes::container_ports_of(only(manifest));
  REQUIRE(ports.size() == 3);
  CHECK(ports[0].number == 80);
  CHECK(ports[0].protocol == "TCP");
  CHECK(text_at(manifest, ports[0].name_range) == "http");
  CHECK(ports[1].number_written);
  CHECK_FALSE(ports[1].number);
  CHECK_FALSE(ports[2].number_written);
}

TEST_CASE("names of ports") {
  for (const std::string_view name : {"http", "web-2", "a", "n23456789012345"})
    CHECK(kubernetes::port_name_problem(name).empty());
  for (const std::string_view name : {"n234567890123456", "Web", "80", "-a", "a-", "a--b", "a_b"})
    CHECK_FALSE(kubernetes::port_name_problem(name).empty());
}

TEST_CASE("numbers and shares") {
  const auto document = parse_yaml("a: 3\nb: \"50%\"\nc: ${N}\nd:\ne: x%\n");
  const yaml::Value root = document->root();
  CHECK(kubernetes::count_of(root, "a")->value == 3);
  CHECK(kubernetes::count_of(root, "b")->percent == 50);
  CHECK_FALSE(kubernetes::count_of(root, "b")->value);
  CHECK(kubernetes::count_of(root, "c")->text == "${N}");
  CHECK_FALSE(kubernetes::count_of(root, "d"));
  CHECK_FALSE(kubernetes::count_of(root, "e")->percent);
}

}  // namespace
}  // namespace quaymaster::tests
