#include "model/image/reference.h"

#include <string>

#include "support/catch.h"

namespace quaymaster::image {
namespace {

struct Case {
  std::string_view text;
  std::string_view registry;
  std::string_view repository;
  std::string_view tag;
  std::string_view digest;
};

TEST_CASE("an image reference is taken apart", "[image]") {
  const Case c = GENERATE(
      Case{"node", "", "node", "", ""}, Case{"node:20-alpine", "", "node", "20-alpine", ""},
      Case{"scratch", "", "scratch", "", ""}, Case{"bitnami/redis:7", "", "bitnami/redis", "7", ""},
      Case{"ghcr.io/a/b/c:1.2", "ghcr.io", "a/b/c", "1.2", ""}, Case{"localhost/app", "localhost", "app", "", ""},
      Case{"localhost:5000/app", "localhost:5000", "app", "", ""}, Case{"host:5000/a:1", "host:5000", "a", "1", ""},
      Case{"Host/app", "Host", "app", "", ""}, Case{"host/app", "", "host/app", "", ""},
      Case{"node@sha256:ab", "", "node", "", "sha256:ab"}, Case{"node:20@sha256:ab", "", "node", "20", "sha256:ab"},
      Case{"r.io:443/a/b:c@sha256:ab", "r.io:443", "a/b", "c", "sha256:ab"},
      Case{"[::1]:5000/a:b", "[::1]:5000", "a", "b", ""}, Case{"app:5000", "", "app", "5000", ""},
      Case{"", "", "", "", ""}, Case{"node:", "", "node", "", ""}, Case{"node@", "", "node", "", ""},
      Case{":1", "", "", "1", ""}, Case{"a//b", "", "a//b", "", ""}, Case{"/a", "", "/a", "", ""},
      Case{"r.io/", "r.io", "", "", ""}, Case{"@:/", "", "", "", ":/"}, Case{"a b:c d", "", "a b", "c d", ""});
  CAPTURE(c.text);
  const Reference reference = parse_reference(c.text);
  CHECK(reference.registry == c.registry);
  CHECK(reference.repository == c.repository);
  CHECK(reference.tag == c.tag);
  CHECK(reference.digest == c.digest);
}

TEST_CASE("the parts of a reference know where they stand", "[image]") {
  const std::string_view text = "r.io:443/a/b:1.2@sha256:ab";
  const Reference reference = parse_reference(text);
  CHECK(slice(text, reference.name_range) == "r.io:443/a/b");
  REQUIRE(reference.tag_range);
  CHECK(slice(text, *reference.tag_range) == "1.2");
  REQUIRE(reference.digest_range);
  CHECK(slice(text, *reference.digest_range) == "sha256:ab");
  CHECK_FALSE(parse_reference("r.io:443/a").tag_range);
  CHECK_FALSE(parse_reference("a:1").digest_range);
  CHECK(parse_reference("node:").tag_range == TextRange{5, 5});
}

TEST_CASE("the canonical name leaves out what means the default", "[image]") {
  struct Row {
    std::string_view text;
    std::string_view canonical;
    std::string_view base;
  };
  const Row row = GENERATE(Row{"node:20", "node", "node"}, Row{"library/node", "node", "node"},
                           Row{"docker.io/node", "node", "node"}, Row{"docker.io/library/node:1", "node", "node"},
                           Row{"index.docker.io/bitnami/redis", "bitnami/redis", "redis"},
                           Row{"registry-1.docker.io/library/redis", "redis", "redis"},
                           Row{"ghcr.io/library/node", "ghcr.io/library/node", "node"},
                           Row{"localhost:5000/a/b", "localhost:5000/a/b", "b"}, Row{"", "", ""});
  CAPTURE(row.text);
  CHECK(parse_reference(row.text).canonical_name() == row.canonical);
  CHECK(parse_reference(row.text).base_name() == row.base);
}

}  // namespace
}  // namespace quaymaster::image
