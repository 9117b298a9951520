#pragma once
#include <string>
#include <vector>

#include "lsp/client.h"
#include "lsp/json_rpc.h"

/// What the client says about the files and folders of the workspace. Paths are absolute and normalized; what is no
/// file on this machine is passed over. The readers but the first throw Json::exception for what is not as LSP 3.17
/// says.
namespace quaymaster::lsp {

/// The parameters of `client/registerCapability` for what the server wants to hear of; null when the client tells
/// nobody.
[[nodiscard]] Json registrations_for(const Client& client);
/// The filters for `workspace.fileOperations`: every file and folder, since a folder takes along what is in it.
[[nodiscard]] Json file_operations();

/// Never fails: `workspaceFolders` of `initialize`, or else `rootUri`, or else `rootPath`.
[[nodiscard]] std::vector<std::string> read_first_folders(const Json& initialize_params);
/// The folders after `workspace/didChangeWorkspaceFolders`.
[[nodiscard]] std::vector<std::string> read_folders(const Json& params, std::vector<std::string> before);
/// The files of `workspace/didChangeWatchedFiles`.
[[nodiscard]] std::vector<std::string> read_changed_files(const Json& params);
/// The files of `workspace/didCreateFiles`, `didDeleteFiles` and, both names, `didRenameFiles`.
[[nodiscard]] std::vector<std::string> read_file_operation(const Json& params);

}  // namespace quaymaster::lsp
