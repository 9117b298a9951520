#include <algorithm>

#include "lsp/editor.h"
#include "quaymaster/rule.h"
#include "support/catch.h"
#include "workspace/memory_file_system.h"

namespace quaymaster::lsp {
namespace {

using Names = std::vector<std::string>;

// What is found in it with the rules of kBoth on: a floating tag, and MAINTAINER.
const std::string kText = "FROM node:latest\nMAINTAINER me\nUSER node\n";
const std::string kBoth = "select: [floating-image-tag, maintainer-instruction]\n";
const Names kFloats{"floating-image-tag/latest"};

/// A workspace folder /w and an editor for it.
struct Project {
  workspace::MemoryFileSystem disk;
  TestServer::Options options{.initialize_params = with_folders({"/w"}), .files = &disk};

  Editor editor() { return {make_core(built_in_rules()), options}; }
};

bool contains(const Names& names, const std::string& name) { return std::ranges::find(names, name) != names.end(); }

}  // namespace

TEST_CASE("configuration: the nearest file upwards counts for each document") {
  Project project;
  project.disk.add_file("/w/.git/HEAD", "");
  project.disk.add_file("/w/.quaymaster.yaml", "select: floating-image-tag\n");
  project.disk.add_file("/w/a/.quaymaster.yml", "select: []\n");
  project.disk.add_file("/w/b/.hadolint.yaml", "ignored: [DL3007]\n");
  project.disk.add_folder("/w/c/d");
  project.disk.add_file("/.quaymaster.yaml", "select: []\n");
  Editor editor = project.editor();
  for (const char* path :
       {"/w/Dockerfile", "/w/a/Dockerfile", "/w/b/Dockerfile", "/w/c/d/Dockerfile", "/w/not/yet/there/Dockerfile"})
    editor.open(path, kText);
  CHECK(editor.codes("/w/Dockerfile") == kFloats);
  CHECK(editor.codes("/w/a/Dockerfile").empty());
  CHECK(editor.codes("/w/b/Dockerfile") == kFloats);  // ours wins over that of others
  CHECK(editor.codes("/w/c/d/Dockerfile") == kFloats);
  CHECK(editor.codes("/w/not/yet/there/Dockerfile") == kFloats);
}

TEST_CASE("configuration: what is being edited counts, and what is on the disk when it is closed") {
  Project project;
  project.disk.add_file("/w/.quaymaster.yaml", "select: floating-image-tag\n");
  project.disk.add_file("/w/b/.quaymaster.yaml", "select: floating-image-tag\n");
  project.disk.add_folder("/w/a");
  Editor editor = project.editor();
  editor.open("/w/a/Dockerfile", kText);
  editor.open("/w/b/Dockerfile", kText);
  CHECK(editor.codes("/w/a/Dockerfile") == kFloats);
  editor.open("/w/.quaymaster.yaml", "select: []\n", "yaml");
  CHECK(editor.codes("/w/a/Dockerfile").empty());
  editor.change("/w/.quaymaster.yaml", "select: floating-image-tag\nrules: {floating-image-tag: off}\n");
  CHECK(editor.codes("/w/a/Dockerfile").empty());
  editor.change("/w/.quaymaster.yaml", "select: floating-image-tag\nrules: {floating-image-tag: hint}\n");
  CHECK(editor.codes("/w/a/Dockerfile") == kFloats);
  editor.change("/w/.quaymaster.yaml", "select: []\n");
  CHECK(editor.codes("/w/a/Dockerfile").empty());
  editor.close("/w/.quaymaster.yaml");
  CHECK(editor.codes("/w/a/Dockerfile") == kFloats);
  // One that was never saved.
  editor.open("/w/a/.quaymaster.yaml", "select: []\n", "yaml");
  CHECK(editor.codes("/w/a/Dockerfile").empty());
  editor.close("/w/a/.quaymaster.yaml");
  CHECK(editor.codes("/w/a/Dockerfile") == kFloats);
  CHECK(editor.lists("/w/b/Dockerfile") == 1);
}

TEST_CASE("configuration: what it builds upon counts as it is being edited, also when that was opened before") {
  for (const bool first : {false, true}) {
    Project project;
    project.disk.add_file("/w/base.yaml", "select: floating-image-tag\n");
    project.disk.add_file("/w/.quaymaster.yaml", "extends: base.yaml\n");
    Editor editor = project.editor();
    if (first) editor.open("/w/base.yaml", "select: []\n", "yaml");
    editor.open("/w/Dockerfile", kText);
    CHECK(editor.codes("/w/Dockerfile") == (first ? Names() : kFloats));
    if (!first) editor.open("/w/base.yaml", "select: []\n", "yaml");
    CHECK(editor.codes("/w/Dockerfile").empty());
    editor.change("/w/base.yaml", "select: floating-image-tag # more\n");
    CHECK(editor.codes("/w/Dockerfile") == kFloats);
  }
}

TEST_CASE("configuration: files that come, change and go on the disk") {
  Project project;
  Editor editor = project.editor();
  editor.open("/w/a/Dockerfile", kText);
  CHECK(contains(editor.codes("/w/a/Dockerfile"), kFloats[0]));
  project.disk.add_file("/w/.quaymaster.yaml", "ignore: DL3007\n");
  editor.watched({"/w/README.md", "/w/.quaymaster.yaml"});
  CHECK_FALSE(contains(editor.codes("/w/a/Dockerfile"), kFloats[0]));
  project.disk.add_file("/w/.quaymaster.yaml", "select: floating-image-tag\n");
  editor.watched({"/w/.quaymaster.yaml"});
  CHECK(editor.codes("/w/a/Dockerfile") == kFloats);
  project.disk.add_file("/w/a/.hadolint.yaml", "ignored: [DL3007]\n");
  project.disk.remove("/w/.quaymaster.yaml");
  editor.watched({"/w/a/.hadolint.yaml", "/w/.quaymaster.yaml"});
  CHECK_FALSE(contains(editor.codes("/w/a/Dockerfile"), kFloats[0]));
  // Editors tell of a folder, not of what is in it.
  project.disk.remove("/w/a");
  editor.server.notify("workspace/didRenameFiles",
                       {{"files", Json::array({{{"oldUri", "file:///w/a"}, {"newUri", "file:///w/b"}}})}});
  CHECK(contains(editor.codes("/w/a/Dockerfile"), kFloats[0]));
  // What is no file, or no notification, is nothing to us.
  editor.server.notify("workspace/didChangeWatchedFiles", {{"changes", Json::array({{{"uri", "untitled:x"}}})}});
  for (const char* params : {"{}", "[]", R"({"changes": 1})", R"({"changes": [{}]})", R"({"changes": [{"uri": 1}]})"})
    editor.server.notify("workspace/didChangeWatchedFiles", Json::parse(params));
  CHECK(contains(editor.codes("/w/a/Dockerfile"), kFloats[0]));
}

TEST_CASE("configuration: a client that watches nothing has everything read again when it saves or opens") {
  Project project;
  project.options.capabilities["workspace"].erase("didChangeWatchedFiles");
  project.disk.add_file("/w/.quaymaster.yaml", "select: floating-image-tag\n");
  Editor editor = project.editor();
  editor.open("/w/Dockerfile", kText);
  CHECK(editor.codes("/w/Dockerfile") == kFloats);
  project.disk.add_file("/w/.quaymaster.yaml", "select: []\n");
  editor.open("/w/other/Dockerfile", kText);
  CHECK(editor.codes("/w/other/Dockerfile").empty());
  editor.save("/w/Dockerfile");
  CHECK(editor.codes("/w/Dockerfile").empty());
}

TEST_CASE("configuration: a document that is left out is silent, and has its outline") {
  Project project;
  project.disk.add_file(
      "/w/.quaymaster.yaml",
      kBoth + "files:\n  - exclude: [vendor/, '*.draft']\n  - {exclude: k8s/, language: kubernetes}\n");
  Editor editor = project.editor();
  editor.open("/w/vendor/Dockerfile", kText);
  editor.open("/w/Dockerfile", kText);
  CHECK(editor.codes("/w/Dockerfile") == Names{"floating-image-tag/latest", "maintainer-instruction"});
  CHECK(editor.codes("/w/vendor/Dockerfile").empty());
  const Json document = {{"textDocument", {{"uri", "file:///w/vendor/Dockerfile"}}}};
  CHECK_FALSE(editor.server.request("textDocument/documentSymbol", document)["result"].empty());

  const std::string pod =
      "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: 'a:latest'}]}\n";
  editor.open("/w/k8s/pod.yaml", pod, "yaml");
  editor.open("/w/k8s/compose.yaml", "services: {a: {image: 'a:latest'}}\n", "yaml");
  editor.open("/w/pod.yaml", pod, "yaml");
  CHECK(editor.codes("/w/k8s/pod.yaml").empty());
  CHECK(editor.codes("/w/k8s/compose.yaml") == kFloats);
  CHECK(editor.codes("/w/pod.yaml") == kFloats);
}

TEST_CASE("configuration: it says what a document is") {
  Project project;
  project.disk.add_file("/w/.quaymaster.yaml",
                        "select: floating-image-tag\nfiles:\n  - {glob: '*.build', language: dockerfile}\n");
  Editor editor = project.editor();
  editor.open("/w/app.build", kText, "plaintext");
  editor.open("/w/app.txt", kText, "plaintext");
  CHECK(editor.codes("/w/app.build") == kFloats);
  CHECK(editor.codes("/w/app.txt").empty());
}

TEST_CASE("configuration: fix-all stays within it") {
  const std::string text = "FROM alpine:3.20 AS builder\nFROM Builder\nMAINTAINER me\n";
  const std::string fixed = "FROM alpine:3.20 AS builder\nFROM builder\nMAINTAINER me\n";
  for (const bool resolves : {true, false}) {
    Project project;
    project.disk.add_file("/w/.quaymaster.yaml", "select: undefined-stage\nfiles: [{exclude: vendor/}]\n");
    project.options.uri = "file:///w/Dockerfile";
    if (!resolves) project.options.capabilities["textDocument"]["codeAction"].erase("resolveSupport");
    Editor editor = project.editor();
    editor.server.open(text);
    const Json actions = editor.server.code_actions(0, 0, {{"only", {"source.fixAll"}}});
    REQUIRE(actions.size() == 1);
    editor.server.apply(actions[0]);
    CHECK(editor.server.text() == fixed);

    project.options.uri = "file:///w/vendor/Dockerfile";
    Editor vendored = project.editor();
    vendored.server.open(text);
    CHECK(vendored.server.code_actions(1, 6).empty());
  }
}

TEST_CASE("configuration: what is wrong in it is shown in it, with what was meant") {
  Project project;
  project.options.uri = "file:///w/.quaymaster.yaml";
  project.disk.add_file("/w/Dockerfile", kText);
  Editor editor = project.editor();
  editor.open("/w/Dockerfile", kText);
  editor.server.open("select: floating-image-tag\nignor: [floating-image-tag]\nrules: {floating-image-tagg: off}\n",
                     "yaml");
  CHECK(editor.server.codes() == Names{"invalid-configuration/unknown-key", "invalid-configuration/unknown-name"});
  CHECK(editor.codes("/w/Dockerfile") == kFloats);  // the rest counts
  const Json actions = editor.server.code_actions(1, 2);
  REQUIRE(actions.size() == 1);  // nothing to ignore here
  CHECK(actions[0]["title"] == "Replace it with ignore");
  editor.server.apply(actions[0]);
  CHECK(editor.server.codes() == Names{"invalid-configuration/unknown-name"});
  CHECK(editor.codes("/w/Dockerfile").empty());
  CHECK(editor.server.hover(2, 10)["contents"]["value"].get<std::string>().find("floating-image-tagg") !=
        std::string::npos);
  CHECK(editor.server.code_actions(0, 0, {{"only", {"source.fixAll"}}}).empty());
  for (const char* text : {"", "\xEF\xBB\xBF", "[", "a: [b", "- x", "select: {", "\t", "rules:\n  root-user: [",
                           "extends: .quaymaster.yaml", "x\0y", "\xFF"}) {
    editor.server.change(text);
    CHECK(editor.server.diagnostics());
    CHECK(contains(editor.codes("/w/Dockerfile"), kFloats[0]));
  }
}

TEST_CASE("configuration: what it builds upon is looked at while it is edited") {
  Project project;
  project.disk.add_file("/w/base.yaml", "ignor: x\n");
  Editor editor = project.editor();
  editor.open("/w/.quaymaster.yaml", "extends: [base.yaml, gone.yaml]\n", "yaml");
  CHECK(editor.codes("/w/.quaymaster.yaml") == Names{"invalid-configuration/extends", "invalid-configuration/extends"});
  project.disk.add_file("/w/gone.yaml", "");
  editor.watched({"/w/gone.yaml"});
  CHECK(editor.codes("/w/.quaymaster.yaml").size() == 1);
  editor.open("/w/base.yaml", "ignore: []\n", "yaml");
  CHECK(editor.codes("/w/.quaymaster.yaml").empty());
}

TEST_CASE("configuration: the files of other tools are looked at, too") {
  Project project;
  Editor editor = project.editor();
  editor.open("/w/.hadolint.yaml", "ignored: [\n", "yaml");
  CHECK(editor.codes("/w/.hadolint.yaml") == Names{"invalid-configuration/syntax"});
  editor.open("/w/.dclintrc", "{\"rules\": {\"no-version-field\": 0}}", "json");
  CHECK(editor.codes("/w/.dclintrc").empty());
}

TEST_CASE("settings: they win over files and lose against the environment") {
  Project project;
  project.disk.add_file("/w/.quaymaster.yaml", "select: floating-image-tag\n");
  project.options.settings = {{"extend-select", {"maintainer-instruction"}}};
  Editor editor = project.editor();
  editor.open("/w/Dockerfile", kText);
  CHECK(editor.codes("/w/Dockerfile") == Names{"floating-image-tag/latest", "maintainer-instruction"});
  editor.set_settings({{"ignore", "floating-image-tag"}});
  CHECK(editor.codes("/w/Dockerfile").empty());
  editor.set_settings(nullptr);
  CHECK(editor.codes("/w/Dockerfile") == kFloats);

  Layer environment;
  environment.origin = "environment";
  environment.ignore = {"maintainer-instruction"};
  project.options.configuration.above = {environment};
  Editor another = project.editor();
  another.open("/w/Dockerfile", kText);
  CHECK(another.codes("/w/Dockerfile") == kFloats);
}

TEST_CASE("settings: as the client starts, and as it sends them when it cannot be asked") {
  for (const bool section : {false, true}) {
    Project project;
    project.options.capabilities["workspace"].erase("configuration");
    const Json ignore = {{"select", "floating-image-tag"}};
    project.options.initialize_params["initializationOptions"] = section ? Json({{"quaymaster", ignore}}) : ignore;
    Editor editor = project.editor();
    editor.open("/w/Dockerfile", kText);
    CHECK(editor.codes("/w/Dockerfile") == kFloats);
    const auto push = [&](const char* params) {
      editor.server.notify("workspace/didChangeConfiguration", Json::parse(params));
    };
    push(R"({"settings": {"quaymaster": {"select": []}, "other": {"preset": "x"}}})");
    CHECK(editor.codes("/w/Dockerfile").empty());
    for (const char* none : {R"({"settings": null})", R"({"settings": {"other": {}}})", R"({"settings": []})", "{}"}) {
      push(none);  // the ones of the start
      CHECK(editor.codes("/w/Dockerfile") == kFloats);
      push(R"({"settings": {"quaymaster": {"select": []}}})");
    }
    CHECK(editor.messages().empty());
  }
}

TEST_CASE("settings: what is wrong in them is told once, and the rest counts") {
  Project project;
  project.options.settings = {{"select", {"floating-image-tag", "no-such-rule"}}, {"presett", "strict"}};
  Editor editor = project.editor();
  editor.open("/w/Dockerfile", kText);
  CHECK(editor.codes("/w/Dockerfile") == kFloats);
  REQUIRE(editor.messages().size() == 1);
  CHECK(editor.messages()[0].starts_with("Quaymaster's settings: there is no "));
  editor.set_settings(project.options.settings);
  CHECK(editor.messages().size() == 1);
  for (const Json& wrong : {Json(7), Json("strict"), Json::array({1}), Json({{"rules", 3}})})
    editor.set_settings(wrong);
  CHECK(editor.messages().size() == 5);
  CHECK_FALSE(editor.codes("/w/Dockerfile").empty());
}

TEST_CASE("configuration: documents that are no files have that of the first folder, or none") {
  Project project;
  project.disk.add_file("/.quaymaster.yaml", "select: []\n");
  project.disk.add_file("/w/.quaymaster.yaml", "select: floating-image-tag\n");
  Editor editor = project.editor();
  editor.open("untitled:Untitled-1", kText);
  CHECK(editor.codes("untitled:Untitled-1") == kFloats);
  editor.server.notify("workspace/didChangeWorkspaceFolders",
                       {{"event", {{"added", Json::array()}, {"removed", with_folders({"/w"})["workspaceFolders"]}}}});
  CHECK(editor.codes("untitled:Untitled-1").size() > 1);
}

TEST_CASE("session: what the server wants to hear of is registered, once") {
  Project project;
  Editor editor = project.editor();
  const auto asked = editor.server.notifications("client/registerCapability");
  REQUIRE(asked.size() == 1);
  REQUIRE(asked[0]["registrations"].size() == 2);
  CHECK(asked[0]["registrations"][0]["method"] == "workspace/didChangeWatchedFiles");
  for (const Json& watcher : asked[0]["registrations"][0]["registerOptions"]["watchers"])
    CHECK(watcher["globPattern"].is_string());
  CHECK(asked[0]["registrations"][1]["registerOptions"] == Json({{"section", "quaymaster"}}));
  CHECK(editor.server.notifications("workspace/configuration") ==
        std::vector<Json>{{{"items", Json::array({{{"section", "quaymaster"}}})}}});

  project.options.capabilities = Json::object();
  Editor plain = project.editor();
  CHECK(plain.server.notifications("client/registerCapability").empty());
  CHECK(plain.server.notifications("workspace/configuration").empty());
}

}  // namespace quaymaster::lsp
