#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace quaymaster::cli {

/// Replaces what the existing file `path` holds, all or nothing: whoever reads it sees the old bytes or the new ones,
/// also when the machine stops in between. A symbolic link stays, and what it leads to is replaced; permissions and, as
/// far as allowed, the owner are kept. Returns what went wrong, in words for people; empty when it is done.
[[nodiscard]] std::optional<std::string> replace_file(const std::string& path, std::string_view text);

/// Makes `path` hold `text`, all or nothing, whether it existed or not. What is no regular file, such as a terminal or
/// a pipe, is written to. Returns what went wrong likewise. Not to be called while other threads make files.
[[nodiscard]] std::optional<std::string> write_file(const std::string& path, std::string_view text);

/// Adds `text` at the end of `path`, which is created if need be. Returns what went wrong likewise.
[[nodiscard]] std::optional<std::string> append_to_file(const std::string& path, std::string_view text);

}  // namespace quaymaster::cli
