#include "lsp/workspace_keeper.h"

#include "lsp/document_store.h"
#include "lsp/manual_runner.h"
#include "support/catch.h"
#include "workspace/memory_file_system.h"

namespace quaymaster::lsp {
namespace {

using Log = std::vector<std::string>;

/// A keeper whose workers the test drives. `log` has what is told: "Dockerfile in /w", for the context of its builds.
struct Fixture {
  workspace::MemoryFileSystem disk;
  ManualRunner runner;
  DocumentStore documents;
  Log log;
  WorkspaceKeeper keeper{runner, disk,
                         [this](const std::string& key, const std::shared_ptr<const Surroundings>& surroundings) {
                           const auto* around = surroundings ? surroundings->as<DockerfileSurroundings>() : nullptr;
                           log.push_back(key.substr(7) + (around ? " in " + around->builds.at(0).context : " nowhere"));
                         },
                         [this](const std::string& what) { log.push_back("failed " + what); }};

  DocumentSnapshot open(const std::string& path, std::string text = "FROM a\n") {
    DocumentSnapshot document = documents.open("file://" + path, "x", 1, std::move(text));
    keeper.opened(document);
    keeper.start_due();
    return document;
  }
  void set_folders(std::vector<std::string> folders) {
    keeper.set_folders(std::move(folders));
    keeper.start_due();
  }
  Log run() {
    while (runner.step()) {
    }
    return std::exchange(log, {});
  }
};

}  // namespace

TEST_CASE("workspace keeper: without folders there is nothing to do") {
  Fixture f;
  f.set_folders({});
  const DocumentSnapshot document = f.open("/w/Dockerfile");
  f.keeper.changed({"/w/compose.yaml"});
  f.keeper.closed(*document);
  f.keeper.start_due();
  CHECK(f.runner.queued_work() == 0);
}

TEST_CASE("workspace keeper: of what happens while it works, the last counts") {
  Fixture f;
  f.disk.add_file("/w/compose.yaml", "services: {a: {build: {context: ., dockerfile: a/Dockerfile}}}\n");
  f.disk.add_file("/w/a/Dockerfile", "FROM a\n");
  f.set_folders({"/w"});
  CHECK(f.runner.queued_work() == 1);
  for (const char* context : {"x", "y", "b"})
    f.open("/w/compose.yaml",
           std::string("services: {a: {build: {context: ") + context + ", dockerfile: ../a/Dockerfile}}}\n");
  f.open("/w/a/Dockerfile");
  const DocumentSnapshot gone = f.open("/w/b/Dockerfile");
  f.keeper.closed(*gone);
  CHECK(f.runner.queued_work() == 1);
  CHECK(f.runner.step());
  CHECK(f.log.empty());
  CHECK(f.runner.queued_work() == 1);
  CHECK(f.run() == Log{"/w/a/Dockerfile in /w/b", "/w/compose.yaml nowhere"});
}

TEST_CASE("workspace keeper: it waits while messages do") {
  Fixture f;
  f.disk.add_folder("/w");
  f.runner.waiting = true;
  f.set_folders({"/w"});
  f.open("/w/Dockerfile");
  CHECK(f.runner.queued_work() == 0);
  f.runner.waiting = false;
  f.keeper.start_due();
  CHECK(f.run() == Log{"/w/Dockerfile in /w"});
}

TEST_CASE("workspace keeper: other folders take the place of the ones that are being read") {
  Fixture f;
  for (const char* folder : {"/v", "/w"})
    f.disk.add_file(std::string(folder) + "/compose.yaml",
                    "services: {a: {build: {context: ., dockerfile: /w/a/Dockerfile}}}\n");
  f.open("/w/a/Dockerfile");
  f.set_folders({"/w"});
  f.set_folders({"/v", "/w"});
  CHECK(f.run() == Log{"/w/a/Dockerfile in /v"});
  f.set_folders({"/v"});
  CHECK(f.run() == Log{"/w/a/Dockerfile nowhere"});
  f.set_folders({"/w"});
  CHECK(f.run() == Log{"/w/a/Dockerfile in /w"});
  f.set_folders({});
  CHECK(f.run() == Log{"/w/a/Dockerfile nowhere"});
  f.open("/w/a/Dockerfile");
  CHECK(f.runner.queued_work() == 0);
}

TEST_CASE("workspace keeper: nothing is told after the end") {
  Fixture f;
  f.disk.add_folder("/w");
  f.set_folders({"/w"});
  f.open("/w/Dockerfile");
  f.keeper.stop();
  CHECK(f.run().empty());
  f.open("/w/Dockerfile");
  CHECK(f.runner.queued_work() == 0);
}

TEST_CASE("stoppable files: nothing can be had once they are stopped") {
  workspace::MemoryFileSystem disk;
  disk.add_file("/w/a", "text");
  StoppableFiles files(disk);
  const auto all = [&] {
    return Log{files.real_path("/w/a"), files.kind("/w/a") == workspace::FileKind::Regular ? "there" : "not there",
               std::holds_alternative<std::string>(files.read("/w/a", 10)) ? "read" : "not read",
               std::holds_alternative<workspace::FileError>(files.list("/w")) ? "not listed" : "listed"};
  };
  CHECK(all() == Log{"/w/a", "there", "read", "listed"});
  files.stop();
  CHECK(all() == Log{"", "not there", "not read", "not listed"});
  files.restart();
  CHECK(all() == Log{"/w/a", "there", "read", "listed"});
  for (std::size_t i = 1; i < StoppableFiles::kMostFolders; ++i)
    REQUIRE_FALSE(std::holds_alternative<workspace::FileError>(files.list("/")));
  CHECK(all() == Log{"/w/a", "there", "read", "not listed"});
}

}  // namespace quaymaster::lsp
