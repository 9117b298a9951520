#include "lsp/feature_handlers.h"

#include <string>

#include "lsp/fake_core.h"
#include "lsp/test_server.h"
#include "quaymaster/rule.h"
#include "support/catch.h"

namespace quaymaster::lsp {
namespace {

using Mode = TestServer::Mode;

Core real_core() { return make_core(built_in_rules()); }

const std::string kUri = "file:///x/Dockerfile";
const Json kDocument = {{"textDocument", {{"uri", kUri}}}};

Json place(int line, int character) {
  Json params = kDocument;
  params["position"] = {{"line", line}, {"character", character}};
  return params;
}

Json range(int line, int begin, int end) {
  return {{"start", {{"line", line}, {"character", begin}}}, {"end", {{"line", line}, {"character", end}}}};
}

int error_code(const Json& response) { return response.contains("error") ? response["error"]["code"].get<int>() : 0; }

const std::string kText = "FROM a:1\nENV S=\xF0\x9F\x9A\xA2 A=1\nUSER \"\xF0\x9F\x9A\xA2$A\"\n";

const char* const kMethods[] = {"documentSymbol",    "foldingRange",  "selectionRange", "definition", "references",
                                "documentHighlight", "prepareRename", "rename",         "completion", "documentLink"};

/// Parameters that do for every method.
Json params_of_all() {
  Json params = place(1, 11);
  params["positions"] = Json::array({params["position"]});
  params["context"] = {{"includeDeclaration", true}};
  params["newName"] = "B";
  return params;
}

}  // namespace

TEST_CASE("feature requests: names, on lines with an emoji, in every encoding") {
  struct Case {
    const char* encoding;
    int declaration, use;
  };
  for (const Case& item : {Case{"utf-8", 11, 11}, Case{"utf-16", 9, 9}, Case{"utf-32", 8, 8}})
    for (const Mode mode : {Mode::Inline, Mode::Threads}) {
      INFO(item.encoding);
      Json capabilities = full_capabilities();
      capabilities["general"]["positionEncodings"] = {item.encoding};
      TestServer server(real_core(), {.mode = mode, .capabilities = capabilities});
      server.open(kText);
      const Json declared = range(1, item.declaration, item.declaration + 1);
      const Json used = range(2, item.use, item.use + 1);
      const Json at_use = place(2, item.use);
      CHECK(server.request("textDocument/definition", at_use)["result"] ==
            Json::array({{{"uri", kUri}, {"range", declared}}}));
      Json references = at_use;
      references["context"] = {{"includeDeclaration", false}};
      CHECK(server.request("textDocument/references", references)["result"] ==
            Json::array({{{"uri", kUri}, {"range", used}}}));
      CHECK(server.request("textDocument/documentHighlight", at_use)["result"] ==
            Json::array({{{"range", declared}, {"kind", 3}}, {{"range", used}, {"kind", 2}}}));
      CHECK(server.request("textDocument/prepareRename", at_use)["result"] ==
            Json({{"range", used}, {"placeholder", "A"}}));
      Json rename = at_use;
      rename["newName"] = "LONGER";
      CHECK(server.request("textDocument/rename", rename)["result"]["documentChanges"] ==
            Json::array({{{"textDocument", {{"uri", kUri}, {"version", 1}}},
                          {"edits", Json::array({{{"range", declared}, {"newText", "LONGER"}},
                                                 {{"range", used}, {"newText", "LONGER"}}})}}}));
    }
}

TEST_CASE("feature requests: a rename that is refused says why, and one of nothing is null") {
  TestServer server(real_core(), {});
  server.open(kText);
  Json rename = place(2, 9);
  rename["newName"] = "not a name";
  const Json refused = server.request("textDocument/rename", rename);
  CHECK(error_code(refused) == -32803);
  CHECK(refused["error"]["message"].get<std::string>().find("letters, digits and _") != std::string::npos);
  rename["position"]["line"] = 0;
  CHECK(server.request("textDocument/rename", rename)["result"].is_null());
  CHECK(server.request("textDocument/prepareRename", place(0, 2))["result"].is_null());
  CHECK(server.request("textDocument/definition", place(0, 2))["result"].is_null());
}

TEST_CASE("feature requests: a client without versioned edits gets the plain ones") {
  TestServer server(real_core(), {.capabilities = Json::object()});
  server.open(kText);
  Json rename = place(2, 9);
  rename["newName"] = "B";
  CHECK(server.request("textDocument/rename", rename)["result"]["changes"][kUri].size() == 2);
}

TEST_CASE("feature requests: symbols as a tree, or as a list for clients of old") {
  const std::string text = "FROM node:22 AS build\nRUN x\n";
  TestServer modern(real_core(), {});
  modern.open(text);
  CHECK(modern.request("textDocument/documentSymbol", kDocument)["result"] ==
        Json::parse(R"([{"name": "build", "detail": "node:22", "kind": 2,
          "range": {"start": {"line": 0, "character": 0}, "end": {"line": 1, "character": 5}},
          "selectionRange": {"start": {"line": 0, "character": 16}, "end": {"line": 0, "character": 21}},
          "children": [{"name": "RUN", "detail": "x", "kind": 12,
            "range": {"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 5}},
            "selectionRange": {"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 3}}}]}])"));

  TestServer old(real_core(), {.capabilities = Json::object()});
  old.open(text);
  CHECK(old.request("textDocument/documentSymbol", kDocument)["result"] ==
        Json::parse(R"([{"name": "build", "kind": 2, "location": {"uri": "file:///x/Dockerfile",
            "range": {"start": {"line": 0, "character": 0}, "end": {"line": 1, "character": 5}}}},
          {"name": "RUN", "kind": 12, "containerName": "build", "location": {"uri": "file:///x/Dockerfile",
            "range": {"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 5}}}}])"));
}

TEST_CASE("feature requests: folding, at most as many as are of use") {
  const std::string text = "# a\n# b\nFROM a:1\nRUN x \\\n  y\nUSER 1\n";
  for (const int limit : {10, 1}) {
    Json capabilities = full_capabilities();
    capabilities["textDocument"]["foldingRange"] = {{"rangeLimit", limit}, {"lineFoldingOnly", true}};
    TestServer server(real_core(), {.capabilities = capabilities});
    server.open(text);
    const Json stage = {{"startLine", 2}, {"endLine", 5}};
    const Json all = Json::array(
        {{{"startLine", 0}, {"endLine", 1}, {"kind", "comment"}}, stage, {{"startLine", 3}, {"endLine", 4}}});
    CHECK(server.request("textDocument/foldingRange", kDocument)["result"] ==
          (limit == 1 ? Json::array({stage}) : all));
  }
}

TEST_CASE("feature requests: selections, one chain a position") {
  TestServer server(real_core(), {});
  server.open("FROM a:1\n");
  Json params = kDocument;
  params["positions"] = {{{"line", 0}, {"character", 7}}, {{"line", 9}, {"character", 0}}};
  const Json chains = server.request("textDocument/selectionRange", params)["result"];
  REQUIRE(chains.size() == 2);
  CHECK(chains[0]["range"] == range(0, 7, 8));
  CHECK(chains[0]["parent"]["range"] == range(0, 5, 8));
  CHECK(chains[0]["parent"]["parent"]["range"] == range(0, 0, 8));
}

TEST_CASE("feature requests: documents that are not open, or are nothing of ours") {
  TestServer server(real_core(), {});
  for (const char* method : kMethods) {
    INFO(method);
    CHECK(server.request("textDocument/" + std::string(method), params_of_all())["result"].is_null());
  }
  TestServer other(real_core(), {.uri = "file:///x/notes.txt"});
  other.open("FROM a\n", "plaintext");
  for (const char* method : kMethods) {
    INFO(method);
    Json params = params_of_all();
    params["textDocument"]["uri"] = "file:///x/notes.txt";
    params["position"]["line"] = 0;
    CHECK(error_code(other.request("textDocument/" + std::string(method), params)) == 0);
  }
}

TEST_CASE("feature requests: parameters that are not what the method takes") {
  TestServer server(real_core(), {});
  server.open(kText);
  for (const char* method : kMethods) {
    INFO(method);
    CHECK(error_code(server.request("textDocument/" + std::string(method), Json::array())) == -32602);
  }
  for (const char* method :
       {"definition", "references", "documentHighlight", "prepareRename", "rename", "completion"}) {
    INFO(method);
    CHECK(error_code(server.request("textDocument/" + std::string(method), kDocument)) == -32602);
  }
  CHECK(error_code(server.request("textDocument/selectionRange", kDocument)) == -32602);
  CHECK(error_code(server.request("textDocument/rename", place(0, 0))) == -32602);
}

TEST_CASE("feature requests: an analysis that fails costs the answer only") {
  TestServer server(fake_core(), {.mode = Mode::Threads});
  server.open("boom\n");
  for (const char* method : kMethods) {
    INFO(method);
    CHECK(server.request("textDocument/" + std::string(method), params_of_all())["result"].is_null());
  }
}

TEST_CASE("feature requests: an answer is about the text that the client had when it asked") {
  TestServer server(real_core(), {.mode = Mode::Threads});
  std::vector<int> requests;
  server.open("FROM a:1 AS b\nFROM b\n");
  for (int i = 1; i <= 20; ++i) {
    const std::string lines(static_cast<std::size_t>(i), '\n');
    server.change(lines + "FROM a:1 AS b\nFROM b\n");
    requests.push_back(server.send_request("textDocument/definition", place(i + 1, 5)));
  }
  for (int i = 1; i <= 20; ++i) {
    const Json result = server.response(requests[static_cast<std::size_t>(i) - 1])["result"];
    REQUIRE(result.is_array());
    CHECK(result[0]["range"] == range(i, 12, 13));
  }
}

TEST_CASE("feature requests: one that waits for an analysis can be cancelled") {
  const auto gate = std::make_shared<Gate>();
  gate->close();
  TestServer server(fake_core(gate), {.mode = Mode::Threads});
  server.open("FROM a:latest\n");
  gate->wait_for_arrivals(1);
  const int cancelled = server.send_request("textDocument/rename", params_of_all());
  server.notify("$/cancelRequest", {{"id", cancelled}});
  CHECK(error_code(server.response(cancelled)) == -32800);
  gate->open();
}

}  // namespace quaymaster::lsp
