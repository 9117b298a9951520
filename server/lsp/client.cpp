#include "lsp/client.h"

#include <algorithm>
#include <initializer_list>
#include <optional>

namespace quaymaster::lsp {
namespace {

/// The value behind the keys of `path`; null when there is none.
const Json& at(const Json& value, std::initializer_list<const char*> path) {
  static const Json kNull;
  const Json* here = &value;
  for (const char* key : path) {
    if (!here->is_object()) return kNull;
    const auto found = here->find(key);
    if (found == here->end()) return kNull;
    here = &*found;
  }
  return *here;
}

bool holds(const Json& list, const Json& item) {
  return list.is_array() && std::ranges::find(list, item) != list.end();
}

PositionEncoding choose_encoding(const Json& offered) {
  if (!offered.is_array()) return PositionEncoding::Utf16;
  for (const Json& name : offered)
    for (const auto encoding : {PositionEncoding::Utf8, PositionEncoding::Utf16, PositionEncoding::Utf32})
      if (name == to_string(encoding)) return encoding;
  return PositionEncoding::Utf16;
}

bool prefers_markdown(const Json& formats) {
  if (!formats.is_array()) return false;
  for (const Json& format : formats) {
    if (format == "markdown") return true;
    if (format == "plaintext") return false;
  }
  return false;
}

}  // namespace

std::string_view to_string(PositionEncoding encoding) {
  switch (encoding) {
    case PositionEncoding::Utf8: return "utf-8";
    case PositionEncoding::Utf16: return "utf-16";
    case PositionEncoding::Utf32: return "utf-32";
  }
  return "utf-16";
}

Client client_of(const Json& initialize_params) {
  const Json& capabilities = at(initialize_params, {"capabilities"});
  const Json& code_action = at(capabilities, {"textDocument", "codeAction"});
  const Json& publish = at(capabilities, {"textDocument", "publishDiagnostics"});
  const Json& folding_limit = at(capabilities, {"textDocument", "foldingRange", "rangeLimit"});
  const Json& completion = at(capabilities, {"textDocument", "completion", "completionItem"});
  const Json& tags = at(publish, {"tagSupport", "valueSet"});
  return {
      .encoding = choose_encoding(at(capabilities, {"general", "positionEncodings"})),
      .hover_markdown = prefers_markdown(at(capabilities, {"textDocument", "hover", "contentFormat"})),
      .code_action_literals = at(code_action, {"codeActionLiteralSupport"}).is_object(),
      .resolves_edits =
          at(code_action, {"dataSupport"}) == true && holds(at(code_action, {"resolveSupport", "properties"}), "edit"),
      .document_changes = at(capabilities, {"workspace", "workspaceEdit", "documentChanges"}) == true,
      .related_information = at(publish, {"relatedInformation"}) == true,
      .unnecessary_tag = holds(tags, 1),
      .deprecated_tag = holds(tags, 2),
      .diagnostic_data = at(publish, {"dataSupport"}) == true,
      .symbol_trees = at(capabilities, {"textDocument", "documentSymbol", "hierarchicalDocumentSymbolSupport"}) == true,
      .prepares_rename = at(capabilities, {"textDocument", "rename", "prepareSupport"}) == true,
      .completion_snippets = at(completion, {"snippetSupport"}) == true,
      .completion_markdown = prefers_markdown(at(completion, {"documentationFormat"})),
      .inserts_as_is = holds(at(completion, {"insertTextModeSupport", "valueSet"}), 1),
      .watches_files = at(capabilities, {"workspace", "didChangeWatchedFiles", "dynamicRegistration"}) == true,
      .registers_configuration =
          at(capabilities, {"workspace", "didChangeConfiguration", "dynamicRegistration"}) == true,
      .pulls_configuration = at(capabilities, {"workspace", "configuration"}) == true,
      .folding_limit =
          folding_limit.is_number_unsigned() ? std::optional(folding_limit.get<std::uint32_t>()) : std::nullopt,
  };
}

}  // namespace quaymaster::lsp
