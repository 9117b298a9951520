#include "lsp/range_writer.h"

namespace quaymaster::lsp {
namespace {

Json to_json(Position position) { return {{"line", position.line}, {"character", position.character}}; }

}  // namespace

Json RangeWriter::operator()(TextRange range) {
  known_ = position(range.begin);
  known_offset_ = range.begin;
  return {{"start", to_json(known_)}, {"end", to_json(position(range.end))}};
}

Position RangeWriter::position(std::uint32_t offset) const {
  const TextRange line = document_.lines.line(document_.text, known_.line);
  if (offset < known_offset_ || offset > line.end) return document_.lines.position(document_.text, offset, encoding_);
  const std::string_view between = slice(document_.text, {known_offset_, offset});
  const Position ahead = LineIndex(between).position(between, offset - known_offset_, encoding_);
  return {known_.line, known_.character + ahead.character};
}

}  // namespace quaymaster::lsp
