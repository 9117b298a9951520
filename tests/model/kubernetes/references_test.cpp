#include "model/kubernetes/references.h"

#include <string>

#include "model/kubernetes/object.h"
#include "model/yaml/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

/// "Kind/name[key]:port" of each reference, with `?` for one that may be missing.
std::string references(const std::string& text) {
  const auto document = parse_yaml(text);
  std::string out;
  for (const kubernetes::Object& object : kubernetes::objects_of(document->root()))
    for (const kubernetes::Reference& reference : kubernetes::references_of(object)) {
      CHECK(slice(document->text(), reference.name.range) == reference.name.text);
      out += reference.kind + "/" + reference.name.text;
      for (const kubernetes::Word& key : reference.keys) out += "[" + key.text + "]";
      if (!reference.port.text.empty()) out += ":" + reference.port.text;
      out += reference.optional ? "? " : " ";
    }
  return out;
}

TEST_CASE("what a pod names") {
  CHECK(
      references("apiVersion: v1\nkind: Pod\nspec:\n  serviceAccountName: runner\n  imagePullSecrets: [{name: pull}]\n"
                 "  initContainers: [{name: i, envFrom: [{secretRef: {name: s, optional: true}}]}]\n"
                 "  containers:\n  - name: c\n    env:\n"
                 "    - {name: A, valueFrom: {configMapKeyRef: {name: m, key: a}}}\n"
                 "    - {name: B, valueFrom: {secretKeyRef: {name: \"$X\", key: b}}}\n"
                 "  volumes:\n  - {name: v, configMap: {name: files, items: [{key: x, path: y}]}}\n"
                 "  - {name: w, secret: {secretName: \"quoted\"}}\n"
                 "  - {name: p, projected: {sources: [{configMap: {name: part}}]}}\n"
                 "  - {name: d, persistentVolumeClaim: {claimName: data}}\n") ==
      "ServiceAccount/runner Secret/pull Secret/s? ConfigMap/m[a] ConfigMap/files[x] Secret/quoted ConfigMap/part "
      "PersistentVolumeClaim/data ");
}

TEST_CASE("what other objects name") {
  CHECK(
      references("apiVersion: networking.k8s.io/v1\nkind: Ingress\nspec:\n  tls: [{secretName: t}]\n"
                 "  defaultBackend: {service: {name: a, port: {number: 80}}}\n"
                 "  rules: [{http: {paths: [{backend: {service: {name: b, port: {name: http}}}}, {backend: {resource: "
                 "{name: r}}}]}}]\n") == "Secret/t Service/a:80 Service/b:http ");
  CHECK(references(
            "apiVersion: extensions/v1beta1\nkind: Ingress\nspec: {backend: {serviceName: a, servicePort: 1}}\n") ==
        "Service/a:1 ");
  CHECK(references("apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nspec: {rules: [{backendRefs: [{name: a, "
                   "port: 80}, {kind: Bucket, name: b}]}]}\n") == "Service/a:80 ");
  CHECK(references("apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nspec: {scaleTargetRef: {name: a}}\n") ==
        "Deployment/a ");
  CHECK(references("apiVersion: apps/v1\nkind: StatefulSet\nspec: {serviceName: db, template: {spec: {containers: "
                   "[]}}}\n") == "Service/db ");
  CHECK(references("a: b\n").empty());
}

}  // namespace
}  // namespace quaymaster::tests
