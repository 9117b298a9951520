#include "lsp/client.h"

#include "support/catch.h"

namespace quaymaster::lsp {
namespace {

Client client(const char* capabilities) { return client_of({{"capabilities", Json::parse(capabilities)}}); }

}  // namespace

TEST_CASE("client: the first position encoding that is known") {
  struct Case {
    const char* offered;
    PositionEncoding chosen;
  };
  const Case cases[] = {
      {R"(["utf-16"])", PositionEncoding::Utf16},
      {R"(["utf-8", "utf-16"])", PositionEncoding::Utf8},
      {R"(["utf-16", "utf-8"])", PositionEncoding::Utf16},
      {R"(["utf-7", "utf-32", "utf-16"])", PositionEncoding::Utf32},
      {R"(["utf-7"])", PositionEncoding::Utf16},
      {"[]", PositionEncoding::Utf16},
      {"[1, null]", PositionEncoding::Utf16},
      {R"("utf-8")", PositionEncoding::Utf16},
  };
  for (const Case& item : cases) {
    INFO(item.offered);
    CHECK(client_of({{"capabilities", {{"general", {{"positionEncodings", Json::parse(item.offered)}}}}}}).encoding ==
          item.chosen);
  }
}

TEST_CASE("client: what is not mentioned is not there") {
  for (const char* nothing : {"{}", "null", "[]", R"({"textDocument": 1, "general": [], "workspace": null})",
                              R"({"textDocument": {"codeAction": {"resolveSupport": {"properties": ["edit"]}}}})"}) {
    INFO(nothing);
    const Client none = client(nothing);
    CHECK(none.encoding == PositionEncoding::Utf16);
    CHECK_FALSE(none.hover_markdown);
    CHECK_FALSE(none.resolves_edits);
    CHECK_FALSE(none.document_changes);
    CHECK_FALSE(none.diagnostic_data);
    CHECK_FALSE(none.symbol_trees);
    CHECK_FALSE(none.prepares_rename);
    CHECK_FALSE(none.folding_limit);
  }
  CHECK(client_of(nullptr).encoding == PositionEncoding::Utf16);
}

TEST_CASE("client: what an editor announces") {
  const Client editor = client(R"({
    "workspace": {"workspaceEdit": {"documentChanges": true}},
    "textDocument": {
      "hover": {"contentFormat": ["markdown", "plaintext"]},
      "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
      "foldingRange": {"rangeLimit": 5000, "lineFoldingOnly": true},
      "rename": {"prepareSupport": true},
      "codeAction": {"dataSupport": true, "resolveSupport": {"properties": ["edit"]}, "codeActionLiteralSupport": {}},
      "publishDiagnostics": {"relatedInformation": true, "tagSupport": {"valueSet": [1, 2]}, "dataSupport": true}}})");
  CHECK(editor.hover_markdown);
  CHECK(editor.code_action_literals);
  CHECK(editor.resolves_edits);
  CHECK(editor.document_changes);
  CHECK(editor.related_information);
  CHECK(editor.unnecessary_tag);
  CHECK(editor.deprecated_tag);
  CHECK(editor.diagnostic_data);
  CHECK(editor.symbol_trees);
  CHECK(editor.prepares_rename);
  CHECK(editor.folding_limit == 5000U);
  CHECK_FALSE(client(R"({"textDocument": {"foldingRange": {"rangeLimit": -1}}})").folding_limit);
  CHECK_FALSE(client(R"({"textDocument": {"hover": {"contentFormat": ["plaintext", "markdown"]}}})").hover_markdown);
}

}  // namespace quaymaster::lsp
