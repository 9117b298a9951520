#pragma once
#include <string>
#include <vector>

#include "lsp/client.h"
#include "lsp/document.h"
#include "lsp/feature_handlers.h"
#include "lsp/json_rpc.h"
#include "workspace/file_system.h"

/// Requests that are answered from the analysis of one document and from the files around it: links, and definitions
/// that stand in other files.
namespace quaymaster::lsp {

/// What an answer may look at besides its document: what lies in the folders of the workspace, and open documents
/// before that. The disk has to outlive every answer.
struct FilesAround {
  const workspace::FileSystem* disk = nullptr;
  std::vector<std::string> folders;
  std::vector<DocumentSnapshot> open;
};

/// Links to pages, and to files that exist or may exist: of a file outside of the workspace that is not known.
[[nodiscard]] AnswerFrom document_link_request(const Json& params, DocumentSnapshot document, const Client& client,
                                               FilesAround around);
/// Where a name is declared: in the document; else in the file that the place speaks of, or that file itself.
[[nodiscard]] AnswerFrom definition_request(const Json& params, DocumentSnapshot document, const Client& client,
                                            FilesAround around);

}  // namespace quaymaster::lsp
