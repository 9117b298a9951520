#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/kubernetes/network_policy.h"
#include "model/kubernetes/object.h"
#include "model/kubernetes/rbac.h"
#include "model/kubernetes/service.h"
#include "model/yaml/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

/// The objects of a text, and what keeps them alive.
struct Objects {
  std::shared_ptr<const yaml::Document> document;
  std::vector<kubernetes::Object> objects;

  explicit Objects(std::string_view text) : document(parse_yaml(text)) {
    objects = kubernetes::objects_of(document->root());
  }
  [[nodiscard]] std::string text_at(TextRange range) const { return std::string(slice(document->text(), range)); }
};

constexpr std::string_view kRole =
    "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r, namespace: n}\nrules:\n"
    "- {apiGroups: [''], resources: ['pods', pods/log], verbs: [get]}\n";

TEST_CASE("the rules of a role") {
  const Objects role(kRole);
  const auto rules = kubernetes::policy_rules_of(role.objects.front());
  REQUIRE(rules);
  REQUIRE(rules->size() == 1);
  CHECK(kubernetes::has_word(rules->front().groups, ""));
  CHECK(kubernetes::has_word(rules->front().resources, "pods/log"));
  CHECK(role.text_at(rules->front().resources.front().range) == "pods");
  CHECK(rules->front().names.empty());
  CHECK(!kubernetes::policy_rules_of(Objects("apiVersion: shop.eu/v1\nkind: Role\n").objects.front()));
}

TEST_CASE("a binding gives the role of its kind, name and namespace") {
  const Objects role(kRole);
  const auto gives = [&](std::string_view spaces, std::string_view kind, std::string_view name) {
    const Objects binding("apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b" +
                          std::string(spaces) + "}\nroleRef: {kind: " + std::string(kind) +
                          ", name: " + std::string(name) + "}\nsubjects: [{kind: User, name: eve}, {kind: Group}]\n");
    const auto read = kubernetes::binding_of(binding.objects.front());
    REQUIRE(read);
    CHECK(read->subjects.size() == 1);
    CHECK(!read->cluster_wide);
    return kubernetes::role_key_of(binding.objects.front(), *read) == kubernetes::key_of(role.objects.front());
  };
  CHECK(gives(", namespace: n", "Role", "r"));
  CHECK(!gives(", namespace: m", "Role", "r"));
  CHECK(!gives("", "Role", "r"));
  CHECK(!gives(", namespace: n", "ClusterRole", "r"));
  CHECK(!gives(", namespace: n", "Role", "s"));
}

TEST_CASE("whom a network policy lets through") {
  using To = kubernetes::OpenedWay::To;
  const auto [peers, to] = GENERATE(table<std::string, To>({
      {"{}", To::Anybody},
      {"{from: []}", To::Anybody},
      {"{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}", To::AnyAddress},
      {"{from: [{ipBlock: {cidr: '::/0'}}]}", To::AnyAddress},
      {"{from: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]}", To::Named},
      {"{from: [{namespaceSelector: {}}]}", To::AnyPod},
      {"{from: [{namespaceSelector: {}, podSelector: {matchLabels: {a: b}}}]}", To::Named},
      {"{from: [{podSelector: {}}]}", To::Named},
  }));
  INFO(peers);
  const Objects policy("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec:\n  ingress:\n  - " + peers + "\n");
  const auto ways = kubernetes::opened_ways(policy.objects.front());
  REQUIRE(ways.size() == 1);
  CHECK(ways.front().to == to);
  CHECK(ways.front().ingress);
}

TEST_CASE("a policy that lists nothing opens nothing") {
  const Objects policy(
      "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec: {podSelector: {}, ingress: [], egress: }\n");
  CHECK(kubernetes::opened_ways(policy.objects.front()).empty());
}

TEST_CASE("a Service of Kubernetes") {
  const Objects service(
      "apiVersion: v1\nkind: Service\nspec: {type: NodePort, externalIPs: [1.2.3.4], loadBalancerIP: 5.6.7.8}\n");
  const auto read = kubernetes::service_of(service.objects.front());
  REQUIRE(read);
  CHECK(read->type->text == "NodePort");
  REQUIRE(read->external_ips.size() == 1);
  CHECK(service.text_at(read->external_ips.front().value_range) == "1.2.3.4");
  CHECK(read->load_balancer_ip->text == "5.6.7.8");
  CHECK(!kubernetes::service_of(Objects("apiVersion: serving.knative.dev/v1\nkind: Service\n").objects.front()));
}

}  // namespace
}  // namespace quaymaster::tests
