#include "lsp/completion_handler.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "features/completion/completion.h"
#include "features/hover/hover.h"
#include "lsp/protocol.h"

namespace quaymaster::lsp {
namespace {

/// LSP `CompletionItemKind`.
int item_kind(CompletionItem::Kind kind) {
  using Kind = CompletionItem::Kind;
  switch (kind) {
    case Kind::Keyword: return 14;    // Keyword
    case Kind::Flag: return 5;        // Field
    case Kind::Key: return 10;        // Property
    case Kind::Value: return 12;      // Value
    case Kind::Name: return 18;       // Reference
    case Kind::Variable: return 6;    // Variable
    case Kind::Directive: return 14;  // Keyword
  }
  return 1;
}

/// So that a client that sorts keeps our order.
std::string sort_text(std::size_t index) {
  std::string digits = std::to_string(index);
  return std::string(4 - std::min<std::size_t>(digits.size(), 4), '0') + digits;
}

Json to_json(const CompletionItem& item, std::size_t index, const Json& range, const Client& client) {
  // A client that indents the rows of a snippet by itself would indent them twice.
  const bool rows = item.snippet.find('\n') != std::string::npos;
  const bool snippet = client.completion_snippets && !item.snippet.empty() && (!rows || client.inserts_as_is);
  Json json = {{"label", item.label},
               {"kind", item_kind(item.kind)},
               {"sortText", sort_text(index)},
               {"textEdit", {{"range", range}, {"newText", snippet ? item.snippet : item.text}}}};
  if (snippet) json["insertTextFormat"] = 2;        // Snippet
  if (snippet && rows) json["insertTextMode"] = 1;  // asIs
  if (!item.detail.empty()) json["detail"] = item.detail;
  if (!item.about.empty()) json["data"] = {{"about", item.about}};
  return json;
}

}  // namespace

Json completion_options() {
  return Json::parse(
      R"({"triggerCharacters": [" ", "-", "=", ",", ":", "$", "{", "[", "/", "*"], "resolveProvider": true})");
}

AnswerFrom completion_request(const Json& params, DocumentSnapshot document, const Client& client) {
  const std::optional<std::uint32_t> offset = read_place(params, *document, client);
  return [document = std::move(document), client, offset](const Analysis& analysis) -> Outcome {
    const Completions found = offset ? completions(analysis, *offset) : Completions();
    if (found.items.empty()) return Json();
    const Json range = RangeWriter(*document, client.encoding)(found.range);
    Json items = Json::array();
    for (const CompletionItem& item : found.items) items.push_back(to_json(item, items.size(), range, client));
    return Json({{"isIncomplete", !found.complete}, {"items", std::move(items)}});
  };
}

Json resolve_completion(Json item, const Client& client) {
  const Json about = item.value("data", Json::object()).value("about", Json());
  if (!about.is_string()) return item;
  const std::string text = completion_documentation(about.get_ref<const std::string&>());
  if (text.empty()) return item;
  item["documentation"] = {{"kind", client.completion_markdown ? "markdown" : "plaintext"},
                           {"value", client.completion_markdown ? text : plain_text(text)}};
  return item;
}

}  // namespace quaymaster::lsp
