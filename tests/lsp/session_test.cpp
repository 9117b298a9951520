#include "lsp/session.h"

#include <algorithm>

#include "lsp/fake_core.h"
#include "lsp/test_server.h"
#include "support/catch.h"
#include "workspace/memory_file_system.h"

namespace quaymaster::lsp {
namespace {

using Mode = TestServer::Mode;

int error_code(const Json& response) { return response.contains("error") ? response["error"]["code"].get<int>() : 0; }

}  // namespace

TEST_CASE("session: initialize announces what is there") {
  TestServer server(fake_core(), {.initialize = false});
  const Json result = server.request("initialize", {{"capabilities", full_capabilities()}})["result"];
  CHECK(result["serverInfo"] == Json({{"name", "quaymaster"}, {"version", "1.2.3"}}));
  CHECK(result["capabilities"] == Json::parse(R"({
    "positionEncoding": "utf-16",
    "textDocumentSync": {"openClose": true, "change": 2, "save": {"includeText": false}},
    "hoverProvider": true,
    "completionProvider": {"triggerCharacters": [" ", "-", "=", ",", ":", "$", "{", "[", "/", "*"],
                           "resolveProvider": true},
    "documentLinkProvider": {"resolveProvider": false},
    "codeActionProvider": {"codeActionKinds": ["quickfix", "source.fixAll.quaymaster"], "resolveProvider": true},
    "documentSymbolProvider": true, "foldingRangeProvider": true, "selectionRangeProvider": true,
    "definitionProvider": true, "referencesProvider": true, "documentHighlightProvider": true,
    "renameProvider": {"prepareProvider": true},
    "workspace": {
      "workspaceFolders": {"supported": true, "changeNotifications": true},
      "fileOperations": {"didCreate": {"filters": [{"scheme": "file", "pattern": {"glob": "**"}}]},
                         "didRename": {"filters": [{"scheme": "file", "pattern": {"glob": "**"}}]},
                         "didDelete": {"filters": [{"scheme": "file", "pattern": {"glob": "**"}}]}}}})"));
}

TEST_CASE("session: a client without code action literals is told no more than that there are some") {
  TestServer server(fake_core(), {.initialize = false});
  const Json result = server.request("initialize", {{"capabilities", Json::object()}})["result"];
  CHECK(result["capabilities"]["codeActionProvider"] == true);
  CHECK(result["capabilities"]["renameProvider"] == true);
}

TEST_CASE("session: the methods that are handled are the ones that are announced") {
  InlineRunner runner;
  const workspace::MemoryFileSystem files;
  const Session session(runner, fake_core(), files, [](const Outgoing&) {}, nullptr, {.version = ""});
  std::vector<std::string> expected = {
      "$/cancelRequest", "exit", "initialize", "initialized", "shutdown", "workspace/didChangeConfiguration",
      "workspace/didChangeWatchedFiles",                                                   // registered
      "workspace/didChangeWorkspaceFolders",                                               // workspaceFolders
      "workspace/didCreateFiles", "workspace/didRenameFiles", "workspace/didDeleteFiles",  // fileOperations
      // textDocumentSync: openClose, change, save
      "textDocument/didOpen", "textDocument/didClose", "textDocument/didChange", "textDocument/didSave",
      "textDocument/hover",                                 // hoverProvider
      "textDocument/completion", "completionItem/resolve",  // completionProvider, resolveProvider
      "textDocument/documentLink",                          // documentLinkProvider
      "textDocument/codeAction", "codeAction/resolve",      // codeActionProvider, resolveProvider
      // The providers of the same names.
      "textDocument/documentSymbol", "textDocument/foldingRange", "textDocument/selectionRange",
      "textDocument/definition", "textDocument/references", "textDocument/documentHighlight", "textDocument/rename",
      "textDocument/prepareRename"};  // renameProvider, prepareProvider
  std::ranges::sort(expected);
  CHECK(session.methods() == expected);
}

TEST_CASE("session: the phases of its life") {
  TestServer server(fake_core(), {.initialize = false});
  CHECK(error_code(server.request("textDocument/hover", Json::object())) == -32002);
  CHECK(error_code(server.request("shutdown", nullptr)) == -32002);
  server.open("FROM a:latest");  // not heard
  CHECK(error_code(server.request("initialize", {{"capabilities", Json::object()}})) == 0);
  CHECK(error_code(server.request("initialize", {{"capabilities", Json::object()}})) == -32600);
  CHECK(server.notifications("textDocument/publishDiagnostics").empty());
  CHECK(error_code(server.request("textDocument/unknown", nullptr)) == -32601);
  server.notify("$/unknown", nullptr);
  server.notify("unknown", nullptr);
  server.notify("workspace/didChangeConfiguration", {{"settings", nullptr}});
  CHECK(error_code(server.request("shutdown", nullptr)) == 0);
  CHECK(error_code(server.request("shutdown", nullptr)) == -32600);
  CHECK(error_code(server.request("textDocument/hover", Json::object())) == -32600);
  server.open("FROM a:latest");
  CHECK(server.notifications("textDocument/publishDiagnostics").empty());
  CHECK(server.end(false) == 0);
}

TEST_CASE("session: exit without shutdown is no success") {
  for (const Mode mode : {Mode::Inline, Mode::Threads}) {
    TestServer server(fake_core(), {.mode = mode});
    CHECK(server.end(false) == 1);
    TestServer silent(fake_core(), {.mode = mode, .initialize = false});
    CHECK(silent.end(false) == 1);
  }
}

TEST_CASE("session: diagnostics follow the text") {
  for (const Mode mode : {Mode::Inline, Mode::Threads}) {
    TestServer server(fake_core(), {.mode = mode});
    server.open("FROM a:latest\n");
    REQUIRE(server.diagnostics());
    CHECK(*server.diagnostics() == Json::parse(R"([{
      "range": {"start": {"line": 0, "character": 7}, "end": {"line": 0, "character": 13}},
      "severity": 2, "code": "floating-word", "source": "quaymaster", "message": "`latest` floats",
      "data": {"family": "immutability", "aliases": ["hadolint:DL3007"], "fixable": true}}])"));
    CHECK(server.notifications("textDocument/publishDiagnostics").back()["version"] == 1);

    server.change(Json::parse(R"([{"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}},
                                   "text": "MAINTAINER first\n"}])"),
                  "MAINTAINER first\nFROM a:latest\n");
    CHECK(server.codes() == std::vector<std::string>{"floating-word", "old-words/maintainer"});
    const Json list = *server.diagnostics();
    CHECK(list[0]["range"]["start"]["line"] == 1);
    CHECK(list[0]["relatedInformation"] == Json::parse(R"([{
      "location": {"uri": "file:///x/Dockerfile",
                   "range": {"start": {"line": 0, "character": 11}, "end": {"line": 0, "character": 16}}},
      "message": "the first one"}])"));
    CHECK(list[1]["tags"] == Json::array({2}));
    CHECK(list[1]["severity"] == 1);
    CHECK(server.notifications("textDocument/publishDiagnostics").back()["version"] == 2);

    server.close();
    CHECK(server.diagnostics() == Json::array());
    CHECK_FALSE(server.notifications("textDocument/publishDiagnostics").back().contains("version"));
    CHECK(server.hover(0, 0).is_null());
  }
}

TEST_CASE("session: a client that announces nothing gets the plain thing") {
  TestServer server(fake_core(), {.capabilities = Json::object()});
  server.open("MAINTAINER first\nFROM a:latest\n");
  const Json list = *server.diagnostics();
  for (const Json& diagnostic : list) {
    CHECK_FALSE(diagnostic.contains("tags"));
    CHECK_FALSE(diagnostic.contains("relatedInformation"));
    CHECK_FALSE(diagnostic.contains("data"));
  }
  CHECK(server.hover(1, 8)["contents"]["kind"] == "plaintext");
  const Json actions = server.code_actions(1, 8);
  CHECK(actions[0]["edit"]["changes"]["file:///x/Dockerfile"].size() == 1);
  server.apply(actions[0]);
  CHECK(server.text() == "MAINTAINER first\nFROM a:1.0\n");
}

TEST_CASE("session: an unchanged list is not sent again") {
  TestServer server(fake_core(), {});
  const auto count = [&] { return server.notifications("textDocument/publishDiagnostics").size(); };
  server.open("FROM a:latest\n");
  CHECK(count() == 1);
  server.change("FROM a:latest\n\n");
  CHECK(count() == 1);
  server.change("\nFROM a:latest\n\n");
  CHECK(count() == 2);
  server.change("\n");
  server.change("\n\n");
  CHECK(count() == 3);
  // Told anew to who opens anew.
  server.open("");
  CHECK(count() == 4);
  server.close();
  CHECK(count() == 5);
  server.open("");
  CHECK(count() == 6);
}

TEST_CASE("session: at most 1,000 findings, the errors among them, in the order of the text") {
  std::string text;
  for (int i = 0; i < 1500; ++i) text += "latest\n";
  text += "MAINTAINER\n";
  TestServer server(fake_core(), {});
  server.open(text);
  const auto codes = server.codes();
  REQUIRE(codes.size() == 1000);
  CHECK(codes.front() == "floating-word");
  CHECK(codes.back() == "old-words/maintainer");
}

TEST_CASE("session: hover") {
  for (const Mode mode : {Mode::Inline, Mode::Threads}) {
    TestServer server(fake_core(), {.mode = mode});
    server.open("FROM \xF0\x9F\x98\x80:latest\n");
    const Json hover = server.hover(0, 10);
    REQUIRE(hover.is_object());
    CHECK(hover["contents"]["kind"] == "markdown");
    CHECK_FALSE(hover["contents"]["value"].get<std::string>().empty());
    CHECK(hover["range"]["start"] == Json({{"line", 0}, {"character", 8}}));
    CHECK(server.hover(0, 1).is_null());
    CHECK(server.hover(7, 0).is_null());
    CHECK(error_code(server.request("textDocument/hover", {{"textDocument", {{"uri", "file:///x/Dockerfile"}}}})) ==
          -32602);
    const Json negative = {{"textDocument", {{"uri", "file:///x/Dockerfile"}}},
                           {"position", {{"line", -1}, {"character", 0}}}};
    CHECK(error_code(server.request("textDocument/hover", negative)) == -32602);
  }
}

TEST_CASE("session: code actions are offered, resolved and applied") {
  for (const Mode mode : {Mode::Inline, Mode::Threads}) {
    TestServer server(fake_core(), {.mode = mode});
    server.open("FROM a:latest\nFROM b:latest\n");
    const Json actions = server.code_actions(0, 8, {{"only", {"quickfix"}}});
    REQUIRE(actions.size() >= 2);
    CHECK(actions[0]["title"] == "Pin to 1.0");
    CHECK(actions[0]["kind"] == "quickfix");
    CHECK(actions[0]["isPreferred"] == true);
    CHECK(actions[0]["diagnostics"] == Json::array({server.diagnostics()->at(0)}));
    CHECK_FALSE(actions[0].contains("edit"));
    CHECK_FALSE(actions[1].contains("isPreferred"));
    server.apply(actions[0]);
    CHECK(server.text() == "FROM a:1.0\nFROM b:latest\n");
    CHECK(server.diagnostics()->size() == 1);
  }
}

TEST_CASE("session: the edits come at once to a client that does not resolve them") {
  for (const Mode mode : {Mode::Inline, Mode::Threads}) {
    Json capabilities = full_capabilities();
    capabilities["textDocument"]["codeAction"].erase("resolveSupport");
    TestServer server(fake_core(), {.mode = mode, .capabilities = capabilities});
    server.open("FROM a:latest\nFROM b:latest\n");
    const Json actions = server.code_actions(0, 8);
    for (const Json& action : actions) CHECK(action.contains("edit"));
    CHECK(actions.back()["kind"] == "source.fixAll.quaymaster");
    server.apply(actions.back());
    CHECK(server.text() == "FROM a:1.0\nFROM b:1.0\n");
    // An action that has its edit is resolved already.
    CHECK(server.request("codeAction/resolve", actions[0])["result"] == actions[0]);
  }
}

TEST_CASE("session: fix all") {
  for (const Mode mode : {Mode::Inline, Mode::Threads}) {
    TestServer server(fake_core(), {.mode = mode});
    server.open("FROM a:latest\nFROM b:latest\n");
    const Json actions = server.code_actions(1, 0, {{"only", {"source.fixAll"}}});
    REQUIRE(actions.size() == 1);
    CHECK(actions[0]["kind"] == "source.fixAll.quaymaster");
    server.apply(actions[0]);
    CHECK(server.text() == "FROM a:1.0\nFROM b:1.0\n");
    CHECK(server.diagnostics() == Json::array());
    CHECK(server.code_actions(1, 0).empty());
  }
}

TEST_CASE("session: which kinds of code actions are asked for") {
  struct Case {
    const char* only;
    bool quick_fixes, fix_all;
  };
  const Case cases[] = {
      {"null", true, true},
      {"[]", true, true},
      {R"([""])", true, true},
      {R"(["quickfix"])", true, false},
      {R"(["source"])", false, true},
      {R"(["source.fixAll"])", false, true},
      {R"(["source.fixAll.quaymaster"])", false, true},
      {R"(["source.fixAll.other"])", false, false},
      {R"(["source.fix"])", false, false},
      {R"(["source.organizeImports", "quickfix"])", true, false},
      {R"(["refactor"])", false, false},
      {R"(["quickfix.import"])", false, false},
      {R"([1, null])", false, false},
  };
  TestServer server(fake_core(), {});
  server.open("FROM a:latest\n");
  for (const Case& item : cases) {
    INFO(item.only);
    const Json actions = server.code_actions(0, 8, {{"only", Json::parse(item.only)}});
    const auto kind_is = [](const char* kind) { return [kind](const Json& action) { return action["kind"] == kind; }; };
    CHECK(std::ranges::any_of(actions, kind_is("quickfix")) == item.quick_fixes);
    CHECK(std::ranges::any_of(actions, kind_is("source.fixAll.quaymaster")) == item.fix_all);
  }
}

TEST_CASE("session: the findings that the client lists get their fixes, too") {
  TestServer server(fake_core(), {});
  server.open("FROM a:latest\nFROM b:latest\n");
  const Json list = *server.diagnostics();
  const Json fixes = {{"only", {"quickfix"}}};
  CHECK(server.code_actions(0, 0, fixes).empty());

  Json context = fixes;
  context["diagnostics"] = Json::array({list[1]});
  const Json actions = server.code_actions(0, 0, context);
  REQUIRE(actions.size() >= 2);
  for (const Json& action : actions) CHECK(action["diagnostics"][0] == list[1]);
  server.apply(actions[0]);
  CHECK(server.text() == "FROM a:latest\nFROM b:1.0\n");

  // Those of others, and those that are gone, are no matter.
  context["diagnostics"] = Json::array({list[1]});
  context["diagnostics"].push_back({{"range", list[0]["range"]}, {"message", "x"}, {"source", "other"}});
  CHECK(server.code_actions(0, 0, context).empty());
}

TEST_CASE("session: an action for a text that is gone is not resolved") {
  TestServer server(fake_core(), {});
  server.open("FROM a:latest\n");
  const Json action = server.code_actions(0, 8).at(0);
  server.change("FROM ab:latest\n");
  CHECK(error_code(server.request("codeAction/resolve", action)) == -32801);
  server.close();
  CHECK(error_code(server.request("codeAction/resolve", action)) == -32801);
  // The same version of a document that was opened anew is another text.
  server.open("FROM abc:latest\n");
  CHECK(error_code(server.request("codeAction/resolve", action)) == -32801);

  const Json foreign = {{"title", "x"}, {"data", {{"of", "another server"}}}};
  CHECK(error_code(server.request("codeAction/resolve", foreign)) == -32602);
  CHECK(server.request("codeAction/resolve", {{"title", "x"}})["result"] == Json({{"title", "x"}}));
}

TEST_CASE("session: a URI goes back as it came") {
  for (const char* uri : {"file:///a%20b/Dockerfile", "file:///c%3A/x/Dockerfile", "file:///C:/x/Dockerfile",
                          "untitled:Untitled-1", "file:///\xC3\xA9/Dockerfile"}) {
    TestServer server(fake_core(), {.uri = uri});
    server.open("FROM a:latest\n");
    CHECK(server.codes().size() == 1);
    server.apply(server.code_actions(0, 8).at(0));  // checks the uri
    CHECK(server.codes().empty());
  }
}

TEST_CASE("session: a change that does not fit leaves the document alone until it is whole again") {
  TestServer server(fake_core(), {});
  const auto cleared = [&] { return server.diagnostics() == Json::array(); };
  for (const char* misfit :
       {R"([{"range": {"start": {"line": 9, "character": 0}, "end": {"line": 9, "character": 0}}, "text": ""}])",
        R"([{"range": {"start": {"line": -1, "character": 0}, "end": {"line": 0, "character": 0}}, "text": ""}])",
        R"([{"range": {"start": {"line": 0.5, "character": 0}, "end": {"line": 1, "character": 0}}, "text": ""}])",
        R"([{"range": {}, "text": ""}])", R"([{}])", R"([1])", R"({})", "null"}) {
    INFO(misfit);
    server.open("FROM a:latest\n");
    CHECK(server.codes().size() == 1);
    server.change(Json::parse(misfit), "?");
    CHECK(cleared());
    CHECK(server.hover(0, 8).is_null());
    CHECK(server.code_actions(0, 8).empty());
    server.change("FROM b:latest\n");
    CHECK(server.codes().size() == 1);
  }
  server.change(Json::parse(R"([{}])"), "?");
  server.close();
  CHECK(cleared());
}

TEST_CASE("session: a bug costs one analysis or one reply") {
  for (const Mode mode : {Mode::Inline, Mode::Threads}) {
    TestServer server(fake_core(), {.mode = mode});
    server.open("FROM a:latest\n");
    CHECK(server.codes().size() == 1);
    server.change("boom FROM a:latest\n");
    CHECK(server.codes().size() == 1);  // what was found before stands
    CHECK(server.code_actions(0, 9).empty());
    server.change("fixbug FROM a:latest\n");
    const Json fix_all = server.code_actions(0, 0, {{"only", {"source.fixAll"}}}).at(0);
    CHECK(error_code(server.request("codeAction/resolve", fix_all)) == -32603);
    server.change("FROM a:1\n");
    CHECK(server.codes().empty());
  }
}

TEST_CASE("session: a file that is nothing of ours is left alone") {
  TestServer server(fake_core(), {.uri = "file:///x/Dockerfile"});
  CHECK(server.hover(0, 0).is_null());
  CHECK(server.code_actions(0, 0).empty());
  server.change("never opened");
  server.close();
  CHECK_FALSE(server.diagnostics());
}

}  // namespace quaymaster::lsp
