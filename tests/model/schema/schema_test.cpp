#include "model/schema/schema.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "model/schema/kubernetes_objects.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

using schema::Kind;
using schema::Node;

/// "services/web/ports/[]" as the node that it leads to.
Node at(std::string_view path) {
  std::vector<std::string_view> steps;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    steps.push_back(path.substr(0, slash));
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return schema::descend(schema::compose(), steps);
}

std::string kinds_of(Node node) {
  constexpr std::string_view kNames[] = {"null", "boolean", "integer", "number", "string", "mapping", "list"};
  std::string text;
  for (std::size_t i = 0; i < schema::kKindCount; ++i)
    if (node.kinds().has(static_cast<Kind>(i))) text += (text.empty() ? "" : " ") + std::string(kNames[i]);
  return text;
}

TEST_CASE("a path of keys leads to what the schema says of a value") {
  const auto [path, kinds] = GENERATE(table<std::string, std::string>({
      {"services", "mapping"},
      {"services/web", "mapping"},
      {"services/web/image", "string"},
      {"services/web/ports", "list"},
      {"services/web/ports/[]", "number string mapping"},
      {"services/web/ports/[]/target", "integer string"},
      {"services/web/depends_on", "mapping list"},
      {"services/web/depends_on/db/condition", "string"},
      {"services/web/command", "null string list"},
      {"services/web/environment/ANY", "null boolean number string"},
      {"services/web/build/args", "mapping list"},
      {"volumes/data", "null mapping"},
      {"volumes/data/external", "boolean string mapping"},
      {"services/web/gpus", "string list"},
  }));
  CAPTURE(path);
  CHECK(kinds_of(at(path)) == kinds);
}

TEST_CASE("where the schema says nothing there is an absent node") {
  const std::string_view path =
      GENERATE("nothing", "services/web/imag", "services/web/x-mine", "services/web/image/more", "x-any/a/b",
               "services/[]", "services/web/ports/[]/[]/[]");
  CAPTURE(path);
  CHECK_FALSE(at(path).present());
  CHECK(at(path).kinds().empty());
  CHECK(at(path).properties().empty());
}

TEST_CASE("keys come with what they are for") {
  const Node service = at("services/web");
  const auto image = service.property("image");
  REQUIRE(image.has_value());
  CHECK(image->description.find("image") != std::string_view::npos);
  CHECK_FALSE(image->required);
  CHECK_FALSE(service.property("imag").has_value());
  CHECK(service.names() == schema::Names::None);
  CHECK(service.takes_extensions());
  const std::vector<schema::Property> all = service.properties();
  CHECK(all.size() > 80);
  CHECK(std::ranges::is_sorted(all, {}, &schema::Property::name));
  for (const schema::Property& property : all) {
    CAPTURE(property.name);
    CHECK_FALSE(property.description.empty());
  }
}

TEST_CASE("names of one's own, required and deprecated keys, defaults, choices and bounds") {
  CHECK(at("services").names() == schema::Names::Word);
  CHECK(at("services/web/environment").names() == schema::Names::Any);
  CHECK(at("services/web/depends_on/db").property("condition")->required);
  CHECK(at("services/web/depends_on/db").property("required")->default_value == "true");
  CHECK(schema::compose().property("version")->deprecated);
  CHECK(at("services/web/cgroup").choices() == std::vector<std::string_view>{"host", "private"});
  CHECK(at("services/web/gpus").choices() == std::vector<std::string_view>{"all"});
  CHECK(at("services/web/oom_score_adj").minimum() == -1000);
  CHECK(at("services/web/oom_score_adj").maximum() == 1000);
  CHECK_FALSE(at("services/web/scale").minimum().has_value());
}

TEST_CASE("the forms of texts, as far as Compose reads them") {
  const auto [path, format] = GENERATE(table<std::string, schema::Format>({
      {"services/web/privileged", schema::Format::Boolean},
      {"services/web/healthcheck/interval", schema::Format::Duration},
      {"services/web/mem_limit", schema::Format::Size},
      {"services/web/deploy/resources/limits/memory", schema::Format::Size},
      {"services/web/volumes/[]/tmpfs/size", schema::Format::Size},
      {"services/web/cpus", schema::Format::Number},
      {"services/web/ulimits/nofile", schema::Format::Integer},
      {"services/web/ports/[]", schema::Format::Port},
      {"services/web/pull_policy", schema::Format::PullPolicy},
      {"services/web/build/sbom", schema::Format::Any},
      {"services/web/restart", schema::Format::Any},
  }));
  CAPTURE(path);
  CHECK(at(path).format() == format);
}

/// "spec/template" of an object as what the schema says of it.
Node in_object(std::string_view api_version, std::string_view kind, std::initializer_list<std::string_view> path) {
  return schema::descend(schema::kubernetes(api_version, kind), std::vector(path));
}

TEST_CASE("the kinds of Kubernetes are known by their version") {
  CHECK(schema::kubernetes("apps/v1", "Deployment").present());
  CHECK(schema::kubernetes("extensions/v1beta1", "Ingress").present());
  CHECK_FALSE(schema::kubernetes("v1", "Deployment").present());
  CHECK_FALSE(schema::kubernetes("apps/v1", "DeploymentList").present());
  CHECK_FALSE(schema::kubernetes("example.com/v1", "Deployment").present());
  const std::vector<schema::KubernetesObject> all = schema::kubernetes_objects();
  CHECK(all.size() > 120);
  for (const schema::KubernetesObject& one : all) {
    CAPTURE(one.api_version, one.kind);
    CHECK(schema::kubernetes(one.api_version, one.kind) == one.node);
    CHECK(one.node.kinds().has(Kind::Mapping));
    CHECK_FALSE(one.description.empty());
  }
}

TEST_CASE("fields of Kubernetes have their types") {
  const Node container = in_object("apps/v1", "Deployment", {"spec", "template", "spec", "containers", "[]"});
  REQUIRE(container.present());
  CHECK(container.names() == schema::Names::None);
  CHECK(container.property("name")->required);
  CHECK_FALSE(container.property("image")->required);
  CHECK(container.property("image")->description.find("image") != std::string_view::npos);
  CHECK(kinds_of(container.value_of("args")) == "null list");
  CHECK(kinds_of(container.value_of("stdin")) == "null boolean");
  CHECK(container.value_of("imagePullPolicy").choices() ==
        std::vector<std::string_view>{"Always", "IfNotPresent", "Never"});
  const std::array<std::string_view, 3> memory = {"resources", "limits", "memory"};
  CHECK(kinds_of(descend(container, memory)) == "null integer number string");
  CHECK(descend(container, memory).format() == schema::Format::Quantity);
  const std::array<std::string_view, 3> port = {"livenessProbe", "httpGet", "port"};
  CHECK(kinds_of(descend(container, port)) == "null integer string");
  CHECK(kinds_of(in_object("v1", "ConfigMap", {"data", "any.key"})) == "null string");
  CHECK(kinds_of(in_object("apps/v1", "StatefulSet", {"spec", "volumeClaimTemplates", "[]", "spec"})) ==
        "null mapping");
}

TEST_CASE("nothing is said of what may be any JSON") {
  const Node any = in_object("apiextensions.k8s.io/v1", "CustomResourceDefinition",
                             {"spec", "versions", "[]", "schema", "openAPIV3Schema", "default"});
  CHECK_FALSE(any.present());
}

}  // namespace
}  // namespace quaymaster::tests
