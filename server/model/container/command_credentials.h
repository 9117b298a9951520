#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "model/shell/script.h"
#include "quaymaster/text.h"

/// Secrets that are written down in a shell text: as the value of an option, in an assignment, or as text that is fed
/// to a program or written into a file.
namespace quaymaster::container {

struct CommandCredential {
  TextRange range;    ///< of the secret alone, in the bytes of the shell's text
  std::string place;  ///< what it is written behind, for messages: "curl -u", "--password", "DB_PASSWORD=", "chpasswd"
  bool account = false;  ///< the password of an account of the system: of chpasswd, passwd
};

/// Those of `text`, in the order of its commands; disjoint where the commands are. Only what the text itself says: no
/// variables, and no text to be filled in. `script` must be the script of `bytes`.
[[nodiscard]] std::vector<CommandCredential> command_credentials(const shell::Script& script, std::string_view bytes);

}  // namespace quaymaster::container
