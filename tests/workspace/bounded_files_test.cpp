#include "workspace/bounded_files.h"

#include <set>
#include <string>

#include "support/catch.h"
#include "workspace/memory_file_system.h"

namespace quaymaster::workspace {
namespace {

/// "kind: text or error" of what a path is for `files`.
std::string seen(const FileSystem& files, const std::string& path) {
  const auto text = files.read(path, kFoundFileLimit);
  const auto* bytes = std::get_if<std::string>(&text);
  const std::string kind = files.kind(path) == FileKind::Missing ? "missing: " : "there: ";
  return kind + (bytes ? *bytes : std::get<FileError>(text).message);
}

/// A machine with a project and things that are none of its business.
struct Machine {
  MemoryFileSystem files;

  Machine() {
    files.add_file("/etc/shadow", "root:secret");
    files.add_file("/projects/app/compose.yaml", "services:");
    files.add_file("/projects/application/Dockerfile", "FROM a");
    files.add_link("/projects/app/inner", "/projects/app/compose.yaml");
    files.add_link("/projects/app/outer", "/etc/shadow");
    files.add_link("/projects/app/etc", "/etc");
    files.add_link("/projects/app/loop", "/projects/app/loop");
    files.add_other("/projects/app/pipe");
    files.add_link("/home", "/projects/app");
  }
};

TEST_CASE("only regular files that are really inside of a folder of the workspace are read") {
  const Machine machine;
  const BoundedFiles bounded(machine.files, {"/projects/app"});
  CHECK(seen(bounded, "/projects/app/compose.yaml") == "there: services:");
  CHECK(seen(bounded, "/projects/app/./x/../compose.yaml") == "there: services:");
  CHECK(seen(bounded, "/projects/app/inner") == "there: services:");
  for (const char* outside :
       {"/etc/shadow", "/projects/app/outer", "/projects/app/etc/shadow", "/projects/app/loop",
        "/projects/app/../../etc/shadow", "/projects/application/Dockerfile", "compose.yaml", "", "/"})
    CHECK(seen(bounded, outside) == "missing: is outside of the workspace");
  CHECK(seen(bounded, std::string("/projects/app/compose.yaml\0/x", 25)) == "missing: is outside of the workspace");
  CHECK(seen(bounded, "/projects/app/pipe") == "there: is not a regular file");
  CHECK(std::holds_alternative<FileError>(bounded.list("/projects/app/etc")));
  CHECK(std::holds_alternative<FileError>(bounded.list("/etc")));
  CHECK(!std::holds_alternative<FileError>(bounded.list("/projects/app")));
}

TEST_CASE("a folder of the workspace may be given through a link") {
  const Machine machine;
  const BoundedFiles bounded(machine.files, {"/home", "/nothing"});
  CHECK(seen(bounded, "/home/compose.yaml") == "there: services:");
  CHECK(seen(bounded, "/projects/app/compose.yaml") == "there: services:");
  CHECK(seen(bounded, "/home/outer") == "missing: is outside of the workspace");
}

TEST_CASE("no file is read beyond the limit") {
  MemoryFileSystem files;
  files.add_file("/w/a", std::string(kNamedFileLimit + 1, 'a'));
  files.add_file("/w/b", std::string(kFoundFileLimit + 1, 'b'));
  const BoundedFiles bounded(files, {"/w"});
  CHECK(seen(bounded, "/w/b") == "there: is larger than 1 MiB");
  CHECK(std::holds_alternative<FileError>(bounded.read("/w/a", kNamedFileLimit * 2)));
}

/// Fails the test when somebody asks about a file outside of /projects.
class Guarded final : public FileSystem {
 public:
  explicit Guarded(const FileSystem& files) : files_(files) {}
  [[nodiscard]] FileKind kind(const std::string& path) const override { return files_.kind(guarded(path)); }
  [[nodiscard]] OrFileError<std::string> read(const std::string& path, std::uint64_t limit) const override {
    return files_.read(guarded(path), limit);
  }
  [[nodiscard]] OrFileError<std::vector<FolderEntry>> list(const std::string& path) const override {
    return files_.list(guarded(path));
  }
  [[nodiscard]] std::string real_path(const std::string& path) const override {
    return files_.real_path(guarded(path));
  }

 private:
  static const std::string& guarded(const std::string& path) {
    CHECK(path.starts_with("/projects"));
    return path;
  }
  const FileSystem& files_;
};

TEST_CASE("what lies outside by its name is not even asked about") {
  const Machine machine;
  const Guarded guarded(machine.files);
  const BoundedFiles bounded(guarded, {"/projects/app"});
  for (const char* outside : {"/etc/shadow", "/projects/app/../../etc/shadow", "../../etc/shadow"})
    CHECK(bounded.kind(outside) == FileKind::Missing);
}

}  // namespace
}  // namespace quaymaster::workspace
