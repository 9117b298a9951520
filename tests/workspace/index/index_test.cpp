#include "workspace/index/index.h"

#include <new>
#include <string>
#include <vector>

#include "support/catch.h"
#include "workspace/bounded_files.h"
#include "workspace/memory_file_system.h"
#include "workspace/open_documents.h"

namespace quaymaster::workspace {
namespace {

/// The indexed paths, one a line.
std::string paths_in(const Index& index) {
  std::string out;
  for (const auto& [path, facts] : index.files()) out += path + "\n";
  return out;
}

std::string image_of(const Index& index, std::string_view path) {
  const auto* facts = index.find<DockerfileFacts>(path);
  return facts && !facts->stages.empty() ? facts->stages.front().image : "";
}

TEST_CASE("the index has the container files of a folder, and follows every change") {
  MemoryFileSystem files;
  files.add_file("/w/.git/config", "");
  files.add_file("/w/.gitignore", "ignored/\n");
  files.add_file("/w/Dockerfile", "FROM node");
  files.add_file("/w/api/compose.yaml", "services: {a: {image: redis}}");
  files.add_file("/w/settings.yaml", "a: 1");
  files.add_file("/w/ignored/Dockerfile", "FROM a");
  Index index(files);
  index.add_folder("/w");
  CHECK(paths_in(index) == "/w/Dockerfile\n/w/api/compose.yaml\n");
  CHECK(index.complete());

  SECTION("a changed file") {
    files.add_file("/w/Dockerfile", "FROM python");
    index.refresh("/w/Dockerfile");
    CHECK(image_of(index, "/w/Dockerfile") == "python");
  }
  SECTION("a created and a deleted file") {
    files.add_file("/w/Dockerfile.dev", "FROM ruby");
    files.remove("/w/Dockerfile");
    index.refresh("/w/Dockerfile.dev");
    index.refresh("/w/Dockerfile");
    CHECK(paths_in(index) == "/w/Dockerfile.dev\n/w/api/compose.yaml\n");
  }
  SECTION("what is left out stays out, until the file that says so changes") {
    files.add_file("/w/ignored/deep/compose.yaml", "services: {a: {image: redis}}");
    files.add_file("/w/.git/Dockerfile", "FROM a");
    for (const char* path : {"/w/ignored/Dockerfile", "/w/ignored/deep/compose.yaml", "/w/ignored", "/w/ignored/deep",
                             "/w/.git/Dockerfile"})
      index.refresh(path);
    CHECK(paths_in(index) == "/w/Dockerfile\n/w/api/compose.yaml\n");
    files.add_file("/w/.gitignore", "Dockerfile\n!ignored/Dockerfile\n");
    index.refresh("/w/.gitignore");
    CHECK(paths_in(index) == "/w/api/compose.yaml\n/w/ignored/Dockerfile\n/w/ignored/deep/compose.yaml\n");
    files.remove("/w/.gitignore");
    index.refresh("/w/.gitignore");
    CHECK(index.role("/w/Dockerfile"));
  }
  SECTION("a renamed folder") {
    files.remove("/w/api");
    files.add_file("/w/service/compose.yaml", "services: {a: {image: redis}}");
    index.refresh("/w/api");
    index.refresh("/w/service");
    CHECK(paths_in(index) == "/w/Dockerfile\n/w/service/compose.yaml\n");
  }
  SECTION("a file that is a container file no more, and one that becomes one") {
    files.add_file("/w/api/compose.yaml", "");
    files.remove("/w/Dockerfile");
    files.add_folder("/w/Dockerfile");
    files.add_file("/w/settings.yaml", "apiVersion: v1\nkind: Pod\n");
    for (const char* path : {"/w/Dockerfile", "/w/settings.yaml"}) index.refresh(path);
    CHECK(index.find("/w/Dockerfile") == nullptr);
    CHECK(index.find<KubernetesFacts>("/w/settings.yaml") != nullptr);
    CHECK(index.find<ComposeFacts>("/w/settings.yaml") == nullptr);
  }
}

TEST_CASE("the index takes the text of an open document, and of one that was never saved") {
  MemoryFileSystem disk;
  disk.add_file("/w/Dockerfile", "FROM node");
  OpenDocuments files(disk);
  Index index(files);
  index.add_folder("/w");
  files.open("/w/Dockerfile", "FROM python");
  files.open("/w/new/Dockerfile", "FROM ruby");
  index.refresh("/w/Dockerfile");
  index.refresh("/w/new/Dockerfile");
  CHECK(image_of(index, "/w/Dockerfile") == "python");
  CHECK(image_of(index, "/w/new/Dockerfile") == "ruby");
  files.close("/w/Dockerfile");
  files.close("/w/new/Dockerfile");
  index.refresh("/w/Dockerfile");
  index.refresh("/w/new/Dockerfile");
  CHECK(image_of(index, "/w/Dockerfile") == "node");
  CHECK(index.find("/w/new/Dockerfile") == nullptr);
}

TEST_CASE("what cannot be read makes the index incomplete until it is gone") {
  MemoryFileSystem files;
  files.add_file("/w/Dockerfile", std::string(kFoundFileLimit + 1, '#'));
  files.add_file("/w/compose.yaml", "services: {a: {image: redis}}");
  Index index(files);
  index.add_folder("/w");
  CHECK(paths_in(index) == "/w/compose.yaml\n");
  CHECK(!index.complete());
  files.add_file("/w/Dockerfile", "FROM node");
  index.refresh("/w/Dockerfile");
  CHECK(index.complete());
}

TEST_CASE("a file that throws while it is read costs its own facts and nothing else") {
  struct Throwing final : FileSystem {
    const MemoryFileSystem& files;
    mutable bool throws = false;
    explicit Throwing(const MemoryFileSystem& of) : files(of) {}
    FileKind kind(const std::string& path) const override { return files.kind(path); }
    OrFileError<std::string> read(const std::string& path, std::uint64_t limit) const override {
      if (throws) throw std::bad_alloc();
      return files.read(path, limit);
    }
    OrFileError<std::vector<FolderEntry>> list(const std::string& path) const override { return files.list(path); }
    std::string real_path(const std::string& path) const override { return files.real_path(path); }
  };
  MemoryFileSystem memory;
  memory.add_file("/w/a/Dockerfile", "FROM node");
  memory.add_file("/w/b/Dockerfile", "FROM redis");
  Throwing files(memory);
  Index index(files);
  index.add_folder("/w");
  files.throws = true;
  CHECK(image_of(index, "/w/a/Dockerfile").empty());
  CHECK(!index.complete());
  files.throws = false;
  CHECK(image_of(index, "/w/b/Dockerfile") == "redis");
  index.refresh("/w/a/Dockerfile");
  CHECK(image_of(index, "/w/a/Dockerfile") == "node");
  CHECK(index.complete());
}

TEST_CASE("links, loops, pipes and files outside of the workspace are not in the index") {
  MemoryFileSystem disk;
  disk.add_file("/elsewhere/Dockerfile", "FROM secret");
  disk.add_file("/w/compose.yaml", "services: {a: {image: redis}}");
  disk.add_link("/w/Dockerfile", "/elsewhere/Dockerfile");
  disk.add_link("/w/loop", "/w");
  disk.add_other("/w/Containerfile");
  const BoundedFiles files(disk, {"/w"});
  Index index(files);
  index.add_folder("/w");
  CHECK(paths_in(index) == "/w/compose.yaml\n");
  for (const char* path : {"/w/Dockerfile", "/w/Containerfile", "/elsewhere/Dockerfile", "/w/../elsewhere/Dockerfile"})
    index.refresh(path);
  CHECK(paths_in(index) == "/w/compose.yaml\n");
}

}  // namespace
}  // namespace quaymaster::workspace
