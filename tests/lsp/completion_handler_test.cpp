#include "lsp/completion_handler.h"

#include <algorithm>
#include <string>

#include "lsp/test_server.h"
#include "quaymaster/rule.h"
#include "support/catch.h"

namespace quaymaster::lsp {
namespace {

using Mode = TestServer::Mode;

const std::string kUri = "file:///x/compose.yaml";
const std::string kText = "services:\n  web:\n    image: \"\xF0\x9F\x9A\xA2${T}\" # \xF0\x9F\x9A\xA2\n    \n";

Core real_core() { return make_core(built_in_rules()); }

Json place(int line, int character) {
  return {{"textDocument", {{"uri", kUri}}}, {"position", {{"line", line}, {"character", character}}}};
}

Json item_of(const Json& result, std::string_view label) {
  for (const Json& item : result.at("items"))
    if (item.at("label") == label) return item;
  FAIL("no item " << label);
  return {};
}

TestServer::Options options(Json capabilities, Mode mode = Mode::Inline) {
  return {.mode = mode, .capabilities = std::move(capabilities), .uri = kUri};
}

}  // namespace

TEST_CASE("completion request: items with exact edits, snippets, order and documentation") {
  for (const Mode mode : {Mode::Inline, Mode::Threads}) {
    TestServer server(real_core(), options(full_capabilities(), mode));
    server.open(kText, "dockercompose");
    const Json result = server.request("textDocument/completion", place(3, 4))["result"];
    CHECK(result["isIncomplete"] == false);
    const Json restart = item_of(result, "restart");
    CHECK(restart["textEdit"] == Json::parse(R"({"newText": "restart: $0", "range": {
        "start": {"line": 3, "character": 4}, "end": {"line": 3, "character": 4}}})"));
    CHECK(restart["insertTextFormat"] == 2);
    const Json ports = item_of(result, "ports");
    CHECK(ports["textEdit"]["newText"] == "ports:\n      - $0");
    CHECK(ports["insertTextMode"] == 1);
    CHECK(!restart.contains("documentation"));
    CHECK(std::ranges::is_sorted(result["items"], {}, [](const Json& item) { return item["sortText"]; }));
    const Json resolved = server.request("completionItem/resolve", restart)["result"];
    CHECK(resolved["label"] == "restart");
    CHECK(resolved["documentation"]["kind"] == "markdown");
    CHECK(!resolved["documentation"]["value"].get<std::string>().empty());
  }
}

TEST_CASE("completion request: a client without snippets gets plain insertions and plain documentation") {
  TestServer server(real_core(), options(Json::object()));
  server.open(kText, "dockercompose");
  const Json result = server.request("textDocument/completion", place(3, 4))["result"];
  for (const Json& item : result["items"]) {
    CHECK(!item.contains("insertTextFormat"));
    CHECK(item["textEdit"]["newText"].get<std::string>().find('\n') == std::string::npos);
  }
  const Json resolved = server.request("completionItem/resolve", item_of(result, "ports"))["result"];
  CHECK(resolved["documentation"]["kind"] == "plaintext");
}

TEST_CASE("completion request: a client that indents rows itself gets no snippets of several") {
  Json capabilities = full_capabilities();
  capabilities["textDocument"]["completion"]["completionItem"].erase("insertTextModeSupport");
  TestServer server(real_core(), options(capabilities));
  server.open(kText, "dockercompose");
  const Json result = server.request("textDocument/completion", place(3, 4))["result"];
  CHECK(item_of(result, "ports")["textEdit"]["newText"] == "ports:");
  CHECK(item_of(result, "restart")["textEdit"]["newText"] == "restart: $0");
}

TEST_CASE("completion request: ranges on a line with an emoji, in every encoding") {
  struct Case {
    const char* encoding;
    int cursor;
  };
  for (const Case& item : {Case{"utf-8", 19}, Case{"utf-16", 17}, Case{"utf-32", 16}}) {
    INFO(item.encoding);
    Json capabilities = full_capabilities();
    capabilities["general"]["positionEncodings"] = {item.encoding};
    TestServer server(real_core(), options(capabilities));
    server.open(kText + "    command: $T\n", "dockercompose");
    const Json result = server.request("textDocument/completion", place(2, item.cursor))["result"];
    const Json variable = item_of(result, "T");
    CHECK(variable["textEdit"]["range"]["start"]["character"] == item.cursor - 1);
    CHECK(variable["textEdit"]["range"]["end"]["character"] == item.cursor);
  }
}

TEST_CASE("completion request: nothing where nothing may stand, and items that are not ours go back as they came") {
  TestServer server(real_core(), options(full_capabilities()));
  server.open(kText, "dockercompose");
  CHECK(server.request("textDocument/completion", place(2, 30))["result"].is_null());
  CHECK(server.request("textDocument/completion", place(99, 0))["result"].is_null());
  for (const Json& item : {Json{{"label", "x"}}, Json{{"label", "x"}, {"data", {{"about", 1}}}},
                           Json{{"label", "x"}, {"data", {{"about", "compose:nothing"}}}}})
    CHECK(server.request("completionItem/resolve", item)["result"] == item);
  CHECK(server.request("completionItem/resolve", Json::array())["error"]["code"] == -32602);
  CHECK(server.request("completionItem/resolve", {{"label", "x"}, {"data", 7}})["error"]["code"] == -32602);
}

}  // namespace quaymaster::lsp
