#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "quaymaster/text.h"

namespace quaymaster {

/// The unit in which a client counts the characters of a line (LSP 3.17 `PositionEncodingKind`).
enum class PositionEncoding : std::uint8_t { Utf8, Utf16, Utf32 };

/// A place as a client counts it: both from 0, `character` in units of the negotiated encoding.
struct Position {
  std::uint32_t line = 0;
  std::uint32_t character = 0;
  friend constexpr bool operator==(Position, Position) = default;
};

/// Where the lines of one text begin. Lines end at \n, \r\n or a lone \r (LSP 3.17, "Text Documents"). Bytes that are
/// not UTF-8 count one unit each. The functions take the text that the index was made of, and need no longer for a
/// place far behind in a long line.
class LineIndex {
 public:
  explicit LineIndex(std::string_view text);

  /// The byte at `at`. A column past the end of its line means the end of its line, before its terminator; a column
  /// inside a character means the start of that character. Empty for a line past the end.
  [[nodiscard]] std::optional<std::uint32_t> offset(std::string_view text, Position at,
                                                    PositionEncoding encoding) const;
  /// The place of the byte at `offset`, which is clamped to the text; inside a character its start.
  [[nodiscard]] Position position(std::string_view text, std::uint32_t offset, PositionEncoding encoding) const;

  [[nodiscard]] std::uint32_t line_count() const { return static_cast<std::uint32_t>(starts_.size()); }
  /// The bytes of one line without its terminator; `line` must be less than `line_count()`.
  [[nodiscard]] TextRange line(std::string_view text, std::uint32_t line) const;

 private:
  /// A place in a long line, at the start of a character, with the units from the line's start.
  struct Milestone {
    std::uint32_t byte = 0;
    std::uint32_t utf16 = 0;
    std::uint32_t utf32 = 0;
  };

  void add_milestones(std::string_view text, TextRange line);
  [[nodiscard]] std::uint32_t column_of(const Milestone& milestone, std::uint32_t line_start,
                                        PositionEncoding encoding) const;

  std::vector<std::uint32_t> starts_;
  std::vector<Milestone> milestones_;
};

}  // namespace quaymaster
