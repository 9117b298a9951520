#include "lsp/watched_files.h"

#include "support/catch.h"

namespace quaymaster::lsp {
namespace {

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("workspace folders: as a client names the first ones") {
  struct Case {
    const char* params;
    Names folders;
  };
  const Case cases[] = {
      {R"({"workspaceFolders": [{"uri": "file:///w", "name": "w"}, {"uri": "file:///a%20b/"}], "rootUri": "file:///x"})",
       {"/w", "/a b"}},
      {R"({"workspaceFolders": [], "rootUri": "file:///x"})", {}},
      {R"({"workspaceFolders": null, "rootUri": "file:///x", "rootPath": "/y"})", {"/x"}},
      {R"({"rootUri": null, "rootPath": "/y/./z"})", {"/y/z"}},
      {R"({"rootPath": "c:\\y"})", {}},
      {R"({"rootUri": null})", {}},
      {R"({"workspaceFolders": [{"uri": "vscode-vfs://github/a"}, {}, 1, {"uri": 1}]})", {}},
      {"[]", {}},
      {"null", {}},
  };
  for (const Case& item : cases) {
    INFO(item.params);
    CHECK(read_first_folders(Json::parse(item.params)) == item.folders);
  }
}

TEST_CASE("workspace folders: some come, some go") {
  const Json params = Json::parse(R"({"event": {"added": [{"uri": "file:///c"}, {"uri": "file:///a"}],
                                                "removed": [{"uri": "file:///b/"}, {"uri": "file:///d"}]}})");
  CHECK(read_folders(params, {"/a", "/b"}) == Names{"/a", "/c"});
  for (const char* wrong : {"{}", R"({"event": {}})", R"({"event": {"added": [1], "removed": []}})"})
    CHECK_THROWS_AS(read_folders(Json::parse(wrong), {}), Json::exception);
}

TEST_CASE("changed files: of the watcher, and of what the user did") {
  CHECK(
      read_changed_files(Json::parse(
          R"({"changes": [{"uri": "file:///a", "type": 1}, {"uri": "git:/b", "type": 2}, {"uri": "FILE:///c%2fd"}]})")) ==
      Names{"/a", "/c/d"});
  CHECK(read_file_operation(Json::parse(R"({"files": [{"uri": "file:///a"}]})")) == Names{"/a"});
  CHECK(read_file_operation(Json::parse(R"({"files": [{"oldUri": "file:///a", "newUri": "file:///b"}]})")) ==
        Names{"/a", "/b"});
  for (const char* wrong : {"{}", R"({"files": 1})", R"({"files": [{"uri": 1}]})"})
    CHECK_THROWS_AS(read_file_operation(Json::parse(wrong)), Json::exception);
}

}  // namespace quaymaster::lsp
