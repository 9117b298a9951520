#include "workspace/recorded_reads.h"

#include <string>
#include <vector>

#include "support/catch.h"
#include "workspace/memory_file_system.h"

namespace quaymaster::workspace {
namespace {

using Names = std::vector<std::string>;

TEST_CASE("every look at a file system is noted, what is not there too") {
  MemoryFileSystem disk;
  disk.add_file("/w/real/a", "x");
  disk.add_link("/w/link", "/w/real");
  const RecordingFileSystem files(disk);
  CHECK(files.kind("/w/missing") == FileKind::Missing);
  CHECK(files.read("/w/link/../link/a", 10).index() == 0);
  CHECK(files.list("/w/link").index() == 0);
  Reads expected;
  expected.files = {"/w/missing", "/w/link/a", "/w/real/a"};
  expected.folders = {"/w/link", "/w/real"};
  CHECK(files.reads() == expected);
}

TEST_CASE("a change concerns who looked at the path, at its folder, or below it") {
  Dependencies dependencies;
  dependencies.set("/w/compose.yaml", {{"/w/api/Dockerfile", "/w/.env"}, {}});
  dependencies.set("/w/api/Dockerfile", {{"/w/api/.dockerignore"}, {"/w/api"}});
  CHECK(dependencies.affected_by("/w/.env") == Names{"/w/compose.yaml"});
  CHECK(dependencies.affected_by("/w/api/Dockerfile") == Names{"/w/api/Dockerfile", "/w/compose.yaml"});
  CHECK(dependencies.affected_by("/w/api/new") == Names{"/w/api/Dockerfile"});
  CHECK(dependencies.affected_by("/w/api/new/below").empty());
  CHECK(dependencies.affected_by("/w/api") == Names{"/w/api/Dockerfile", "/w/compose.yaml"});
  CHECK(dependencies.affected_by("/w") == Names{"/w/api/Dockerfile", "/w/compose.yaml"});
  CHECK(dependencies.affected_by("/w/ap").empty());
}

TEST_CASE("what was read once and is read no more does not count") {
  Dependencies dependencies;
  dependencies.set("/w/compose.yaml", {{"/w/a"}, {"/w/b"}});
  dependencies.set("/w/compose.yaml", {{"/w/c"}, {}});
  CHECK(dependencies.affected_by("/w/a").empty());
  CHECK(dependencies.affected_by("/w/b/x").empty());
  CHECK(dependencies.affected_by("/w/c") == Names{"/w/compose.yaml"});
  dependencies.remove("/w/compose.yaml");
  CHECK(dependencies.affected_by("/w/c").empty());
}

}  // namespace
}  // namespace quaymaster::workspace
