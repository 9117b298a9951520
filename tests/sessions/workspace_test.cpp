// Not portable: POSIX (mkdtemp).
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

#include "sessions/editor.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

namespace fs = std::filesystem;

/// A folder on the disk, for as long as the test runs.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "quaymaster-session-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("no folder for the test");
    path_ = fs::canonical(name).string();
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string uri(const std::string& name) const { return "file://" + path_ + "/" + name; }
  void write(const std::string& name, std::string_view text) const {
    const fs::path path = fs::path(path_) / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }

 private:
  std::string path_;
};

}  // namespace

TEST_CASE("an editor: configuration from the disk, from the editor and from documents that are not saved") {
  const Folder folder;
  folder.write(".git/HEAD", "");
  folder.write(".quaymaster.yaml", "select: [floating-image-tag]\nfiles: [{exclude: vendor/}]\n");
  const std::string text = "FROM node:latest\nMAINTAINER me\nUSER node\n";
  folder.write("app/Dockerfile", text);
  Editor editor({.uri = folder.uri("app/Dockerfile"),
                 .folder = folder.path(),
                 .settings = {{"extend-select", {"maintainer-instruction"}}}});
  editor.open(text);
  editor.wait_for_findings({"floating-image-tag/latest@0", "maintainer-instruction@1"});

  folder.write(".quaymaster.yaml", "select: []\n");
  const Json changed = {{"uri", folder.uri(".quaymaster.yaml")}, {"type", 2}};
  editor.notify("workspace/didChangeWatchedFiles", {{"changes", Json::array({changed})}});
  editor.wait_for_findings({"maintainer-instruction@1"});

  const Json item = {{"uri", folder.uri("app/.quaymaster.yaml")}, {"languageId", "yaml"}, {"version", 1}};
  Json params = {{"textDocument", item}};
  params["textDocument"]["text"] = "selekt: []\nselect: [floating-image-tag]\nignore: [maintainer-instruction]\n";
  editor.notify("textDocument/didOpen", params);
  editor.wait_for_findings({"invalid-configuration/unknown-key@0"}, item["uri"]);
  // The editor's settings win over the file.
  editor.wait_for_findings({"floating-image-tag/latest@0", "maintainer-instruction@1"});
  CHECK(editor.quit() == 0);
}

}  // namespace quaymaster::tests
