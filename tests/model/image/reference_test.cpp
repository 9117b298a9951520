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

TEST_CASE("a text that is no reference says which part is wrong") {
  using Kind = ReferenceError::Kind;
  struct BadRow {
    std::string text;
    Kind kind;
    const char* part;
  };
  const std::string digits(64, 'a');
  const BadRow rows[] = {
      {"", Kind::Empty, ""},
      {"Node:22", Kind::UpperCase, "Node"},
      {"example.org/Shop/api", Kind::UpperCase, "Shop/api"},
      {"node:", Kind::Tag, ":"},
      {"node:-1", Kind::Tag, "-1"},
      {"node:1:2", Kind::Tag, "1:2"},
      {"https://example.org/a", Kind::Registry, "https:"},
      {"-a.b/c", Kind::Registry, "-a.b"},
      {"a..b/c", Kind::Registry, "a..b"},
      {"[::g]:80/c", Kind::Registry, "[::g]:80"},
      {"node@", Kind::Digest, "@"},
      {"node@sha256:abc", Kind::Digest, "sha256:abc"},
      {"node@md5:" + digits, Kind::Digest, "md5:"},
      {digits, Kind::Identifier, ""},
      {"-node", Kind::Repository, "-node"},
      {"shop/a__b/c___d", Kind::Repository, "c___d"},
      {"shop/a..b", Kind::Repository, "a..b"},
      {"shop//a", Kind::Repository, "shop//a"},
      {"shop/", Kind::Repository, "shop/"},
      {":22", Kind::Repository, ":"},
      {"{{image}}", Kind::Repository, "{{image}}"},
      {"a b", Kind::Repository, "a b"},
      {std::string(256, 'x'), Kind::Repository, "xx"},
  };
  for (const BadRow& row : rows) {
    INFO(row.text);
    const auto error = reference_error(row.text);
    REQUIRE(error);
    CHECK(error->kind == row.kind);
    REQUIRE(error->range.end <= row.text.size());
    CHECK(slice(row.text, error->range).starts_with(row.part));
  }
  for (const std::string good :
       {"node", "node:22", "shop/a-b.c__d/e---f:1_0-x.y", "localhost/a", "localhost:5000/app", "node:1/2", "Host/shop",
        "a.b:80/c:d", "docker.io/library/node", "[2001:db8::1]:80/a", "scratch"}) {
    INFO(good);
    CHECK_FALSE(reference_error(good));
    CHECK_FALSE(reference_error(good + "@sha256:" + digits));
  }
}

}  // namespace
}  // namespace quaymaster::image
