#include "features/links/links.h"

#include <string>

#include "features/document.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

/// "text → target", a line a link; "text → target # name" for a name in a file.
std::string linked(std::string_view path, std::string_view text) {
  const Document document(path, text);
  std::string out;
  for (const Link& link : links(document.analysis)) {
    out += std::string(document.at(link.range)) + " → " + link.target;
    if (link.name) out += " # " + link.name->text;
    out += "\n";
  }
  return out;
}

TEST_CASE("links: of a Compose file") {
  CHECK(linked("compose.yaml",
               "include:\n  - other/compose.yaml\n  - path: [a.yaml, oci://x/y]\n    env_file: inc.env\n"
               "services:\n"
               "  web:\n    build:\n      context: ./web\n      dockerfile: Dockerfile.prod\n      target: \"final\"\n"
               "    env_file: [.env.web, \"${F}\"]\n"
               "  api:\n    build: api\n    env_file:\n      - path: api.env\n        required: false\n"
               "  db:\n    image: \"postgres:17\"\n    extends: {file: common.yaml, service: base}\n"
               "  far:\n    build: https://github.com/a/b.git\n"
               "  code:\n    build: {context: ., dockerfile_inline: FROM a, target: x}\n"
               "secrets:\n  token: {file: ./token.txt}\nconfigs:\n  conf:\n    file: ~/conf\n") ==
        "other/compose.yaml → other/compose.yaml\n"
        "a.yaml → a.yaml\n"
        "inc.env → inc.env\n"
        "./web → ./web/Dockerfile.prod\n"
        "Dockerfile.prod → ./web/Dockerfile.prod\n"
        "final → ./web/Dockerfile.prod # final\n"
        ".env.web → .env.web\n"
        "api → api/Dockerfile\n"
        "api.env → api.env\n"
        "postgres:17 → https://hub.docker.com/_/postgres\n"
        "common.yaml → common.yaml\n"
        "base → common.yaml # base\n"
        "./token.txt → ./token.txt\n");
}

TEST_CASE("links: a place behind an anchor is one link") {
  CHECK(
      linked("compose.yaml",
             "x-a: &a {env_file: a.env}\nservices:\n  b: {<<: *a, image: x.org/b}\n  c: {<<: *a, image: x.org/c}\n") ==
      "a.env → a.env\n");
}

TEST_CASE("links: of a Dockerfile") {
  CHECK(linked("Dockerfile",
               "# syntax=docker/dockerfile:1\nFROM node:22 AS build\nFROM --platform=linux/amd64 build\n"
               "FROM ghcr.io/a/b\nFROM $X\nFROM scratch\n"
               "COPY --from=build / /\nCOPY --from=0 / /\nCOPY --from=bitnami/redis:8 / /\n") ==
        "docker/dockerfile:1 → https://hub.docker.com/r/docker/dockerfile\n"
        "node:22 → https://hub.docker.com/_/node\n"
        "bitnami/redis:8 → https://hub.docker.com/r/bitnami/redis\n");
}

TEST_CASE("links: images have a page where it is certain") {
  CHECK(image_page("docker.io/library/node:22") == "https://hub.docker.com/_/node");
  CHECK(image_page("a/b@sha256:" + std::string(64, '0')) == "https://hub.docker.com/r/a/b");
  for (const char* image :
       {"", "quay.io/a/b", "localhost/a", "localhost:5000/a", "a/b/c", "A", "a b", "scratch", "$A", "7"})
    CHECK(image_page(image).empty());
}

TEST_CASE("links: the declaration of a name in another text") {
  const Document compose("base.yaml", "services:\n  <|web|>:\n    image: a\n");
  CHECK(declaration(compose.analysis, {Name::Kind::Service, "web"}) == compose.fixture.ranges[0]);
  CHECK(!declaration(compose.analysis, {Name::Kind::Service, "db"}));
  const Document dockerfile("Dockerfile", "FROM a AS <|Final|>\n");
  CHECK(declaration(dockerfile.analysis, {Name::Kind::Stage, "final"}) == dockerfile.fixture.ranges[0]);
}

TEST_CASE("links: ranges are in the text whatever it is") {
  for (const char* path : {"Dockerfile", "compose.yaml"})
    for (const std::string& text : hostile_texts()) {
      const auto found = links(Document(path, text).analysis);
      INFO(path << ": " << text.substr(0, 200));
      std::size_t outside = 0;
      for (const Link& link : found)
        if (link.range.begin >= link.range.end || link.range.end > text.size()) ++outside;
      CHECK(outside == 0);
    }
}

}  // namespace
}  // namespace quaymaster::tests
