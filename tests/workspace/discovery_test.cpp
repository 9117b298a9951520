#include "workspace/discovery.h"

#include <string>
#include <vector>

#include "support/catch.h"
#include "workspace/memory_file_system.h"

namespace quaymaster::workspace {
namespace {

/// What is found, one a line: "path", with " (named)" for what was given itself.
std::string found(const FileSystem& files, const std::vector<std::string>& paths) {
  std::string out;
  const Discovery discovery = discover(files, paths);
  for (const FoundFile& file : discovery.files) out += file.path + (file.named ? " (named)\n" : "\n");
  for (const PathMessage& error : discovery.errors) out += "error: " + error.path + ": " + error.message + "\n";
  for (const PathMessage& note : discovery.notes) out += "note: " + note.path + ": " + note.message + "\n";
  return out;
}

TEST_CASE("a folder gives what has the name of a container file, in the order of bytes") {
  MemoryFileSystem files;
  for (const char* path : {"/b/compose.yaml", "/b/Dockerfile", "/a/Dockerfile.dev", "/a/readme.md", "/Dockerfile",
                           "/a-b/Dockerfile", "/.github/deploy.yml", "/Dockerfile.md"})
    files.add_file(path, "");
  const std::string expected = R"(.github/deploy.yml
Dockerfile
a/Dockerfile.dev
a-b/Dockerfile
b/Dockerfile
b/compose.yaml
)";
  CHECK(found(files, {"."}) == expected);
  CHECK(found(files, {"./"}) == expected);
  CHECK(found(files, {"a", "/b"}) == "a/Dockerfile.dev\n/b/Dockerfile\n/b/compose.yaml\n");
  CHECK(found(files, {"b/"}) == "b/Dockerfile\nb/compose.yaml\n");
  CHECK(found(files, {"./b"}) == "./b/Dockerfile\n./b/compose.yaml\n");
}

TEST_CASE("a file that is named is taken whatever its name, and no file twice") {
  MemoryFileSystem files;
  files.add_file("/a/image.txt", "");
  files.add_file("/a/Dockerfile", "");
  files.add_file("/a/.gitignore", "*\n");
  CHECK(found(files, {"a/image.txt", "a/Dockerfile", "./a/image.txt"}) ==
        "a/image.txt (named)\na/Dockerfile (named)\n");
  files.add_file("/b/Dockerfile", "");
  CHECK(found(files, {"b", "b/Dockerfile"}) == "b/Dockerfile (named)\n");
}

TEST_CASE("what cannot be had is an error, and the rest is still found") {
  MemoryFileSystem files;
  files.add_file("/a/Dockerfile", "");
  files.add_file("/secret/Dockerfile", "");
  files.forbid("/secret");
  files.add_other("/pipe");
  files.add_other("/a/compose.yaml");
  CHECK(found(files, {"nothing", "pipe", "."}) == R"(a/Dockerfile
error: nothing: no such file or folder
error: pipe: is not a regular file
error: secret: permission denied
note: a/compose.yaml: is not a regular file; left alone
)");
}

TEST_CASE("ignore files nest") {
  MemoryFileSystem files;
  files.add_file("/.gitignore", "*.yaml\n/build\nlogs/\n");
  files.add_file("/a/.gitignore", "!keep.yaml\nDockerfile\n");
  for (const char* path :
       {"/x.yaml", "/a/keep.yaml", "/a/x.yaml", "/a/Dockerfile", "/a/b/Dockerfile", "/build/Dockerfile",
        "/a/build/Dockerfile.x", "/logs/Dockerfile", "/a/logs/Dockerfile", "/b/Dockerfile", "/b/keep.yaml"})
    files.add_file(path, "");
  CHECK(found(files, {"."}) == "a/build/Dockerfile.x\na/keep.yaml\nb/Dockerfile\n");
}

TEST_CASE("what stands in an ignored folder cannot be taken back") {
  MemoryFileSystem files;
  files.add_file("/.gitignore", "build/\n!build/Dockerfile\n");
  files.add_file("/build/Dockerfile", "");
  files.add_file("/build/.gitignore", "!*\n");
  CHECK(found(files, {"."}).empty());
}

TEST_CASE("a repository's ignore files count for its subfolders, and others do not") {
  MemoryFileSystem files;
  files.add_file("/.gitignore", "*\n");
  files.add_file("/repo/.git/config", "");
  files.add_file("/repo/.git/Dockerfile", "");
  files.add_file("/repo/.gitignore", "/a/b/old.yaml\n*.dev\nx/\n");
  files.add_file("/repo/a/.gitignore", "/b/older.yaml\n");
  for (const char* path : {"old.yaml", "older.yaml", "Dockerfile", "Dockerfile.dev", "x/Dockerfile", "c/old.yaml"})
    files.add_file(std::string("/repo/a/b/") + path, "");
  CHECK(found(files, {"/repo/a/b"}) == "/repo/a/b/Dockerfile\n/repo/a/b/c/old.yaml\n");
  CHECK(found(files, {"/repo"}) == "/repo/a/b/Dockerfile\n/repo/a/b/c/old.yaml\n");
  // Asked for by name, an ignored folder is looked into.
  CHECK(found(files, {"/repo/a/b/x"}) == "/repo/a/b/x/Dockerfile\n");

  files.add_file("/plain/.gitignore", "*\n");
  files.add_file("/plain/a/Dockerfile", "");
  CHECK(found(files, {"/plain/a"}) == "/plain/a/Dockerfile\n");
  CHECK(found(files, {"/plain"}).empty());
}

TEST_CASE("the .git of a work tree or submodule is a file") {
  MemoryFileSystem files;
  files.add_file("/.gitignore", "*\n");
  files.add_file("/tree/.git", "gitdir: elsewhere\n");
  files.add_file("/tree/.gitignore", "*.dev\n");
  files.add_file("/tree/a/Dockerfile", "");
  files.add_file("/tree/a/Dockerfile.dev", "");
  CHECK(found(files, {"/tree/a"}) == "/tree/a/Dockerfile\n");
}

TEST_CASE("links are followed when they are named, and never below a folder") {
  MemoryFileSystem files;
  files.add_file("/real/Dockerfile", "");
  files.add_link("/real/loop", "/real");
  files.add_link("/real/Containerfile", "/real/Dockerfile");
  files.add_link("/self", "/self");
  files.add_link("/way", "/real");
  CHECK(found(files, {"/real"}) == "/real/Dockerfile\n");
  CHECK(found(files, {"/way"}) == "/way/Dockerfile\n");
  CHECK(found(files, {"/real/Containerfile", "/real"}) == "/real/Containerfile (named)\n");
  CHECK(found(files, {"/self"}) == "error: /self: no such file or folder\n");
}

TEST_CASE("deep folders do not cost stack") {
  MemoryFileSystem files;
  std::string path;
  for (int i = 0; i < 400; ++i) path += "/a";
  files.add_file(path + "/Dockerfile", "");
  CHECK(found(files, {"/a"}) == path + "/Dockerfile\n");
}

}  // namespace
}  // namespace quaymaster::workspace
