#pragma once
#include "lsp/client.h"
#include "lsp/document.h"
#include "lsp/feature_handlers.h"
#include "lsp/json_rpc.h"

/// `textDocument/completion` and `completionItem/resolve`.
namespace quaymaster::lsp {

/// What is announced.
[[nodiscard]] Json completion_options();

/// The list for a place. Throws Json::exception when the parameters are not what LSP 3.17 says.
[[nodiscard]] AnswerFrom completion_request(const Json& params, DocumentSnapshot document, const Client& client);

/// The item with its documentation; an item that is none of ours as it is.
[[nodiscard]] Json resolve_completion(Json item, const Client& client);

}  // namespace quaymaster::lsp
