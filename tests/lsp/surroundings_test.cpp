#include <condition_variable>
#include <mutex>

#include "lsp/editor.h"
#include "lsp/equal_surroundings.h"
#include "model/kubernetes/brief.h"
#include "support/catch.h"
#include "workspace/memory_file_system.h"

namespace quaymaster::lsp {
namespace {

using Names = std::vector<std::string>;
using Mode = TestServer::Mode;

constexpr Rule kSurroundings{.name = "around",
                             .family = Family::Correctness,
                             .title = "What is known of the files around it.",
                             .consequence = "Something happens.",
                             .fine_when = "It is a test.",
                             .variants = {Variant{.name = "", .summary = ""}}};

/// "in /w without /w/.dockerignore" for the builds of a Dockerfile, "a from /w/a/Dockerfile" for those of a Compose
/// file, with "!" for one that does not exist.
std::string told(const Surroundings& surroundings) {
  std::string text;
  if (const auto* dockerfile = surroundings.as<DockerfileSurroundings>())
    for (const DockerfileBuild& build : dockerfile->builds)
      text += "in " + build.context + (build.ignore_path.empty() ? "" : " without " + build.ignore_path) + "; ";
  if (const auto* compose = surroundings.as<ComposeSurroundings>())
    for (const ServiceBuild& build : compose->builds)
      text += build.service + " from " + build.dockerfile + (build.dockerfile_exists ? "; " : "!; ");
  return text;
}

/// An analysis that finds what is known of the surroundings, and counts how often it was asked.
Core telling_core(int* analyses = nullptr) {
  const auto new_analyze = [analyses](const Core::Configured&) -> DiagnosticsScheduler::Analyze {
    return [analyses](const Document& document, StopFlag) {
      if (analyses) ++*analyses;
      Analysis analysis;
      analysis.source = {document.path, Language::Dockerfile, document.text};
      if (document.context.surroundings)
        analysis.diagnostics.push_back({.rule = &kSurroundings,
                                        .variant = &kSurroundings.variants[0],
                                        .range = {0, 0},
                                        .message = told(*document.context.surroundings)});
      return analysis;
    };
  };
  return {{}, new_analyze, [](const Document&, const Analysis&) { return std::nullopt; }};
}

struct Project {
  workspace::MemoryFileSystem disk;
  TestServer::Options options{.initialize_params = with_folders({"/w"}), .files = &disk};

  Project() {
    disk.add_file("/w/compose.yaml", "services: {api: {build: {context: ., dockerfile: api/Dockerfile}}}\n");
    disk.add_file("/w/.dockerignore", "x\n");
    disk.add_file("/w/api/Dockerfile", "FROM a\n");
  }
};

/// A list with one finding of kSurroundings.
Names list_of(const std::string& message) { return {"around: " + message}; }

/// Files of which none can be listed before open().
class ClosedFiles final : public workspace::FileSystem {
 public:
  explicit ClosedFiles(const workspace::FileSystem& files) : files_(files) {}

  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  [[nodiscard]] workspace::FileKind kind(const std::string& path) const override { return files_.kind(path); }
  [[nodiscard]] workspace::OrFileError<std::string> read(const std::string& path, std::uint64_t limit) const override {
    return files_.read(path, limit);
  }
  [[nodiscard]] workspace::OrFileError<std::vector<workspace::FolderEntry>> list(
      const std::string& path) const override {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return open_; });
    return files_.list(path);
  }
  [[nodiscard]] std::string real_path(const std::string& path) const override { return files_.real_path(path); }

 private:
  const workspace::FileSystem& files_;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  bool open_ = false;
};

}  // namespace

TEST_CASE("surroundings: open files hear of the files around them") {
  Project project;
  Editor editor(telling_core(), project.options);
  editor.open("/w/api/Dockerfile", "FROM a\n");
  editor.open("/w/compose.yaml", "services: {api: {build: {context: ., dockerfile: api/Dockerfile}}}\n", "yaml");
  CHECK(editor.shown("/w/api/Dockerfile") == list_of("in /w without /w/.dockerignore; "));
  CHECK(editor.shown("/w/compose.yaml") == list_of("api from /w/api/Dockerfile; "));

  // What others are, as they are edited.
  editor.open("/w/api/Dockerfile.dockerignore", "y\n", "ignore");
  CHECK(editor.shown("/w/api/Dockerfile") == list_of("in /w without /w/api/Dockerfile.dockerignore; "));
  editor.close("/w/api/Dockerfile.dockerignore");
  CHECK(editor.shown("/w/api/Dockerfile") == list_of("in /w without /w/.dockerignore; "));
  editor.change("/w/compose.yaml", "services: {b: {build: b}, api: {build: api}}\n");
  CHECK(editor.shown("/w/api/Dockerfile") == list_of("in /w/api; "));
  CHECK(editor.shown("/w/compose.yaml") == list_of("b from /w/b/Dockerfile!; api from /w/api/Dockerfile; "));
  editor.open("/w/b/Dockerfile", "FROM b\n");
  CHECK(editor.shown("/w/compose.yaml") == list_of("b from /w/b/Dockerfile; api from /w/api/Dockerfile; "));
  editor.close("/w/b/Dockerfile");
  CHECK(editor.shown("/w/compose.yaml") == list_of("b from /w/b/Dockerfile!; api from /w/api/Dockerfile; "));
  editor.close("/w/compose.yaml");
  CHECK(editor.shown("/w/api/Dockerfile") == list_of("in /w without /w/.dockerignore; "));
}

TEST_CASE("surroundings: files that come, change and go on the disk") {
  Project project;
  Editor editor(telling_core(), project.options);
  editor.open("/w/api/Dockerfile", "FROM a\n");
  project.disk.remove("/w/.dockerignore");
  editor.watched({"/w/.dockerignore"});
  CHECK(editor.shown("/w/api/Dockerfile") == list_of("in /w; "));
  project.disk.add_file("/w/tools/compose.yaml", "services: {t: {build: {context: ../api}}}\n");
  editor.watched({"/w/tools/compose.yaml"});
  CHECK(editor.shown("/w/api/Dockerfile") == list_of("in /w; in /w/api; "));
  project.disk.remove("/w/tools");
  editor.server.notify("workspace/didDeleteFiles", {{"files", Json::array({{{"uri", "file:///w/tools"}}})}});
  CHECK(editor.shown("/w/api/Dockerfile") == list_of("in /w; "));
  project.disk.remove("/w/compose.yaml");
  project.disk.add_file("/w/a.yaml", "");
  editor.server.notify(
      "workspace/didRenameFiles",
      {{"files", Json::array({{{"oldUri", "file:///w/compose.yaml"}, {"newUri", "file:///w/a.yaml"}}})}});
  CHECK(editor.shown("/w/api/Dockerfile") == list_of("in /w/api; "));
}

TEST_CASE("surroundings: a client that watches nothing tells what it saves") {
  Project project;
  project.options.capabilities["workspace"].erase("didChangeWatchedFiles");
  Editor editor(telling_core(), project.options);
  editor.open("/w/api/Dockerfile", "FROM a\n");
  project.disk.remove("/w/.dockerignore");
  editor.save("/w/.dockerignore");
  CHECK(editor.shown("/w/api/Dockerfile") == list_of("in /w; "));
}

TEST_CASE("surroundings: workspace folders come and go") {
  Project project;
  project.disk.add_file("/v/compose.yaml", "services: {v: {build: {context: ., dockerfile: /w/api/Dockerfile}}}\n");
  Editor editor(telling_core(), project.options);
  const auto folders = [&](const Names& added, const Names& removed) {
    editor.server.notify("workspace/didChangeWorkspaceFolders",
                         {{"event",
                           {{"added", with_folders(added)["workspaceFolders"]},
                            {"removed", with_folders(removed)["workspaceFolders"]}}}});
  };
  editor.open("/w/api/Dockerfile", "FROM a\n");
  folders({"/v"}, {});
  CHECK(editor.shown("/w/api/Dockerfile") == list_of("in /v; in /w without /w/.dockerignore; "));
  folders({}, {"/w"});
  CHECK(editor.shown("/w/api/Dockerfile").empty());
  folders({"/w"}, {"/v"});
  CHECK(editor.shown("/w/api/Dockerfile") == list_of("in /w without /w/.dockerignore; "));
  folders({}, {"/w"});
  CHECK(editor.shown("/w/api/Dockerfile").empty());
}

TEST_CASE("surroundings: of files outside of the workspace, of no files and without a workspace nothing is known") {
  Project project;
  project.disk.add_file("/x/Dockerfile", "FROM a\n");
  Editor editor(telling_core(), project.options);
  editor.open("/x/Dockerfile", "FROM a\n");
  editor.open("untitled:Dockerfile", "FROM a\n");
  CHECK(editor.shown("/x/Dockerfile").empty());
  CHECK(editor.shown("untitled:Dockerfile").empty());
  for (const char* nowhere : {"{}", R"({"rootUri": null})", R"({"workspaceFolders": []})"}) {
    project.options.initialize_params = Json::parse(nowhere);
    Editor single(telling_core(), project.options);
    single.open("/w/api/Dockerfile", "FROM a\n");
    CHECK(single.shown("/w/api/Dockerfile").empty());
  }
  project.options.initialize_params = Json::parse(R"({"rootUri": "file:///w"})");
  Editor rooted(telling_core(), project.options);
  rooted.open("/w/api/Dockerfile", "FROM a\n");
  CHECK(rooted.shown("/w/api/Dockerfile") == list_of("in /w without /w/.dockerignore; "));
}

TEST_CASE("surroundings: what does not change them costs one analysis") {
  Project project;
  int analyses = 0;
  Editor editor(telling_core(&analyses), project.options);
  editor.open("/w/api/Dockerfile", "FROM a\n");
  CHECK(analyses == 2);
  for (int i = 0; i < 10; ++i)
    editor.change("/w/api/Dockerfile", "FROM a\n" + std::string(static_cast<std::size_t>(i), '\n'));
  CHECK(analyses == 12);
  editor.watched({"/w/.dockerignore", "/w/compose.yaml", "/w/README.md"});
  CHECK(analyses == 12);
}

TEST_CASE("surroundings: the first findings do not wait for the workspace, which is read beside") {
  Project project;
  ClosedFiles files(project.disk);
  project.options.files = &files;
  project.options.mode = Mode::Threads;
  Editor editor(telling_core(), project.options);
  const struct Opener {
    ClosedFiles& files;
    ~Opener() { files.open(); }
  } at_end{files};  // whatever fails, the server has to come to its end
  editor.open("/w/api/Dockerfile", "FROM a\n");
  editor.server.wait_until([&] { return editor.shown("/w/api/Dockerfile").empty(); });
  for (int i = 0; i < 5; ++i) editor.change("/w/api/Dockerfile", "FROM a" + std::to_string(i));
  const Json place = {{"textDocument", {{"uri", "file:///w/api/Dockerfile"}}},
                      {"position", {{"line", 0}, {"character", 0}}}};
  CHECK(editor.server.request("textDocument/hover", place)["result"].is_null());
  files.open();
  editor.server.wait_until(
      [&] { return editor.shown("/w/api/Dockerfile") == list_of("in /w without /w/.dockerignore; "); });
  editor.close("/w/api/Dockerfile");
  editor.server.wait_until([&] { return editor.shown("/w/api/Dockerfile").empty(); });
}

TEST_CASE("surroundings: rules that look around hear of what is not saved") {
  Project project;
  project.disk.add_file("/w/.quaymaster.yaml", "select: [copied-but-ignored, missing-build-file]\n");
  Editor editor(make_core(built_in_rules()), project.options);
  editor.open("/w/api/Dockerfile", "FROM alpine:3.21\nCOPY src /src\n");
  CHECK(editor.codes("/w/api/Dockerfile").empty());
  editor.open("/w/.dockerignore", "src\n", "ignore");
  CHECK(editor.codes("/w/api/Dockerfile") == Names{"copied-but-ignored"});
  editor.change("/w/.dockerignore", "src/tests\n");
  CHECK(editor.codes("/w/api/Dockerfile").empty());
  editor.change("/w/.dockerignore", "src\n");
  editor.open("/w/compose.yaml", "services: {api: {build: {context: ., dockerfile: api/Dockerfile}}}\n", "yaml");
  CHECK(editor.codes("/w/api/Dockerfile") == Names{"copied-but-ignored"});
  editor.change("/w/compose.yaml", "services: {api: {build: {context: api}}}\n");
  CHECK(editor.codes("/w/api/Dockerfile").empty());

  CHECK(editor.codes("/w/compose.yaml").empty());
  editor.change("/w/compose.yaml", "services: {api: {build: {context: api, dockerfile: Dockerfile.prod}}}\n");
  REQUIRE(editor.codes("/w/compose.yaml").size() == 1);
  CHECK(editor.codes("/w/compose.yaml")[0].starts_with("missing-build-file"));
  project.disk.add_file("/w/api/Dockerfile.prod", "FROM alpine:3.21\n");
  editor.watched({"/w/api/Dockerfile.prod"});
  CHECK(editor.codes("/w/compose.yaml").empty());
}

TEST_CASE("surroundings: which are the same") {
  const auto make = [](const auto& change) {
    Surroundings made;
    made.complete = true;
    DockerfileBuild build;
    build.context = "/w";
    build.ignore = std::make_shared<const Dockerignore>("a\n!b\n");
    made.of = DockerfileSurroundings{{build}};
    change(made, std::get<DockerfileSurroundings>(made.of).builds[0]);
    return made;
  };
  const Surroundings same = make([](Surroundings&, DockerfileBuild&) {});
  const Surroundings again = make([](Surroundings&, DockerfileBuild&) {});
  CHECK(equal_surroundings(&same, &again));
  CHECK(equal_surroundings(nullptr, nullptr));
  CHECK_FALSE(equal_surroundings(&same, nullptr));
  CHECK_FALSE(equal_surroundings(nullptr, &same));
  const Surroundings others[] = {
      make([](Surroundings& around, DockerfileBuild&) { around.complete = false; }),
      make([](Surroundings& around, DockerfileBuild&) { around.of = ComposeSurroundings{}; }),
      make([](Surroundings& around, DockerfileBuild&) { around.of = DockerfileSurroundings{}; }),
      make([](Surroundings&, DockerfileBuild& build) { build.context = "/x"; }),
      make([](Surroundings&, DockerfileBuild& build) { build.target = ""; }),
      make([](Surroundings&, DockerfileBuild& build) { build.ignore = nullptr; }),
      make(
          [](Surroundings&, DockerfileBuild& build) { build.ignore = std::make_shared<const Dockerignore>("a\nb\n"); }),
  };
  for (const Surroundings& other : others) CHECK_FALSE(equal_surroundings(&same, &other));

  const auto compose = [](std::vector<std::string> stages, bool env_file_exists = true) {
    ServiceBuild build;
    build.service = "a";
    build.stages = std::make_shared<const std::vector<std::string>>(std::move(stages));
    ComposeSurroundings around;
    around.builds.push_back(std::move(build));
    around.files.push_back({"a.env", env_file_exists, false, {}, {}});
    return Surroundings{std::move(around), true};
  };
  const Surroundings base = compose({"base"});
  const Surroundings equal = compose({"base"});
  const Surroundings other = compose({"prod"});
  const Surroundings missing = compose({"base"}, false);
  CHECK(equal_surroundings(&base, &equal));
  CHECK_FALSE(equal_surroundings(&base, &other));
  CHECK_FALSE(equal_surroundings(&base, &missing));

  const auto manifests = [](const std::string& name, bool whole) {
    KubernetesSurroundings around;
    around.others.push_back({"/w/a.yaml", std::make_shared<const std::vector<kubernetes::Brief>>(
                                              1, kubernetes::Brief{.kind = "Service", .name = name})});
    around.whole = whole;
    return Surroundings{std::move(around), true};
  };
  const Surroundings web = manifests("web", true);
  const Surroundings web_again = manifests("web", true);
  const Surroundings shop = manifests("shop", true);
  const Surroundings web_in_part = manifests("web", false);
  CHECK(equal_surroundings(&web, &web_again));
  CHECK_FALSE(equal_surroundings(&web, &shop));
  CHECK_FALSE(equal_surroundings(&web, &web_in_part));
}

}  // namespace quaymaster::lsp
