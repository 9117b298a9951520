#include "text/mapped_text.h"

#include <algorithm>

namespace quaymaster {

void MappedText::append(std::string_view verbatim, std::uint32_t file_begin) {
  if (verbatim.empty()) return;
  const auto length = static_cast<std::uint32_t>(verbatim.size());
  if (!pieces_.empty() && !pieces_.back().decoded && pieces_.back().file.end == file_begin)
    pieces_.back().file.end += length;
  else
    pieces_.push_back({size(), {file_begin, file_begin + length}, false});
  bytes_ += verbatim;
}

void MappedText::append_decoded(std::string_view decoded, TextRange from) {
  if (decoded.empty()) return;
  pieces_.push_back({size(), from, true});
  bytes_ += decoded;
}

void MappedText::append(const MappedText& other, TextRange range) {
  range.end = std::min(range.end, other.size());
  if (range.begin >= range.end) return;
  const auto first = static_cast<std::size_t>(&other.piece_at(range.begin) - other.pieces_.data());
  for (std::size_t i = first; i < other.pieces_.size() && other.pieces_[i].at < range.end; ++i) {
    const Piece& piece = other.pieces_[i];
    const std::uint32_t piece_end = i + 1 < other.pieces_.size() ? other.pieces_[i + 1].at : other.size();
    const std::uint32_t begin = std::max(piece.at, range.begin);
    const std::string_view bytes = slice(other.bytes_, {begin, std::min(piece_end, range.end)});
    if (piece.decoded)
      append_decoded(bytes, piece.file);
    else
      append(bytes, piece.file.begin + (begin - piece.at));
  }
}

const MappedText::Piece& MappedText::piece_at(std::uint32_t offset) const {
  return *std::prev(std::ranges::upper_bound(pieces_, offset, {}, &Piece::at));
}

TextRange MappedText::to_file(TextRange range) const {
  if (pieces_.empty()) return {0, 0};
  range.end = std::min(range.end, size());
  range.begin = std::min(range.begin, range.end);
  if (range.begin == size()) {
    const std::uint32_t end = pieces_.back().file.end;
    return {end, end};
  }
  const Piece& first = piece_at(range.begin);
  const std::uint32_t begin = first.decoded ? first.file.begin : first.file.begin + (range.begin - first.at);
  if (range.empty()) return {begin, begin};
  const Piece& last = piece_at(range.end - 1);
  const std::uint32_t end = last.decoded ? last.file.end : last.file.begin + (range.end - last.at);
  return {begin, end};
}

bool MappedText::verbatim(TextRange range) const {
  if (pieces_.empty() || range.end > size()) return false;
  const Piece& first = piece_at(std::min(range.begin, size() - 1));
  if (range.empty()) return !first.decoded;
  return !first.decoded && &first == &piece_at(range.end - 1);
}

MappedText MappedText::shifted(std::uint32_t by) const {
  MappedText moved = *this;
  for (Piece& piece : moved.pieces_) piece.file = piece.file.shifted(by);
  return moved;
}

}  // namespace quaymaster
