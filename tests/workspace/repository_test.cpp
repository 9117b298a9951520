#include "workspace/repository.h"

#include "support/catch.h"
#include "workspace/memory_file_system.h"

namespace quaymaster::workspace {
namespace {

TEST_CASE("the root of a repository is git's, or that of the configuration, or the folder itself") {
  MemoryFileSystem files;
  files.add_folder("/git/.git");
  files.add_file("/git/.quaymaster.yaml", "");
  files.add_file("/git/a/.quaymaster.yaml", "");
  files.add_file("/git/a/b/Dockerfile", "");
  files.add_file("/worktree/.git", "gitdir: /elsewhere");
  files.add_file("/worktree/Dockerfile", "");
  files.add_file("/plain/.quaymaster.yaml", "");
  files.add_file("/plain/a/.quaymaster.yaml", "");
  files.add_file("/plain/a/b/Dockerfile", "");
  files.add_file("/bare/a/Dockerfile", "");
  files.add_link("/link", "/git/a/b/Dockerfile");
  CHECK(repository_root(files, "/git/a/b/Dockerfile") == "/git");
  CHECK(repository_root(files, "/git") == "/git");
  CHECK(repository_root(files, "/link") == "/git");
  CHECK(repository_root(files, "/worktree/Dockerfile") == "/worktree");
  CHECK(repository_root(files, "/plain/a/b/Dockerfile") == "/plain");
  CHECK(repository_root(files, "/bare/a/Dockerfile") == "/bare/a");
  CHECK(repository_root(files, "/bare") == "/bare");
  CHECK(repository_root(files, "/nothing").empty());
}

}  // namespace
}  // namespace quaymaster::workspace
