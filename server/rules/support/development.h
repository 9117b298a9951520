#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/shell/script.h"

/// What is for the time of development, and says so.
namespace quaymaster::rules {

/// A part of a command line that belongs to development.
struct DevelopmentUse {
  enum class Kind : std::uint8_t {
    Server,    ///< a server that is made for one developer
    Reload,    ///< an option that restarts a server when files change; without it the server is one for production
    Debugger,  ///< it waits for somebody who takes control
  };
  Kind kind = Kind::Server;
  TextRange range;  ///< in the bytes of the shell's text: from the program to the word that says it, or that word alone
  std::string text;  ///< the words that say it: "flask run"
};

/// Whether `words`, the words of a command from its program on, start something for development.
[[nodiscard]] std::optional<DevelopmentUse> development_use(std::span<const shell::Word> words);

/// A setting that switches development behaviour on, as `NAME=value` in an environment.
struct DevelopmentSetting {
  bool debugger = false;
  std::string_view production = {};  ///< the value for production; empty when there is none to name
};
[[nodiscard]] std::optional<DevelopmentSetting> development_setting(std::string_view name, std::string_view value);

/// Whether a name (of a file, a stage, a service, a profile) says that it is for development or tests:
/// `Dockerfile.dev`, `web-dev`, `compose.override.yaml`.
[[nodiscard]] bool names_development(std::string_view name);

/// Whether the name of a file, or of the folder that it is in, says so.
[[nodiscard]] bool is_development_path(std::string_view path);

}  // namespace quaymaster::rules
