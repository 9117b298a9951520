#pragma once
#include <optional>
#include <string_view>

#include "quaymaster/text.h"

namespace quaymaster::compose {

/// The short syntax of a mount, `[source:]target[:mode]`, taken apart; ranges are in the parsed text.
struct ShortVolume {
  TextRange source;  ///< empty at the beginning for an anonymous volume
  TextRange target;
  TextRange mode;  ///< empty at the end when there is none
  [[nodiscard]] bool anonymous() const { return source.empty(); }
};

/// Nothing for what is no mount. A Windows drive (`C:\data:/data`) is part of the source, and a variable with its
/// braces is one part of a path.
[[nodiscard]] std::optional<ShortVolume> parse_volume(std::string_view text);

/// Whether the source of a short mount is a path of the host, not the name of a volume.
[[nodiscard]] bool is_host_path(std::string_view source);

/// Whether a mode ("ro", "Z,ro") makes the mount read-only.
[[nodiscard]] bool is_read_only(std::string_view mode);

}  // namespace quaymaster::compose
