#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "quaymaster/text.h"

/// Heredocs of RUN, COPY and ADD, as BuildKit finds them (Dockerfile reference, "Here-Documents").
namespace quaymaster::syntax {

struct HeredocMarker {
  TextRange range;          ///< the whole word, `3<<-"EOF"`, in the logical line
  std::string delimiter;    ///< without quotes
  bool strip_tabs = false;  ///< `<<-`
  bool expand = true;       ///< no part of the delimiter was quoted
};

/// The heredoc words of a joined logical line, in order. Empty when there is none, when the instruction takes none,
/// when it is in JSON form, or when the line cannot be split into shell words (an unbalanced quote, an unknown `${…}`
/// form).
[[nodiscard]] std::vector<HeredocMarker> heredoc_markers(std::string_view logical_line);

/// Whether `text` is one JSON array of strings and nothing else but white space behind it: the exec form.
[[nodiscard]] bool is_json_string_array(std::string_view text);

/// Where the body of one heredoc stands.
struct HeredocBody {
  TextRange content;     ///< whole lines
  TextRange terminator;  ///< the delimiter's line, without leading tabs and without the line's end
};

struct HeredocBodies {
  std::vector<HeredocBody> bodies;            ///< one a marker, or none at all when a terminator is missing
  std::uint32_t end = 0;                      ///< behind the last terminator's line
  std::optional<std::uint32_t> unterminated;  ///< the index of the marker whose terminator is missing
};

/// The bodies of `markers`, of which the first begins at `begin`. When a terminator is missing none is taken as a body,
/// so that a half-typed heredoc leaves the rest of the file alone.
[[nodiscard]] HeredocBodies heredoc_bodies(std::string_view text, std::uint32_t begin,
                                           const std::vector<HeredocMarker>& markers);

}  // namespace quaymaster::syntax
