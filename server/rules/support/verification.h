#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/shell/script.h"

/// What tells programs not to check whom they talk to, or what they are given.
namespace quaymaster::rules {

/// What is no longer checked, and for how long.
enum class Unchecked {
  Transfer,     ///< the certificate of a server, by one command
  Packages,     ///< the signatures of packages, or the server that they come from
  Environment,  ///< certificates, by all that see a variable
  Setting,      ///< certificates or signatures, by all that read a file of settings
  HostKey,      ///< the key of an SSH server
};

/// A place that switches a check off.
struct Unverified {
  Unchecked kind = Unchecked::Transfer;
  TextRange range;         ///< of the flag, the setting, the name of the variable
  std::string text;        ///< the same for messages: "curl -k"
  std::string_view check;  ///< Checkov's, "CKV2_DOCKER_2"; empty when it has none
};

/// Those of `text`, a text that is written into a file of settings or of package sources. Ranges are in `text`.
[[nodiscard]] std::vector<Unverified> unverified_in_text(std::string_view text);

/// What a variable called `name` with this value does; empty for one that leaves the checks alone. `range` is not set.
[[nodiscard]] std::optional<Unverified> unverified_variable(std::string_view name, std::string_view value);

/// The value with which the variable asks for the check; empty when it has to go.
[[nodiscard]] std::string_view verifying_value(std::string_view name);

/// Words of a command that switch a check off.
struct UnverifiedWords {
  Unverified found;  ///< its range is in the bytes of the script
  /// The words that would go, in `Command::words`; empty when nothing is to be gained from that.
  std::optional<std::pair<std::size_t, std::size_t>> words;
};

/// Those of one command, in order. What stands in the texts that it writes is among them; `writes` says that its output
/// goes to a file.
[[nodiscard]] std::vector<UnverifiedWords> unverified_words(const shell::Command& command, bool writes);

}  // namespace quaymaster::rules
