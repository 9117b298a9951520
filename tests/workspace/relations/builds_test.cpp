#include "workspace/relations/builds.h"

#include <string>
#include <vector>

#include "support/catch.h"
#include "workspace/bounded_files.h"
#include "workspace/memory_file_system.h"
#include "workspace/recorded_reads.h"
#include "workspace/relations/compose_around.h"

namespace quaymaster::workspace {
namespace {

using Names = std::vector<std::string>;

TEST_CASE("a build leads to its Dockerfile and its context") {
  struct Row {
    BuildFacts build;
    std::optional<BuildPlace> place;
  };
  const Row rows[] = {
      {{".", "Dockerfile", false, {}, {}}, BuildPlace{"/w/api/Dockerfile", "/w/api"}},
      {{"..", "api/Dockerfile.dev", false, {}, {}}, BuildPlace{"/w/api/Dockerfile.dev", "/w"}},
      {{"./x/", "../Dockerfile", false, {}, {}}, BuildPlace{"/w/api/Dockerfile", "/w/api/x"}},
      {{"/abs", "Dockerfile", false, {}, {}}, BuildPlace{"/abs/Dockerfile", "/abs"}},
      {{"https://example.com/a.git", "Dockerfile", false, {}, {}}, std::nullopt},
      {{"git@example.com:a/b.git", "Dockerfile", false, {}, {}}, std::nullopt},
      {{std::nullopt, "Dockerfile", false, {}, {}}, std::nullopt},
      {{".", std::nullopt, false, {}, {}}, std::nullopt},
      {{".", "Dockerfile", true, {}, {}}, std::nullopt},
  };
  for (const Row& row : rows) {
    INFO(row.build.context.value_or("unknown"));
    CHECK(build_place("/w/api/compose.yaml", row.build) == row.place);
  }
}

TEST_CASE("a Dockerfile knows the services that build it") {
  MemoryFileSystem files;
  files.add_file("/w/compose.yaml", "services:\n  a: {build: ./api}\n  b: {build: .}\n  c: {image: redis}\n");
  files.add_file("/w/api/compose.dev.yaml",
                 "services:\n  a: {build: {context: .., dockerfile: api/Dockerfile, target: dev}}\n");
  files.add_file("/w/api/Dockerfile", "FROM a\n");
  Index index(files);
  index.add_folder("/w");
  const std::vector<Builder> builders{{"/w/api/compose.dev.yaml", "a", "/w", "dev"},
                                      {"/w/compose.yaml", "a", "/w/api", {}}};
  const Builders all = builders_in(index);
  CHECK(all.at("/w/api/Dockerfile") == builders);
  CHECK(!all.contains("/w/other/Dockerfile"));
}

TEST_CASE("a Dockerfile's own ignore file goes before that of the context, and every look is recorded") {
  MemoryFileSystem disk;
  disk.add_file("/w/.dockerignore", "node_modules\n");
  const BuildPlace build{"/w/docker/Dockerfile", "/w"};
  {
    const RecordingFileSystem files(disk);
    const auto found = ignore_file_of(build, files);
    REQUIRE(found);
    CHECK(found->path == "/w/.dockerignore");
    CHECK(found->rules.excludes("node_modules/a"));
    CHECK(files.reads().files.contains("/w/docker/Dockerfile.dockerignore"));
  }
  disk.add_file("/w/docker/Dockerfile.dockerignore", "dist\n");
  CHECK(ignore_file_of(build, disk)->path == "/w/docker/Dockerfile.dockerignore");
  disk.add_other("/w/docker/Dockerfile.dockerignore");
  CHECK(!ignore_file_of(build, disk));
  CHECK(!ignore_file_of({"/x/Dockerfile", "/x"}, disk));
}

TEST_CASE("a script of the image is found in the context through COPY") {
  struct Row {
    const char* copies;
    const char* path;
    Names sources;
  };
  const Row rows[] = {
      {"COPY docker/entrypoint.sh /entrypoint.sh\n", "/entrypoint.sh", {"docker/entrypoint.sh"}},
      {"COPY docker/run.sh /bin/\n", "/bin/run.sh", {"docker/run.sh", "docker/run.sh/run.sh"}},
      {"COPY ./docker /opt\n", "/opt/a/run.sh", {"docker/a/run.sh"}},
      {"COPY . /srv\n", "/srv/run.sh", {"run.sh"}},
      {"COPY scripts/*.sh /bin/\n", "/bin/run.sh", {"scripts/run.sh", "scripts/*.sh/run.sh"}},
      {"COPY run.sh /a\nCOPY other.sh /a\n", "/a", {"other.sh", "run.sh"}},
      {"COPY run.sh /bin/\n", "/sbin/run.sh", {}},
  };
  for (const Row& row : rows) {
    INFO(row.copies);
    const Facts facts = FactsReader().read(Language::Dockerfile, std::string("FROM a\n") + row.copies);
    CHECK(sources_of(row.path, 0, std::get<DockerfileFacts>(facts)) == row.sources);
  }
  const Facts stages =
      FactsReader().read(Language::Dockerfile, "FROM a AS base\nCOPY x /x\nFROM a AS other\nCOPY y /x\nFROM base\n");
  CHECK(sources_of("/x", 2, std::get<DockerfileFacts>(stages)) == Names{"x"});
}

TEST_CASE("a hostile Compose file has nothing read that is none of its business") {
  MemoryFileSystem disk;
  disk.add_file("/etc/shadow", "root:secret");
  disk.add_file("/etc/compose.yaml", "services: {a: {image: secret}}");
  disk.add_other("/w/pipe.yaml");
  disk.add_file("/w/compose.yaml", R"(include: [/etc/shadow, pipe.yaml, ../../../etc/compose.yaml]
services:
  a:
    extends: {file: ../../../etc/shadow, service: x}
    env_file: [/etc/shadow]
    build: {context: ../../.., dockerfile: etc/shadow}
)");
  const RecordingFileSystem recorded(disk);
  const BoundedFiles files(recorded, {"/w"});
  Index index(files);
  index.add_folder("/w");
  static_cast<void>(around_compose("/w/compose.yaml", index, files, RecordingFileSystem(files)));
  const auto* facts = index.find<ComposeFacts>("/w/compose.yaml");
  REQUIRE(facts);
  const auto place = build_place("/w/compose.yaml", *facts->services.at(0).build);
  REQUIRE(place);
  CHECK(!ignore_file_of(*place, files));
  CHECK(index.files().size() == 1);
  for (const std::string& read : recorded.reads().files) {
    INFO(read);
    CHECK((read == "/w" || read.starts_with("/w/") || read == "/.git"));
  }
}

}  // namespace
}  // namespace quaymaster::workspace
