#include <algorithm>

#include "sessions/editor.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

const std::string kShip = "\xF0\x9F\x9A\xA2";

Json at(const Editor& editor, std::string_view before) {
  const std::size_t found = editor.text().find(before);
  REQUIRE(found != std::string::npos);
  return {{"textDocument", {{"uri", "file:///work%20space/Dockerfile"}}},
          {"position", editor.position(found + before.size())}};
}

/// Applies the edits of a rename to the text, as an editor does.
void apply_rename(Editor& editor, const Json& edit) {
  Json edits = edit.at("documentChanges").at(0).at("edits");
  std::ranges::reverse(edits);
  for (const Json& each : edits)
    editor.type(editor.offset(each.at("range").at("start")), editor.offset(each.at("range").at("end")),
                each.at("newText").get<std::string>());
}

}  // namespace

TEST_CASE("an editor: outline, definition and rename behind an emoji") {
  for (const std::string encoding : {"utf-16", "utf-8", "utf-32"})
    for (const std::string end : {"\n", "\r\n"}) {
      INFO(encoding << (end == "\n" ? "" : ", CRLF"));
      Editor editor({.encoding = encoding});
      const auto text = [&](const std::string& stage, const std::string& variable) {
        return "# " + kShip + end + "FROM --platform=\"" + kShip + "\" alpine:3.20 AS " + stage + end +
               "ENV SHIP=" + kShip + " " + variable + "=1" + end + "FROM " + stage + end + "RUN echo \"" + kShip + "$" +
               variable + " '$" + variable + "'\"; echo '$" + variable + "'" + end + "COPY --from=" + stage + " / /" +
               end;
      };
      editor.open(text("build", "PORT"));

      const Json document = {{"textDocument", {{"uri", "file:///work%20space/Dockerfile"}}}};
      const Json symbols = editor.request("textDocument/documentSymbol", document).at("result");
      REQUIRE(symbols.size() == 2);
      CHECK(symbols[0]["name"] == "build");
      CHECK(symbols[0]["detail"] == "alpine:3.20");
      CHECK(editor.at(symbols[0]["selectionRange"]) == "build");
      CHECK(symbols[0]["children"][0]["name"] == "ENV SHIP, PORT");
      CHECK(editor.at(symbols[1]["children"][1]["range"]) == "COPY --from=build / /");

      const Json defined = editor.request("textDocument/definition", at(editor, kShip + "$P")).at("result");
      REQUIRE(defined.size() == 1);
      CHECK(editor.at(defined[0]["range"]) == "PORT");
      CHECK(defined[0]["range"]["start"]["line"] == 2);

      Json params = at(editor, kShip + "$P");
      const Json prepared = editor.request("textDocument/prepareRename", params).at("result");
      CHECK(editor.at(prepared["range"]) == "PORT");
      params["newName"] = "HARBOUR";
      apply_rename(editor, editor.request("textDocument/rename", params).at("result"));
      const auto renamed = [&](const std::string& stage) {
        std::string expected = text(stage, "HARBOUR");
        // What is in single quotes no shell expands.
        const std::string literal = "echo '$HARBOUR'";
        expected.replace(expected.find(literal), literal.size(), "echo '$PORT'");
        return expected;
      };
      CHECK(editor.text() == renamed("build"));

      params = at(editor, "--from=bu");
      params["newName"] = "deps";
      apply_rename(editor, editor.request("textDocument/rename", params).at("result"));
      CHECK(editor.text() == renamed("deps"));
      params = at(editor, "--from=de");
      params["newName"] = "no name";
      CHECK(editor.request("textDocument/rename", params)["error"]["code"] == -32803);
      CHECK(editor.quit() == 0);
    }
}

TEST_CASE("an editor: every request about a document is answered while the text is half typed") {
  Editor editor({});
  editor.open("FROM alpine:3.20 AS one\n\nFROM one\n");
  const std::string line = "RUN --mount=from=one <<E echo \"${" + kShip + "A:-'x'}";
  std::size_t place = editor.text().find("\n\n") + 1;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const std::size_t length = static_cast<unsigned char>(line[i]) >= 0xF0 ? 4 : 1;
    editor.type(place, place, line.substr(i, length));
    place += length;
    i += length - 1;
    Json params = at(editor, line.substr(0, i + 1));
    params["positions"] = Json::array({params["position"]});
    params["context"] = {{"includeDeclaration", true}};
    params["newName"] = "two";
    INFO(editor.text());
    for (const std::string method : {"documentSymbol", "foldingRange", "selectionRange", "definition", "references",
                                     "documentHighlight", "prepareRename"})
      CHECK(editor.request("textDocument/" + method, params).contains("result"));
    CHECK(editor.request("textDocument/definition", at(editor, "\nFROM o")).at("result").size() == 1);
  }
  CHECK(editor.quit() == 0);
}

}  // namespace quaymaster::tests
