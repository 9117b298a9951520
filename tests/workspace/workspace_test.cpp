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
  CHECK(around->builds[0].built_by == "/w/compose.yaml");
  CHECK(around->builds[0].ignore_known);
  CHECK(workspace.scripts_of("/w/api/Dockerfile") == Names{"/w/api/start.sh"});
  CHECK(workspace.scripts_of("/w/compose.yaml").empty());

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
  CHECK(workspace.scripts_of("/w/api/Dockerfile") == Names{"/w/api/start.sh"});

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
    CHECK(workspace.scripts_of("/w/api/Dockerfile").empty());
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

TEST_CASE("a Compose file follows the files that it names, includes and is included by, and its environment") {
  MemoryFileSystem disk;
  disk.add_file("/w/compose.yaml", "services: {a: {image: redis, env_file: x.list}}\n");
  disk.add_file("/w/sub/compose.yaml", "services: {b: {image: redis}}\n");
  Workspace workspace(disk, {"/w"});
  const auto look = [&] {
    for (const char* path : {"/w/compose.yaml", "/w/sub/compose.yaml"})
      static_cast<void>(workspace.surroundings_of(path));
  };
  look();
  disk.add_file("/w/x.list", "");
  CHECK(workspace.changed("/w/x.list") == Names{"/w/compose.yaml"});
  look();
  CHECK(workspace.changed("/w/README.md").empty());
  disk.add_file("/w/.env", "A=1\n");
  CHECK(workspace.changed("/w/.env") == Names{"/w/compose.yaml"});
  look();
  disk.add_file("/w/compose.override.yaml", "services: {c: {image: redis}}\n");
  CHECK(workspace.changed("/w/compose.override.yaml") == Names{"/w/compose.yaml"});
  look();
  CHECK(workspace.opened("/w/compose.yaml", "include: [sub/compose.yaml]\nservices: {a: {image: redis}}\n") ==
        Names{"/w/sub/compose.yaml"});
  look();
  const Surroundings included = workspace.surroundings_of("/w/sub/compose.yaml");
  CHECK(included.as<ComposeSurroundings>()->others->services == Names{"a", "c"});
  disk.remove("/w/sub/compose.yaml");
  CHECK(workspace.changed("/w/sub/compose.yaml") == Names{"/w/compose.yaml"});
  CHECK(!workspace.surroundings_of("/w/compose.yaml").as<ComposeSurroundings>()->others);
}

TEST_CASE("many changes at once name the same files as one after the other") {
  Shop shop;
  Workspace workspace(shop.disk, {"/w"});
  for (const char* path : {"/w/api/Dockerfile", "/w/tools/Dockerfile", "/w/compose.yaml"})
    static_cast<void>(workspace.surroundings_of(path));
  shop.disk.add_file("/w/web/Dockerfile", "FROM c\n");
  shop.disk.add_file("/w/.dockerignore", "x\n");
  CHECK(workspace.changed(Names{"/w/web/Dockerfile", "/w/.dockerignore", "/w/none"}) ==
        Names{"/w/api/Dockerfile", "/w/compose.yaml"});
}

TEST_CASE("what workflows, Makefiles and bake files build counts, and they are followed") {
  MemoryFileSystem disk;
  disk.add_file(
      "/w/.github/workflows/image.yml",
      "jobs: {a: {steps: [{uses: docker/build-push-action@v6, with: {context: ., file: api/Dockerfile}}]}}\n");
  disk.add_file("/w/api/Dockerfile", "FROM a\n");
  disk.add_file("/w/web/Dockerfile", "FROM b\n");
  disk.add_file("/w/web/Makefile", "image:\n\tdocker build --target prod .\n");
  disk.add_file("/w/cli/Dockerfile", "FROM c\n");
  disk.add_file("/w/docker-bake.hcl", "target \"cli\" { context = \"cli\" }\n");
  Workspace workspace(disk, {"/w"});
  const auto build_of = [&](const std::string& path) {
    const Surroundings around = workspace.surroundings_of(path);
    return around.as<DockerfileSurroundings>()->builds.at(0);
  };
  CHECK(build_of("/w/api/Dockerfile").context == "/w");
  CHECK(build_of("/w/api/Dockerfile").built_by == "/w/.github/workflows/image.yml");
  CHECK(build_of("/w/web/Dockerfile").target == "prod");
  CHECK(build_of("/w/cli/Dockerfile").service == "cli");

  CHECK(workspace.opened("/w/web/Makefile", "image:\n\tdocker build ..\n") == Names{"/w/web/Dockerfile"});
  CHECK(build_of("/w/web/Dockerfile").assumed);
  CHECK(workspace.closed("/w/web/Makefile") == Names{"/w/web/Dockerfile"});
  disk.remove("/w/.github");
  CHECK(workspace.changed("/w/.github") == Names{"/w/api/Dockerfile"});
  CHECK(build_of("/w/api/Dockerfile").assumed);
  disk.add_file("/w/Makefile", "all:\n\tdocker build -f api/Dockerfile .\n");
  CHECK(workspace.changed("/w/Makefile") == Names{"/w/api/Dockerfile"});
  CHECK(build_of("/w/api/Dockerfile").built_by == "/w/Makefile");
}

TEST_CASE("what should not come into an image is seen in the context, and only that is watched") {
  MemoryFileSystem disk;
  disk.add_file("/w/Dockerfile", "FROM a\nCOPY . .\n");
  disk.add_file("/w/.git/HEAD", "");
  Workspace workspace(disk, {"/w"});
  const auto unwanted = [&] {
    const Surroundings around = workspace.surroundings_of("/w/Dockerfile");
    return around.as<DockerfileSurroundings>()->builds.at(0).unwanted;
  };
  using Unwanted = std::vector<std::string_view>;
  CHECK(unwanted() == Unwanted{".git"});
  disk.add_file("/w/.env", "A=1");
  CHECK(workspace.changed("/w/.env") == Names{"/w/Dockerfile"});
  // What is in the repository is nobody's own.
  CHECK(unwanted() == Unwanted{".git"});
  disk.add_file("/w/.gitignore", ".env*\n");
  CHECK(workspace.changed("/w/.gitignore") == Names{"/w/Dockerfile"});
  CHECK(unwanted() == Unwanted{".git", ".env"});
  disk.add_file("/w/main.go", "");
  CHECK(workspace.changed("/w/main.go").empty());
  // An ignore file that nobody saved counts.
  CHECK(workspace.opened("/w/.dockerignore", ".env\n") == Names{"/w/Dockerfile"});
  CHECK(workspace.surroundings_of("/w/Dockerfile").as<DockerfileSurroundings>()->builds.at(0).ignore);
  CHECK(workspace.closed("/w/.dockerignore") == Names{"/w/Dockerfile"});
  disk.add_other("/w/.dockerignore");
  CHECK(workspace.changed("/w/.dockerignore") == Names{"/w/Dockerfile"});
  CHECK(!workspace.surroundings_of("/w/Dockerfile").as<DockerfileSurroundings>()->builds.at(0).ignore_known);
}

TEST_CASE("files that say together what is built are followed together") {
  MemoryFileSystem disk;
  disk.add_file("/w/compose.yaml", "services: {a: {build: {context: a}}}\n");
  disk.add_file("/w/compose.override.yaml", "services: {a: {build: {dockerfile: dev.Dockerfile}}}\n");
  disk.add_file("/w/a/dev.Dockerfile", "FROM a\n");
  disk.add_file("/w/b/dev.Dockerfile", "FROM b\n");
  Workspace workspace(disk, {"/w"});
  CHECK(!workspace.surroundings_of("/w/a/dev.Dockerfile").as<DockerfileSurroundings>()->builds[0].assumed);
  CHECK(workspace.surroundings_of("/w/b/dev.Dockerfile").as<DockerfileSurroundings>()->builds[0].assumed);
  CHECK(workspace.surroundings_of("/w/compose.override.yaml").as<ComposeSurroundings>()->builds.empty());
  CHECK(workspace.opened("/w/compose.yaml", "services: {a: {build: {context: b}}}\n") ==
        Names{"/w/a/dev.Dockerfile", "/w/b/dev.Dockerfile", "/w/compose.override.yaml"});
  CHECK(workspace.surroundings_of("/w/a/dev.Dockerfile").as<DockerfileSurroundings>()->builds[0].assumed);
}

TEST_CASE("a Dockerfile that is missing is told with those that are there") {
  MemoryFileSystem disk;
  disk.add_file("/w/compose.yaml",
                "services:\n  a: {build: {context: a, dockerfile: Dockerfle}}\n  b: {build: b}\n  c: {build: c}\n");
  disk.add_file("/w/a/Dockerfile", "FROM a\n");
  disk.add_file("/w/a/docker/Dockerfile.dev", "FROM a\n");
  disk.add_folder("/w/b");
  Workspace workspace(disk, {"/w"});
  const Surroundings compose = workspace.surroundings_of("/w/compose.yaml");
  const auto& builds = compose.as<ComposeSurroundings>()->builds;
  REQUIRE(builds.size() == 3);
  CHECK(builds[0].dockerfiles == Names{"Dockerfile", "docker/Dockerfile.dev"});
  CHECK(!builds[0].context_empty);
  CHECK(builds[1].context_empty);
  CHECK(!builds[2].context_exists);
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

TEST_CASE("circles of files and links come to an end") {
  MemoryFileSystem disk;
  disk.add_file("/w/compose.yaml",
                "include: [b/compose.yaml]\nservices: {a: {extends: {file: b/compose.yaml, service: a}, build: {}}}\n");
  disk.add_file(
      "/w/b/compose.yaml",
      "include: [../compose.yaml]\nservices: {a: {extends: {file: ../compose.yaml, service: a}, build: {}}}\n");
  disk.add_link("/w/loop", "/w");
  disk.add_link("/w/b/Dockerfile", "/w/b/Dockerfile");
  Workspace workspace(disk, {"/w"});
  CHECK(workspace.index().files().size() == 2);
  CHECK(workspace.index().complete());
  CHECK(workspace.surroundings_of("/w/compose.yaml").as<ComposeSurroundings>()->builds.empty());
  CHECK(workspace.changed("/w/loop").empty());
}

/// Fails the test when somebody reads or lists something outside of /w.
class OnlyInside final : public FileSystem {
 public:
  explicit OnlyInside(const FileSystem& files) : files_(files) {}
  [[nodiscard]] FileKind kind(const std::string& path) const override { return files_.kind(path); }
  [[nodiscard]] OrFileError<std::string> read(const std::string& path, std::uint64_t limit) const override {
    return files_.read(inside(path), limit);
  }
  [[nodiscard]] OrFileError<std::vector<FolderEntry>> list(const std::string& path) const override {
    return files_.list(inside(path));
  }
  [[nodiscard]] std::string real_path(const std::string& path) const override { return files_.real_path(path); }

 private:
  static const std::string& inside(const std::string& path) {
    CHECK((path == "/w" || path.starts_with("/w/")));
    return path;
  }
  const FileSystem& files_;
};

TEST_CASE("nothing is read that hostile files name outside of the workspace, and no pipe") {
  MemoryFileSystem disk;
  disk.add_file("/etc/shadow", "root");
  disk.add_file("/etc/Dockerfile", "FROM secret AS secret");
  disk.add_link("/w/etc", "/etc");
  disk.add_link("/w/shadow.Dockerfile", "/etc/shadow");
  disk.add_other("/w/pipe/Dockerfile");
  disk.add_other("/w/pipe/.dockerignore");
  disk.add_file("/w/compose.yaml", R"(include: [/etc/shadow, ../../../etc/shadow]
services:
  a: {build: {context: /etc, dockerfile: shadow}, env_file: [/etc/shadow]}
  b: {build: {context: ., dockerfile: /etc/shadow}}
  c: {build: {context: etc}, extends: {file: ../../../etc/shadow, service: a}}
  d: {build: pipe}
  e: {build: ../../..}
  f: {build: {context: ., dockerfile: shadow.Dockerfile}}
)");
  disk.add_file("/w/Makefile", "a:\n\tdocker build -f Dockerfile /etc\n\tdocker build ../..\n");
  disk.add_file("/w/Dockerfile", "FROM a\nCOPY /etc/shadow /a.sh\nCOPY ../../etc/shadow /b.sh\nCMD /a.sh && /b.sh\n");
  const OnlyInside files(disk);
  Workspace workspace(files, {"/w"});
  const Surroundings compose = workspace.surroundings_of("/w/compose.yaml");
  for (const ServiceBuild& build : compose.as<ComposeSurroundings>()->builds) {
    INFO(build.service);
    CHECK(!build.stages);
    CHECK(!build.context.starts_with("/etc"));
  }
  const Surroundings dockerfile = workspace.surroundings_of("/w/Dockerfile");
  CHECK(!dockerfile.as<DockerfileSurroundings>()->builds.at(0).ignore);
  CHECK(!dockerfile.as<DockerfileSurroundings>()->builds.at(0).ignore_known);
  CHECK(workspace.scripts_of("/w/Dockerfile").empty());
}

TEST_CASE("a file that cannot be read, and could decide something, makes all that is known incomplete") {
  MemoryFileSystem disk;
  disk.add_file("/w/Dockerfile", "FROM a\n");
  disk.add_file("/w/resources.yaml", std::string(kFoundFileLimit + 1, '#'));
  Workspace workspace(disk, {"/w"});
  CHECK(workspace.surroundings_of("/w/Dockerfile").complete);
  disk.add_file("/w/compose.yaml", std::string(kFoundFileLimit + 1, '#'));
  static_cast<void>(workspace.changed("/w/compose.yaml"));
  CHECK(!workspace.surroundings_of("/w/Dockerfile").complete);
  disk.remove("/w/compose.yaml");
  disk.add_file("/w/other/Makefile", "");
  disk.forbid("/w/other");
  static_cast<void>(workspace.changed("/w/compose.yaml"));
  static_cast<void>(workspace.changed("/w/other"));
  CHECK(!workspace.surroundings_of("/w/Dockerfile").complete);
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
