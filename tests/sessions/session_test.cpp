#include <algorithm>

#include "sessions/editor.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

const std::string kRule = "floating-image-tag";

/// Whether `diagnostic` was found by `rule`, by whichever variant.
bool is_of(const Json& diagnostic, const std::string& rule) {
  const auto code = diagnostic.at("code").get<std::string>();
  return code == rule || code.starts_with(rule + '/');
}

std::vector<Json> of_rule(const Json& list, const std::string& rule) {
  std::vector<Json> found;
  std::ranges::copy_if(list, std::back_inserter(found), [&](const Json& item) { return is_of(item, rule); });
  return found;
}

std::string framed(std::string_view body) {
  return "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

}  // namespace

TEST_CASE("an editor: open, look, hover, fix, and the finding is gone") {
  struct Case {
    const char* title;
    std::string encoding;
    std::string text;
  };
  const Case cases[] = {
      {"plain, in UTF-16", "utf-16", "FROM node:latest\nUSER node\n"},
      {"plain, in UTF-8", "utf-8", "FROM node:latest\nUSER node\n"},
      {"plain, in UTF-32", "utf-32", "FROM node:latest\nUSER node\n"},
      {"CRLF", "utf-16", "# a comment\r\nFROM node:latest\r\nUSER node\r\n"},
      {"an emoji before, in UTF-16", "utf-16",
       "# \xF0\x9F\x9A\xA2\nFROM --platform=\"\xF0\x9F\x9A\xA2\" node:latest\n"},
      {"an emoji before, in UTF-8", "utf-8", "# \xF0\x9F\x9A\xA2\nFROM --platform=\"\xF0\x9F\x9A\xA2\" node:latest\n"},
      {"an emoji before, in UTF-32", "utf-32",
       "# \xF0\x9F\x9A\xA2\nFROM --platform=\"\xF0\x9F\x9A\xA2\" node:latest\n"},
      {"CRLF and an emoji", "utf-16", "# x\r\nFROM --platform=\"\xF0\x9F\x9A\xA2\" node:latest\r\nUSER node\r\n"},
      {"no line end", "utf-16", "FROM node:latest"},
  };
  for (const Case& item : cases) {
    for (const bool resolves : {true, false}) {
      INFO(item.title << (resolves ? ", resolving" : ""));
      Editor editor({.encoding = item.encoding, .resolves_edits = resolves});
      CHECK(editor.initialize_result()["capabilities"]["positionEncoding"] == item.encoding);
      editor.open(item.text);

      const auto found = of_rule(editor.diagnostics(), kRule);
      REQUIRE(found.size() == 1);
      CHECK(editor.at(found[0]["range"]) == "latest");
      CHECK(found[0]["source"] == "quaymaster");
      CHECK(editor.notifications("textDocument/publishDiagnostics").back()["version"] == 1);

      const Json hover = editor.hover(found[0]["range"]["start"]);
      REQUIRE(hover.is_object());
      CHECK(hover["contents"]["kind"] == "markdown");
      CHECK(hover["contents"]["value"].get<std::string>().find("latest") != std::string::npos);

      const Json actions = editor.code_actions(found[0]["range"], Json::array({found[0]}), {"quickfix"});
      const auto mine = std::ranges::find_if(actions, [&](const Json& action) {
        const Json about = action.value("diagnostics", Json::array());
        return !about.empty() && is_of(about[0], kRule);
      });
      REQUIRE(mine != actions.end());
      const std::string before = editor.text();
      editor.apply(*mine);
      CHECK(editor.text() != before);
      CHECK(of_rule(editor.diagnostics(), kRule).empty());
      // An edit owns no line end.
      CHECK((editor.text().find('\r') == std::string::npos) == (item.text.find('\r') == std::string::npos));
      CHECK(editor.quit() == 0);
    }
  }
}

TEST_CASE("an editor: fix all on save") {
  for (const bool resolves : {true, false}) {
    for (const std::string end : {"\n", "\r\n"}) {
      const auto text = [&](const std::string& stage) {
        return "FROM alpine:3.20 AS builder" + end + "LABEL ship=\"\xF0\x9F\x9A\xA2\"" + end + "FROM " + stage +
               " AS one" + end + "LABEL ship=\"\xF0\x9F\x9A\xA2\"" + end + "FROM " + stage + end;
      };
      Editor editor({.resolves_edits = resolves});
      editor.open(text("Builder"));
      CHECK(of_rule(editor.diagnostics(), "undefined-stage").size() == 2);
      const Json start = {{"start", editor.position(0)}, {"end", editor.position(0)}};
      const Json actions = editor.code_actions(start, Json::array(), {"source.fixAll"});
      REQUIRE(actions.size() == 1);
      CHECK(actions[0]["kind"] == "source.fixAll.quaymaster");
      CHECK(actions[0]["title"] == "Fix all that Quaymaster can fix safely");
      editor.apply(actions[0]);
      CHECK(editor.text() == text("builder"));
      CHECK(of_rule(editor.diagnostics(), "undefined-stage").empty());
      CHECK(editor.quit() == 0);
    }
  }
}

TEST_CASE("an editor: half-typed lines keep the findings of all others") {
  const std::string before = "FROM node:latest AS one\nUSER node\n";
  const std::string after = "FROM python:latest\nUSER nobody\n";
  const char* lines[] = {
      "RUN npm install && npm run build",
      "RUN [\"npm\", \"install\"]",
      "COPY --from=one --chown=node:node /a /b",
      "ENV A=\"b c\" D=e",
      "HEALTHCHECK --interval=5m CMD curl -f http://localhost/",
      "LABEL a='b' c=\"d\"",
      "EXPOSE 80/tcp",
      "ONBUILD RUN echo ${A:-b}",
  };
  for (const char* line : lines) {
    Editor editor({});
    editor.open(before + "\n" + after);
    std::size_t at = before.size();
    for (const char* c = line; *c != '\0'; ++c) {
      editor.type(at, at, std::string_view(c, 1));
      ++at;
      INFO(editor.text());
      // What is half a line may be wrong in itself: half a stage's name is an image.
      std::vector<int> lines_found;
      for (const Json& found : of_rule(editor.diagnostics(), kRule))
        if (const int at_line = found["range"]["start"]["line"]; at_line != 2) lines_found.push_back(at_line);
      REQUIRE(lines_found == std::vector{0, 3});
    }
    // And while it is deleted again.
    for (; at > before.size(); --at) editor.type(at - 1, at, "");
    CHECK(of_rule(editor.diagnostics(), kRule).size() == 2);
    CHECK(editor.quit() == 0);
  }
}

TEST_CASE("an editor: compose and kubernetes, with what their editors call the languages") {
  struct Case {
    const char *uri, *language_id, *text;
  };
  const Case cases[] = {
      {"file:///x/compose.yaml", "yaml", "services:\n  web:\n    image: node:latest\n"},
      {"file:///x/compose.yaml", "dockercompose", "services:\n  web:\n    image: node:latest\n"},
      {"file:///x/pod.yaml", "yaml",
       "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: "
       "node:latest\n"},
  };
  for (const Case& item : cases) {
    INFO(item.uri << ' ' << item.language_id);
    Editor editor({.uri = item.uri, .language_id = item.language_id});
    editor.open(item.text);
    const auto found = of_rule(editor.diagnostics(), kRule);
    REQUIRE(found.size() == 1);
    CHECK(editor.at(found[0]["range"]) == "latest");
    CHECK(editor.quit() == 0);
  }

  // YAML that is nothing of ours until it is edited.
  Editor editor({.uri = "file:///x/some.yaml", .language_id = "yaml"});
  editor.open("key: value\n");
  CHECK(editor.diagnostics().empty());
  editor.type(0, editor.text().size(), "services:\n  web:\n    image: node:latest\n");
  CHECK(of_rule(editor.diagnostics(), kRule).size() == 1);
  editor.type(0, editor.text().size(), "key: value\n");
  CHECK(editor.diagnostics().empty());
  CHECK(editor.quit() == 0);
}

TEST_CASE("an editor: the program ends as the protocol says") {
  CHECK(Editor({}).quit(true) == 0);
  CHECK(Editor({}).quit(false) == 1);
  {
    Editor editor({});
    editor.child().close_input();
    CHECK(editor.child().wait() == 1);
  }
  Editor editor({});
  CHECK(editor.request("shutdown", nullptr).contains("result"));
  CHECK(editor.request("textDocument/hover", nullptr)["error"]["code"] == -32600);
  editor.child().close_input();
  CHECK(editor.child().wait() == 0);
}

TEST_CASE("an editor: unknown and ill-formed messages") {
  Editor editor({});
  CHECK(editor.request("textDocument/unknown", Json::object())["error"]["code"] == -32601);
  CHECK(editor.request("textDocument/hover", Json::array())["error"]["code"] == -32602);
  CHECK(editor.request("initialize", Json::object())["error"]["code"] == -32600);
  editor.notify("unknown/notification", Json::object());
  editor.notify("$/unknown", nullptr);
  editor.notify("$/cancelRequest", {{"id", 4711}});

  editor.send_raw("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  editor.send_raw(std::string(3, '\0') + "\xFF\xFE\r\n");
  editor.send_raw(framed("{\"jsonrpc\": \"2.0\", "));
  editor.send_raw(framed(std::string(100'000, '[')));
  editor.send_raw(framed("[]"));
  editor.send_raw(framed("\"\xFF\""));
  editor.open("FROM node:latest\n");
  CHECK(of_rule(editor.diagnostics(), kRule).size() == 1);
  CHECK(editor.anonymous_errors() == 4);
  CHECK_FALSE(editor.notifications("window/logMessage").empty());
  CHECK(editor.quit() == 0);
}

TEST_CASE("an editor: texts that no parser likes") {
  std::string deep = "a: ";
  for (int i = 0; i < 20000; ++i) deep += "[";
  const std::string texts[] = {"",
                               std::string(1, '\0'),
                               std::string("\xEF\xBB\xBF") + "FROM node:latest\n",
                               "FROM node:latest\r",
                               "\\",
                               "RUN <<EOF\n",
                               std::string(200'000, '\\'),
                               std::string(50'000, '\n') + "FROM",
                               deep};
  for (const auto& [uri, language] :
       {std::pair("file:///x/Dockerfile", "dockerfile"), std::pair("file:///x/compose.yaml", "yaml"),
        std::pair("file:///x/pod.yaml", "kubernetes")}) {
    Editor editor({.uri = uri, .language_id = language});
    for (const std::string& text : texts) {
      editor.open(text);
      INFO(uri << ": " << text.substr(0, 40));
      CHECK(editor.diagnostics().is_array());
    }
    CHECK(editor.quit() == 0);
  }
}

TEST_CASE("a whole session through a pipe in one go is answered as a whole") {
  const Json messages = Json::parse(R"([
    {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}},
    {"jsonrpc": "2.0", "method": "initialized", "params": {}},
    {"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument":
      {"uri": "file:///x/Dockerfile", "languageId": "dockerfile", "version": 1, "text": "FROM node:latest\n"}}},
    {"jsonrpc": "2.0", "id": 2, "method": "textDocument/hover", "params":
      {"textDocument": {"uri": "file:///x/Dockerfile"}, "position": {"line": 0, "character": 12}}},
    {"jsonrpc": "2.0", "id": 3, "method": "shutdown"},
    {"jsonrpc": "2.0", "method": "exit"}])");
  std::string input;
  for (const Json& message : messages) input += framed(message.dump());

  Child child({QUAYMASTER_PROGRAM, "lsp"});
  child.write(input);
  Messages output;
  std::vector<std::string> seen;
  for (std::string bytes = child.read(); !bytes.empty(); bytes = child.read()) output.append(bytes);
  for (Json message = output.next(); !message.is_null(); message = output.next())
    seen.push_back(message.contains("id") ? message["id"].dump() : message["method"].get<std::string>());
  CHECK(output.empty());
  CHECK(seen == std::vector<std::string>{"1", "textDocument/publishDiagnostics", "2", "3"});
  CHECK(child.wait() == 0);
}

}  // namespace quaymaster::tests
