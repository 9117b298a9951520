#include "model/kubernetes/brief.h"

#include <string>
#include <vector>

#include "model/kubernetes/object.h"
#include "model/yaml/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

using kubernetes::Brief;
using kubernetes::Labels;

Brief only(const std::string& text) {
  const auto document = parse_yaml(text);
  const std::vector<Brief> briefs = kubernetes::briefs_of(kubernetes::objects_of(document->root()));
  REQUIRE(briefs.size() == 1);
  return briefs.front();
}

TEST_CASE("a workload shows its labels, those of its pods, its selector and its ports") {
  const Brief brief = only(
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop, labels: {team: a}}\nspec:\n"
      "  replicas: 3\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web, tier: x}}\n"
      "    spec:\n      containers: [{name: a, ports: [{name: http, containerPort: 80}, {containerPort: 81}]}]\n");
  CHECK(brief.namespace_name == "shop");
  CHECK(brief.labels == Labels{{"team", "a"}});
  CHECK(brief.pod_labels == Labels{{"app", "web"}, {"tier", "x"}});
  CHECK(brief.ports == std::vector<kubernetes::BriefPort>{{"http", 80}, {"", 81}});
  CHECK(brief.replicas == 3);
  CHECK(brief.runs_pods);
  CHECK(brief.pods_known);
  REQUIRE(brief.selector);
  CHECK(brief.selector->match_labels == Labels{{"app", "web"}});
}

TEST_CASE("pods of all kinds, also of templates without containers") {
  CHECK(only("apiVersion: v1\nkind: Pod\nmetadata: {labels: {a: b}}\n").pod_labels == Labels{{"a", "b"}});
  CHECK(only("apiVersion: batch/v1\nkind: CronJob\nspec: {jobTemplate: {spec: {template: {metadata: {labels: {a: "
             "b}}}}}}\n")
            .pod_labels == Labels{{"a", "b"}});
  CHECK(only("apiVersion: apps/v1\nkind: Deployment\nspec: {template: {metadata: {labels: {a: b}}}}\n").runs_pods);
  CHECK(!only("apiVersion: v1\nkind: Pod\nmetadata: {labels: {a: \"${B}\"}}\n").pods_known);
  CHECK(!only("apiVersion: v1\nkind: Service\nspec: {selector: {a: b}}\n").runs_pods);
}

TEST_CASE("what other kinds show") {
  const Brief service = only(
      "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {clusterIP: None, selector: {a: b}, "
      "ports: [{port: 80, name: http}, {port: \"$PORT\"}]}\n");
  CHECK(service.headless);
  CHECK(service.ports == std::vector<kubernetes::BriefPort>{{"http", 80}, {"", 0}});
  CHECK(only("apiVersion: v1\nkind: Secret\ndata: {a: eA==}\nstringData: {b: x}\n").keys ==
        std::vector<std::string>{"a", "b"});
  const Brief autoscaler = only(
      "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nspec: {minReplicas: 2, "
      "scaleTargetRef: {kind: Deployment, name: web}}\n");
  CHECK(autoscaler.min_replicas == 2);
  CHECK(autoscaler.target_kind + "/" + autoscaler.target_name == "Deployment/web");
  CHECK(only("apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nspec: {scaleTargetRef: {name: web}}\n").target_kind ==
        "Deployment");
  CHECK(only("apiVersion: v1\nkind: PersistentVolumeClaim\nspec: {accessModes: [ReadWriteOnce]}\n").access_modes ==
        std::vector<std::string>{"ReadWriteOnce"});
}

TEST_CASE("a network policy isolates what its types say, or else what comes in and what it has rules for") {
  const auto [spec, ingress, egress] = GENERATE(table<std::string, bool, bool>({
      {"{podSelector: {}}", true, false},
      {"{podSelector: {}, egress: []}", true, true},
      {"{podSelector: {}, policyTypes: [Egress]}", false, true},
      {"{podSelector: {}, policyTypes: [Ingress, Egress]}", true, true},
  }));
  const Brief policy = only("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec: " + spec + "\n");
  INFO(spec);
  CHECK(policy.ingress == ingress);
  CHECK(policy.egress == egress);
  CHECK(policy.selector.has_value());
}

}  // namespace
}  // namespace quaymaster::tests
