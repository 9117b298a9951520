#include "model/schema/schema.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

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

}  // namespace
}  // namespace quaymaster::tests
