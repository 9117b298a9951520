#include "model/kubernetes/api_versions.h"

#include "support/catch.h"

namespace quaymaster::tests {
namespace {

using kubernetes::deprecation_of;

TEST_CASE("it is known when a version of the API goes") {
  const kubernetes::ApiDeprecation* ingress = deprecation_of("extensions/v1beta1", "Ingress");
  REQUIRE(ingress != nullptr);
  CHECK(ingress->deprecated == 14);
  CHECK(ingress->removed == 22);
  CHECK(ingress->successor == "networking.k8s.io/v1");
  const kubernetes::ApiDeprecation* endpoints = deprecation_of("v1", "Endpoints");
  REQUIRE(endpoints != nullptr);
  CHECK(endpoints->removed == 0);
  CHECK(endpoints->successor_kind == "EndpointSlice");
  CHECK(deprecation_of("apps/v1", "Deployment") == nullptr);
  CHECK(deprecation_of("extensions/v1beta1", "Widget") == nullptr);
  CHECK(deprecation_of("", "") == nullptr);
}

TEST_CASE("the successor is one that is not deprecated itself, in the release that is asked for") {
  const kubernetes::ApiDeprecation* schema = deprecation_of("flowcontrol.apiserver.k8s.io/v1beta1", "FlowSchema");
  REQUIRE(schema != nullptr);
  CHECK(successor_of(*schema, 26) == "flowcontrol.apiserver.k8s.io/v1beta3");
  CHECK(successor_of(*schema, 36) == "flowcontrol.apiserver.k8s.io/v1");
}

}  // namespace
}  // namespace quaymaster::tests
