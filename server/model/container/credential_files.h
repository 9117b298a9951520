#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/shell/script.h"
#include "quaymaster/text.h"

/// Files that programs read their credentials from, such as `.npmrc` and `.netrc`.
namespace quaymaster::container {

/// Whether `path` is such a file, going by its name (and its folder, where the name alone says too little).
[[nodiscard]] bool is_credential_file(std::string_view path);

/// A secret in the text of such a file.
struct FileCredential {
  TextRange range;        ///< in the text
  bool variable = false;  ///< a variable stands for it
};

/// The secrets in `text`, the content of a credential file, in order: values of `password`, `_authToken` and the like,
/// and passwords in URLs. Not what is to be filled in.
[[nodiscard]] std::vector<FileCredential> credentials_of_file(std::string_view text);

/// A secret that a command writes into a credential file, or into the configuration of git, npm and the like.
struct WrittenCredential {
  TextRange range;          ///< of the secret, or of the variable, in the bytes of the shell's text
  bool variable = false;    ///< the shell puts the value of a variable there
  std::string file;         ///< ".npmrc"
  std::size_t command = 0;  ///< the place of the command in `Script::commands`
};

/// Those of `text`, by echo, printf, cat with a here-document, `npm config set`, `git config url.….insteadOf`. `script`
/// must be the script of `bytes`.
[[nodiscard]] std::vector<WrittenCredential> written_credentials(const shell::Script& script, std::string_view bytes);

}  // namespace quaymaster::container
