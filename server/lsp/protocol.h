#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lsp/client.h"
#include "lsp/document.h"
#include "lsp/document_store.h"
#include "lsp/json_rpc.h"
#include "lsp/range_writer.h"
#include "quaymaster/analyzer.h"
#include "quaymaster/text.h"

/// From LSP's JSON to values and back. Readers throw Json::exception for what is not as LSP 3.17 says.
namespace quaymaster::lsp {

[[nodiscard]] Position read_position(const Json& position);
/// The byte range of a client's range, clamped to the text.
[[nodiscard]] TextRange read_range(const Json& range, const Document& document, PositionEncoding encoding);
/// The byte at `position` of a request's parameters; empty for a line that the text does not have.
[[nodiscard]] std::optional<std::uint32_t> read_place(const Json& params, const Document& document,
                                                      const Client& client);
/// `textDocument.uri` of a request's parameters.
[[nodiscard]] const std::string& read_uri(const Json& params);
[[nodiscard]] std::vector<ContentChange> read_changes(Json& content_changes);

[[nodiscard]] Json to_json(const Diagnostic& diagnostic, const Document& document, const Client& client,
                           RangeWriter& ranges);
/// The WorkspaceEdit of edits to one document, for its version where the client checks that.
[[nodiscard]] Json to_workspace_edit(std::span<const Edit> edits, const Document& document, const Client& client);

/// The most findings that are shown of one document.
inline constexpr std::size_t kMaxDiagnostics = 1000;

/// The list for publishDiagnostics: the worst `kMaxDiagnostics`, in the order of the text.
[[nodiscard]] Json diagnostics_to_json(const std::vector<Diagnostic>& diagnostics, const Document& document,
                                       const Client& client);

}  // namespace quaymaster::lsp
