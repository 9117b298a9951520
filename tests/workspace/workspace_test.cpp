#include "workspace/workspace.h"

#include <string>
#include <vector>

#include "support/catch.h"
#include "workspace/memory_file_system.h"

namespace quaymaster::workspace {
namespace {

using Names = std::vector<std::string>;

/// A project with two services, one of which is built from the root.
struct Shop {
  MemoryFileSystem disk;

  Shop() {
    disk.add_file("/w/compose.yaml",
                  "services:\n  api: {build: {context: ., dockerfile: api/Dockerfile, target: prod}}\n"
                  "  web: {build: ./web}\n");
    disk.add_file("/w/.dockerignore", "web\n");
    disk.add_file("/w/api/Dockerfile",
                  "FROM a AS base\nCOPY api/start.sh /start.sh\nFROM base AS prod\nENTRYPOINT [\"/start.sh\"]\n");
    disk.add_file("/w/api/start.sh", "exec app\n");
    disk.add_file("/w/tools/Dockerfile", "FROM b\n");
  }
};

TEST_CASE("a Dockerfile knows who builds it, with which context and ignore file, and the scripts that it runs") {
  Shop shop;
  Workspace workspace(shop.disk, {"/w"});
  const Surroundings api = workspace.surroundings_of("/w/api/Dockerfile");
  const auto* around = api.as<DockerfileSurroundings>();
  REQUIRE(around);
  CHECK(api.complete);
  REQUIRE(around->builds.size() == 1);
  CHECK(around->builds[0].context == "/w");
  CHECK(around->builds[0].service == "api");
  CHECK(around->builds[0].target == "prod");
  CHECK(around->builds[0].ignore_path == "/w/.dockerignore");
  CHECK(around->scripts == Names{"/w/api/start.sh"});

  const Surroundings tools = workspace.surroundings_of("/w/tools/Dockerfile");
  REQUIRE(tools.as<DockerfileSurroundings>());
  CHECK(tools.as<DockerfileSurroundings>()->builds.at(0).assumed);
  CHECK(tools.as<DockerfileSurroundings>()->builds.at(0).context == "/w/tools");
  CHECK(tools.as<DockerfileSurroundings>()->builds.at(0).ignore == nullptr);
}

TEST_CASE("a Compose file knows the Dockerfiles that it builds") {
  Shop shop;
  Workspace workspace(shop.disk, {"/w"});
  const Surroundings compose = workspace.surroundings_of("/w/compose.yaml");
  const auto* around = compose.as<ComposeSurroundings>();
  REQUIRE(around);
  REQUIRE(around->builds.size() == 2);
  CHECK(around->builds[0].dockerfile_exists);
  REQUIRE(around->builds[0].stages);
  CHECK(*around->builds[0].stages == Names{"base", "prod"});
  CHECK(around->builds[1].dockerfile == "/w/web/Dockerfile");
  CHECK(!around->builds[1].context_exists);
  CHECK(!around->builds[1].dockerfile_exists);
  CHECK(!around->builds[1].stages);
}

TEST_CASE("a change names those whose surroundings it changes, and nobody else") {
  Shop shop;
  MemoryFileSystem& disk = shop.disk;
  Workspace workspace(disk, {"/w"});
  for (const char* path : {"/w/compose.yaml", "/w/api/Dockerfile", "/w/tools/Dockerfile"})
    CHECK(!std::holds_alternative<std::monostate>(workspace.surroundings_of(path).of));

  SECTION("a file that was missing is created") {
    disk.add_file("/w/web/Dockerfile", "FROM c\n");
    CHECK(workspace.changed("/w/web/Dockerfile") == Names{"/w/compose.yaml"});
    CHECK(workspace.surroundings_of("/w/compose.yaml").as<ComposeSurroundings>()->builds[1].dockerfile_exists);
  }
  SECTION("a folder is deleted") {
    disk.remove("/w/api");
    CHECK(workspace.changed("/w/api") == Names{"/w/compose.yaml"});
    CHECK(!workspace.surroundings_of("/w/compose.yaml").as<ComposeSurroundings>()->builds[0].dockerfile_exists);
    CHECK(std::holds_alternative<std::monostate>(workspace.surroundings_of("/w/api/Dockerfile").of));
  }
  SECTION("an ignore file is created, changed and deleted") {
    disk.add_file("/w/api/Dockerfile.dockerignore", "dist\n");
    CHECK(workspace.changed("/w/api/Dockerfile.dockerignore") == Names{"/w/api/Dockerfile"});
    const Surroundings now = workspace.surroundings_of("/w/api/Dockerfile");
    CHECK(now.as<DockerfileSurroundings>()->builds[0].ignore_path == "/w/api/Dockerfile.dockerignore");
    CHECK(workspace.changed("/w/.dockerignore").empty());
    disk.remove("/w/api/Dockerfile.dockerignore");
    CHECK(workspace.changed("/w/api/Dockerfile.dockerignore") == Names{"/w/api/Dockerfile"});
  }
  SECTION("a Compose file builds something else, first in the editor only") {
    CHECK(workspace.opened("/w/compose.yaml", "services: {t: {build: ./tools}}\n") ==
          Names{"/w/api/Dockerfile", "/w/tools/Dockerfile"});
    CHECK(!workspace.surroundings_of("/w/tools/Dockerfile").as<DockerfileSurroundings>()->builds[0].assumed);
    CHECK(workspace.surroundings_of("/w/api/Dockerfile").as<DockerfileSurroundings>()->builds[0].assumed);
    CHECK(workspace.closed("/w/compose.yaml") == Names{"/w/api/Dockerfile", "/w/tools/Dockerfile"});
    CHECK(!workspace.surroundings_of("/w/api/Dockerfile").as<DockerfileSurroundings>()->builds[0].assumed);
  }
  SECTION("a script is renamed") {
    disk.remove("/w/api/start.sh");
    disk.add_file("/w/api/begin.sh", "");
    CHECK(workspace.changed("/w/api/start.sh") == Names{"/w/api/Dockerfile"});
    CHECK(workspace.changed("/w/api/begin.sh").empty());
    CHECK(workspace.surroundings_of("/w/api/Dockerfile").as<DockerfileSurroundings>()->scripts.empty());
  }
  SECTION("a file that has nothing to do with containers") {
    disk.add_file("/w/README.md", "");
    CHECK(workspace.changed("/w/README.md").empty());
  }
  SECTION("a file outside of the workspace") {
    disk.add_file("/x/compose.yaml", "services: {t: {build: /w/tools}}\n");
    CHECK(workspace.opened("/x/compose.yaml", "services: {t: {build: /w/tools}}\n").empty());
    CHECK(workspace.index().find("/x/compose.yaml") == nullptr);
  }
}

TEST_CASE("texts that say everything thousands of times do not take long") {
  MemoryFileSystem disk;
  std::string dockerfile = "FROM a AS a\n";
  std::string compose = "services:\n";
  for (int i = 0; i < 5000; ++i) {
    const std::string number = std::to_string(i);
    dockerfile += "COPY f" + number + " /x\nRUN /x/s" + number + "\nFROM a AS s" + number + "\n";
    compose += "  s" + number + ": {build: {context: c" + number + ", dockerfile: ../Dockerfile}}\n";
  }
  disk.add_file("/w/Dockerfile", dockerfile);
  disk.add_file("/w/compose.yaml", compose);
  disk.add_file("/w/Dockerfile.dockerignore", std::string(kFoundFileLimit, '*'));
  Workspace workspace(disk, {"/w"});
  CHECK(workspace.surroundings_of("/w/Dockerfile").as<DockerfileSurroundings>()->builds.size() == 32);
  CHECK(workspace.surroundings_of("/w/compose.yaml").as<ComposeSurroundings>()->builds.size() == 5000);
}

TEST_CASE("a build that leads out of the workspace is nobody's business") {
  MemoryFileSystem disk;
  disk.add_file("/etc/shadow", "root");
  disk.add_file("/w/compose.yaml",
                "services:\n  a: {build: {context: .., dockerfile: etc/shadow}}\n  b: {build: {context: ., dockerfile: "
                "../etc/shadow}}\n  c: {build: 'https://example.com/c.git'}\n");
  Workspace workspace(disk, {"/w"});
  CHECK(workspace.surroundings_of("/w/compose.yaml").as<ComposeSurroundings>()->builds.empty());
}

}  // namespace
}  // namespace quaymaster::workspace
