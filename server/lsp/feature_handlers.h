#pragma once
#include <functional>

#include "lsp/client.h"
#include "lsp/document.h"
#include "lsp/json_rpc.h"
#include "quaymaster/analyzer.h"

/// Requests that are answered from the analysis of one document alone: outline, folding, selection, references, rename.
namespace quaymaster::lsp {

/// What is to be answered once the document is analysed. Runs on a worker.
using AnswerFrom = std::function<Outcome(const Analysis&)>;

/// Each takes the parameters of its method, and throws Json::exception when they are not what LSP 3.17 says. Places
/// that the text does not have give an empty answer.
[[nodiscard]] AnswerFrom document_symbol_request(const Json& params, DocumentSnapshot document, const Client& client);
[[nodiscard]] AnswerFrom folding_range_request(const Json& params, DocumentSnapshot document, const Client& client);
[[nodiscard]] AnswerFrom selection_range_request(const Json& params, DocumentSnapshot document, const Client& client);
[[nodiscard]] AnswerFrom references_request(const Json& params, DocumentSnapshot document, const Client& client);
[[nodiscard]] AnswerFrom highlight_request(const Json& params, DocumentSnapshot document, const Client& client);
[[nodiscard]] AnswerFrom prepare_rename_request(const Json& params, DocumentSnapshot document, const Client& client);
[[nodiscard]] AnswerFrom rename_request(const Json& params, DocumentSnapshot document, const Client& client);

}  // namespace quaymaster::lsp
