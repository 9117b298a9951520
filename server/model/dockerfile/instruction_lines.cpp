#include "model/dockerfile/instruction_lines.h"

#include <cstdint>
#include <vector>

#include "syntax/dockerfile_heredoc.h"
#include "syntax/dockerfile_line.h"

namespace quaymaster::dockerfile {
namespace {

/// What the builder reads a line into has this many bytes, and takes no line that fills it.
constexpr std::uint32_t kLineBuffer = 65'536;

/// The empty lines of the logical line that `text` begins with.
std::vector<TextRange> empty_lines(std::string_view text, std::uint32_t end) {
  std::vector<TextRange> result;
  for (std::uint32_t at = 0; at < end;) {
    const TextRange line{at, syntax::line_end(text, at)};
    if (syntax::is_empty_line(slice(text, line))) result.push_back(line);
    at = line.end;
  }
  return result;
}

TextRange line_end(std::string_view text) {
  const auto size = static_cast<std::uint32_t>(text.size());
  const std::uint32_t length = text.ends_with("\r\n") ? 2 : text.ends_with('\n') ? 1 : 0;
  return {size - length, size};
}

std::optional<TextRange> open_heredoc(std::string_view text, std::uint32_t end, char escape) {
  if (slice(text, {0, end}).find('<') == std::string_view::npos) return std::nullopt;
  const MappedText line = syntax::joined(text, {0, end}, escape);
  const std::vector<syntax::HeredocMarker> markers = syntax::heredoc_markers(line.bytes());
  const syntax::HeredocBodies bodies = syntax::heredoc_bodies(text, end, markers);
  if (!bodies.unterminated) return std::nullopt;
  // What follows the segment is not seen here, so that of several any may be the one.
  return line.to_file(cover(markers.front().range, markers.back().range));
}

std::optional<TextRange> overlong_line(std::string_view text) {
  if (text.size() < kLineBuffer) return std::nullopt;
  for (std::uint32_t at = 0; at < text.size();) {
    const TextRange line{at, syntax::line_end(text, at)};
    if (line.size() >= kLineBuffer) return syntax::trimmed(text, line);
    at = line.end;
  }
  return std::nullopt;
}

}  // namespace

void add_lines(Instruction& instruction, std::string_view text, char escape) {
  const std::uint32_t end = syntax::logical_line_end(text, 0, escape);
  instruction.empty_lines = empty_lines(text, end);
  instruction.line_end = line_end(text);
  instruction.open_heredoc = open_heredoc(text, end, escape);
  instruction.overlong_line = overlong_line(text);
}

}  // namespace quaymaster::dockerfile
