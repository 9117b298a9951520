#include "workspace/index/facts.h"

#include <string>

#include "support/catch.h"

namespace quaymaster::workspace {
namespace {

template <class Kind>
Kind read(Language language, std::string_view text) {
  return std::get<Kind>(FactsReader().read(language, text));
}
DockerfileFacts dockerfile(std::string_view text) { return read<DockerfileFacts>(Language::Dockerfile, text); }
ComposeFacts compose(std::string_view text) { return read<ComposeFacts>(Language::Compose, text); }

TEST_CASE("a Dockerfile's stages are known with what they build on") {
  const DockerfileFacts facts = dockerfile(
      "ARG TAG=22\nFROM docker.io/library/node:${TAG} AS Base\nFROM base AS dev\nFROM $UNKNOWN\nUSER app:app\n"
      "EXPOSE 80 443/tcp\n");
  const std::vector<StageFacts> stages{{"base", {}, "node", "22"}, {"dev", 0, "", ""}, {"", {}, "", ""}};
  CHECK(facts.stages == stages);
  CHECK(facts.user == "app");
  CHECK(facts.ports == std::vector<std::uint16_t>{80, 443});
}

TEST_CASE("what is copied from the context is known with the place where it goes") {
  const DockerfileFacts facts = dockerfile(
      "FROM a AS x\nWORKDIR /srv\nARG DIR=conf\nCOPY package.json package-lock.json ./\nCOPY --chown=1 $DIR /etc/app\n"
      "ADD [\"my file\", \"to/\"]\nCOPY --from=x /a /b\nADD https://example.com/a /a\nCOPY <<EOF /b\nx\nEOF\n"
      "FROM b\nCOPY relative to\nCOPY $NOBODY . /c\n");
  const std::vector<CopyFacts> copies{{0, {"package.json", "package-lock.json"}, "/srv", true, true},
                                      {0, {"conf"}, "/etc/app", false, true},
                                      {0, {"my file"}, "/srv/to", true, true}};
  REQUIRE(facts.copies.size() >= 3);
  CHECK(std::vector<CopyFacts>(facts.copies.begin(), facts.copies.begin() + 3) == copies);
}

TEST_CASE("the scripts that an image runs are known") {
  const DockerfileFacts facts = dockerfile(
      "FROM a\nWORKDIR /srv\nRUN ./install.sh && apt-get update\nRUN bash setup.sh --fast\n"
      "ENTRYPOINT [\"tini\", \"--\", \"/entrypoint.sh\"]\nCMD [\"node\", \"server.js\"]\n");
  std::string shown;
  for (const ScriptUse& script : facts.scripts) shown += script.path + (script.at_start ? " at start\n" : "\n");
  CHECK(shown.starts_with("/srv/install.sh\n/srv/setup.sh\n"));
  CHECK(shown.find("/entrypoint.sh at start\n") != std::string::npos);
  CHECK(shown.find("/srv/server.js at start\n") != std::string::npos);
}

TEST_CASE("a Compose file's services are known with what they build, extend and read") {
  const ComposeFacts facts = compose(R"(include: [other/compose.yaml]
services:
  a:
    image: redis:7
    env_file: [a.env]
  b:
    build: ./b
  c:
    build: {context: ., dockerfile: docker/Dockerfile, target: prod, args: {A: 1}}
    extends: {file: base.yaml, service: base}
  d:
    build: {context: $WHERE, target: "${TARGET}"}
)");
  REQUIRE(facts.services.size() == 4);
  CHECK(facts.includes == std::vector<std::string>{"other/compose.yaml"});
  CHECK(facts.services[0] == ServiceFacts{"a", "redis", {}, "", ""});
  CHECK(facts.services[1].build == BuildFacts{"./b", "Dockerfile", false, {}, {}, true, false});
  CHECK(facts.services[2].build == BuildFacts{".", "docker/Dockerfile", false, "prod", {"A"}});
  CHECK(facts.services[2].extends_file == "base.yaml");
  CHECK(facts.services[2].extends_service == "base");
  CHECK(facts.services[3].build == BuildFacts{{}, "Dockerfile", false, {}, {}, true, false});
}

TEST_CASE("a Compose file's names are known, the files that it names, and services that others complete") {
  const ComposeFacts facts = compose(R"(include:
  - {path: [a.yaml, b.yaml], env_file: x.env}
  - ${WHERE}
services:
  web: {env_file: [web.env, "${X}.env", {path: more.env, required: false}], depends_on: [db]}
  job: {extends: {file: base.yaml, service: job}}
volumes: {data: {}}
networks: {back: }
secrets: {key: {file: ./key.txt}}
configs: {site: {file: site.conf}, other: {external: true}}
)");
  CHECK(facts.includes == std::vector<std::string>{"a.yaml", "b.yaml"});
  CHECK(!facts.includes_known);
  CHECK(facts.services[0].is_fragment);
  CHECK(!facts.services[1].is_fragment);
  CHECK(facts.volumes == std::vector<std::string>{"data"});
  CHECK(facts.networks == std::vector<std::string>{"back"});
  CHECK(facts.configs == std::vector<std::string>{"site", "other"});
  CHECK(facts.files == std::vector<std::string>{"./key.txt", "a.yaml", "b.yaml", "base.yaml", "more.env", "site.conf",
                                                "web.env", "x.env"});
}

TEST_CASE("manifests give their objects") {
  const auto facts = read<KubernetesFacts>(
      Language::Kubernetes,
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: n}\n---\napiVersion: v1\nkind: Pod\n"
      "metadata: {name: p}\nspec: {containers: [{name: a, image: docker.io/library/redis:7}]}\n");
  REQUIRE(facts.objects->size() == 2);
  CHECK(facts.objects->at(0).kind == "ConfigMap");
  CHECK(facts.objects->at(0).namespace_name == "n");
  CHECK(facts.objects->at(1).name == "p");
  CHECK(facts.objects->at(1).runs_pods);
}

TEST_CASE("broken texts give fewer facts") {
  for (const std::string& text : {std::string(), std::string("\0\xFF\n", 3), std::string("FROM\nCOPY\nRUN\n"),
                                  std::string("services: [\n"), std::string("COPY a b\nCMD x\n")}) {
    CHECK(dockerfile(text).copies.empty());
    CHECK(compose(text).services.empty());
    CHECK(read<KubernetesFacts>(Language::Kubernetes, text).objects->empty());
  }
}

}  // namespace
}  // namespace quaymaster::workspace
