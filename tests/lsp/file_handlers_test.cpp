#include "lsp/file_handlers.h"

#include <string>

#include "lsp/editor.h"
#include "lsp/uri.h"
#include "quaymaster/rule.h"
#include "support/catch.h"
#include "support/fixture.h"
#include "workspace/memory_file_system.h"

namespace quaymaster::lsp {
namespace {

using tests::Fixture;

Core real_core() { return make_core(built_in_rules()); }

/// Some files, which are there before an editor looks for them.
struct Disk {
  workspace::MemoryFileSystem disk;

  Disk() {
    disk.add_file("/w/common.yaml", "services:\n  other: {image: a}\n  base:\n    image: b\n");
    disk.add_file("/w/web/Dockerfile", "FROM a:1 AS deps\nFROM a:1 AS final\n");
    disk.add_file("/w/a b.env", "A=1\n");
    disk.add_file("/w/k8s/web.yaml",
                  "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata: {a: x}\n---\napiVersion: v1\n"
                  "kind: Pod\nmetadata: {name: p, labels: {app: web}}\nspec: {containers: [{name: c, image: a}]}\n");
    disk.add_file("/w/.env", "# tag\nTAG=1.2\n");
    disk.add_file("/outside/x.yaml", "services: {x: {image: a}}\n");
  }
};

/// A workspace with them, and an editor in it.
struct Project : Disk {
  Editor editor{real_core(), {.initialize_params = with_folders({"/w"}), .files = &disk}};

  Json ask(std::string_view method, std::string_view marked, const std::string& path = "/w/compose.yaml") {
    const Fixture fixture(marked);
    editor.open(path, fixture.text, path == "/w/compose.yaml" ? "dockercompose" : "yaml");
    // What is around the file is known once its findings were shown.
    (void)editor.codes(path);
    Json params = {{"textDocument", {{"uri", "file://" + path}}}};
    if (fixture.cursor) {
      const LineIndex lines(fixture.text);
      const Position at = lines.position(fixture.text, *fixture.cursor, PositionEncoding::Utf16);
      params["position"] = {{"line", at.line}, {"character", at.character}};
    }
    return editor.server.request("textDocument/" + std::string(method), params)["result"];
  }

  /// "uri line:character-character", or "nothing".
  std::string defined(std::string_view marked, const std::string& path = "/w/compose.yaml") {
    const Json result = ask("definition", marked, path);
    if (result.is_null()) return "nothing";
    const Json& range = result.at(0).at("range");
    return result.at(0).at("uri").get<std::string>() + " " + range["start"]["line"].dump() + ":" +
           range["start"]["character"].dump() + "-" + range["end"]["character"].dump();
  }

  std::string linked(std::string_view text) {
    std::string out;
    for (const Json& link : ask("documentLink", text)) out += link.at("target").get<std::string>() + "\n";
    return out;
  }
};

}  // namespace

TEST_CASE("definition in other files: the service that is extended, files, and the stage that is built") {
  Project project;
  const auto service = [](std::string_view rows) { return "services:\n  web:\n" + std::string(rows); };
  CHECK(project.defined(service("    extends: {file: common.yaml, service: ba<|>se}\n")) ==
        "file:///w/common.yaml 2:2-6");
  CHECK(project.defined(service("    extends: {file: comm<|>on.yaml, service: base}\n")) ==
        "file:///w/common.yaml 0:0-0");
  CHECK(project.defined(service("    extends: {file: common.yaml, service: no<|>ne}\n")) ==
        "file:///w/common.yaml 0:0-0");
  CHECK(project.defined(service("    build:\n      context: ./web\n      target: fin<|>al\n")) ==
        "file:///w/web/Dockerfile 1:12-17");
  CHECK(project.defined(service("    build: ./w<|>eb\n")) == "file:///w/web/Dockerfile 0:0-0");
  CHECK(project.defined("include:\n  - co<|>mmon.yaml\nservices: {a: {image: b}}\n") == "file:///w/common.yaml 0:0-0");
  CHECK(project.defined(service("    env_file: a b<|>.env\n")) == "file:///w/a%20b.env 0:0-0");
  CHECK(project.defined(service("    env_file: missing<|>.env\n")) == "nothing");
  CHECK(project.defined(service("    extends: {file: /outside/x.yaml, service: <|>x}\n")) == "nothing");
  CHECK(project.defined(service("    image: nginx<|>\n")) == "nothing");
}

TEST_CASE(
    "definition in other files: the object that a manifest names, a key of its data, and pods that are selected") {
  Project project;
  const std::string job = "/w/k8s/job.yaml";
  const auto pod = [](std::string_view reference) {
    return "apiVersion: v1\nkind: Pod\nmetadata: {name: j}\nspec:\n  containers: [{name: c, image: a, env: [{name: A, "
           "valueFrom: {configMapKeyRef: {" +
           std::string(reference) + "}}}]}]\n";
  };
  CHECK(project.defined(pod("name: w<|>eb, key: a"), job) == "file:///w/k8s/web.yaml 2:17-20");
  CHECK(project.defined(pod("name: web, key: <|>a"), job) == "file:///w/k8s/web.yaml 3:7-8");
  CHECK(project.defined(pod("name: none<|>, key: a"), job) == "nothing");
  CHECK(project.defined("apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {sele<|>ctor: {app: web}}\n",
                        "/w/k8s/service.yaml") == "file:///w/k8s/web.yaml 7:20-26");
}

TEST_CASE("definition in other files: what is open counts before the disk") {
  Project project;
  project.editor.open("/w/common.yaml", "x: 1\nservices:\n  base: {image: c}\n", "dockercompose");
  CHECK(project.defined("services:\n  web:\n    extends: {file: common.yaml, service: ba<|>se}\n") ==
        "file:///w/common.yaml 2:2-6");
}

TEST_CASE("definition in other files: the variable that .env sets") {
  Project project;
  CHECK(project.defined("services: {web: {image: \"a:${T<|>AG}\"}}\n") == "file:///w/.env 1:0-3");
  CHECK(project.defined("services: {web: {image: \"a:${OT<|>HER}\"}}\n") == "nothing");
}

TEST_CASE("document links: files that exist or may exist, and pages") {
  Project project;
  CHECK(project.linked("services:\n  web:\n    image: nginx:1.27\n    env_file: [a b.env, missing.env, ../far.env]\n"
                       "  api:\n    build: {context: web, target: final}\n"
                       "  far:\n    build: nowhere\n") ==
        "https://hub.docker.com/_/nginx\nfile:///w/a%20b.env\nfile:///far.env\nfile:///w/web/Dockerfile\n");
}

TEST_CASE("document links: without folders nothing is looked at, and a document that is no file has pages only") {
  Editor alone(real_core(), {.initialize_params = Json::object()});
  const std::string text = "services:\n  web:\n    image: nginx\n    env_file: a.env\n";
  alone.open("/w/compose.yaml", text, "dockercompose");
  alone.open("untitled:compose.yaml", text, "dockercompose");
  const auto links = [&](const char* uri) {
    return alone.server.request("textDocument/documentLink", {{"textDocument", {{"uri", uri}}}})["result"].size();
  };
  CHECK(links("file:///w/compose.yaml") == 2);
  CHECK(links("untitled:compose.yaml") == 1);
}

TEST_CASE("the URI of a file leads back to it") {
  for (const char* path : {"/w/compose.yaml", "/a b/%41#?.yaml", "/\xC3\xA4/x", "/c:/x"})
    CHECK(file_of(uri_of_file(path)) == path);
}

}  // namespace quaymaster::lsp
