#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "quaymaster/text.h"

namespace quaymaster {

/// Bytes gathered from a file with what stands between them left out (continuations, comment lines) or decoded
/// (escapes), where every byte knows the place that it came from. A value.
///
/// Invariants: pieces are in order, adjacent in `bytes()`, and in ascending order in the file. A piece is *verbatim*
/// (its bytes are the file's bytes, one to one) or *decoded* (as a whole it stands for its file range).
class MappedText {
 public:
  MappedText() = default;
  /// The bytes of `text` as they stand at `file_begin`.
  MappedText(std::string_view text, std::uint32_t file_begin) { append(text, file_begin); }

  /// Adds bytes that stand in the file as they are.
  void append(std::string_view verbatim, std::uint32_t file_begin);
  /// Adds bytes that the text `from` of the file stands for, for example "\n" for the two characters of an escape.
  void append_decoded(std::string_view decoded, TextRange from);
  /// Adds the part `range` of another mapped text.
  void append(const MappedText& other, TextRange range);

  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  [[nodiscard]] bool empty() const { return bytes_.empty(); }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(bytes_.size()); }

  /// The smallest file range that the part `range` of the bytes came from. An empty range gives an empty one.
  [[nodiscard]] TextRange to_file(TextRange range) const;
  /// True when the part `range` is verbatim and in one piece, so that replacing it is replacing its file range.
  [[nodiscard]] bool verbatim(TextRange range) const;
  /// The same text with every file place moved.
  [[nodiscard]] MappedText shifted(std::uint32_t by) const;

  friend bool operator==(const MappedText&, const MappedText&) = default;

 private:
  struct Piece {
    std::uint32_t at;  // in bytes_
    TextRange file;
    bool decoded;
    friend bool operator==(const Piece&, const Piece&) = default;
  };
  [[nodiscard]] const Piece& piece_at(std::uint32_t offset) const;

  std::string bytes_;
  std::vector<Piece> pieces_;
};

}  // namespace quaymaster
