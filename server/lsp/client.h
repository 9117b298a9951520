#pragma once
#include <cstdint>
#include <optional>

#include "lsp/json_rpc.h"
#include "text/line_index.h"

namespace quaymaster::lsp {

/// What the client can do, as it said in `initialize`. Anything it does not mention it cannot.
struct Client {
  PositionEncoding encoding = PositionEncoding::Utf16;
  bool hover_markdown = false;                 ///< hover.contentFormat: whether markdown comes before plaintext
  bool code_action_literals = false;           ///< takes CodeAction, not only Command
  bool resolves_edits = false;                 ///< asks for the edit of a code action when it is chosen
  bool document_changes = false;               ///< takes versioned edits
  bool related_information = false;            ///< of diagnostics
  bool unnecessary_tag = false;                ///< fades text out
  bool deprecated_tag = false;                 ///< strikes text through
  bool diagnostic_data = false;                ///< keeps the data of a diagnostic
  bool symbol_trees = false;                   ///< takes DocumentSymbol, not only SymbolInformation
  bool prepares_rename = false;                ///< asks before it lets the user type a new name
  bool completion_snippets = false;            ///< takes snippets as what a completion inserts
  bool completion_markdown = false;            ///< in the documentation of a completion
  bool inserts_as_is = false;                  ///< lets a server say that rows are inserted as they are
  bool watches_files = false;                  ///< lets a server say which files it wants to hear of
  bool registers_configuration = false;        ///< lets a server say which settings it wants to hear of
  bool pulls_configuration = false;            ///< answers workspace/configuration
  std::optional<std::uint32_t> folding_limit;  ///< the most folding ranges that are of use
};

/// Never fails: what has another type than LSP 3.17 says counts as not mentioned.
[[nodiscard]] Client client_of(const Json& initialize_params);

/// "utf-8", "utf-16" or "utf-32".
[[nodiscard]] std::string_view to_string(PositionEncoding encoding);

}  // namespace quaymaster::lsp
