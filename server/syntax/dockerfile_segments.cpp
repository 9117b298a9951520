#include "syntax/dockerfile_segments.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "syntax/dockerfile_heredoc.h"
#include "syntax/dockerfile_line.h"
#include "text/ascii.h"

namespace quaymaster::syntax {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_letter_or_digit(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }
bool is_directive_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\n'; }

/// Reads the line as a directive: `#`, white space, a known name, `=`, and a value.
std::optional<Directive> directive_of(std::string_view text, TextRange line) {
  std::uint32_t at = line.begin;
  const auto skip_white_space = [&] {
    while (at < line.end) {
      const std::uint32_t length = white_space_length(slice(text, {at, line.end}));
      if (length == 0) break;
      at += length;
    }
  };
  skip_white_space();
  if (at >= line.end || text[at] != '#') return std::nullopt;
  ++at;
  skip_white_space();
  Directive directive;
  directive.name_range.begin = at;
  if (at >= line.end || !is_letter(text[at])) return std::nullopt;
  while (at < line.end && is_letter_or_digit(text[at])) ++at;
  directive.name_range.end = at;
  while (at < line.end && is_directive_space(text[at])) ++at;
  if (at >= line.end || text[at] != '=') return std::nullopt;
  ++at;
  while (at < line.end && is_directive_space(text[at])) ++at;
  std::uint32_t end = line.end;
  while (end > at && is_directive_space(text[end - 1])) --end;
  if (at == end) return std::nullopt;
  directive.value_range = {at, end};
  const std::string name = ascii_lower(slice(text, directive.name_range));
  if (name != "syntax" && name != "escape" && name != "check") return std::nullopt;
  return directive;
}

/// Remembers which terminators are known not to come any more, and gives up on a file that is nothing but open
/// heredocs: otherwise each one would be looked for to the end of the file.
class TerminatorSearch {
 public:
  explicit TerminatorSearch(std::string_view text) : text_(text), budget_(text.size() * 16 + 65'536) {}

  /// Where the bodies of the heredocs of `logical_line` end; `begin` when it has none.
  std::uint32_t end_of_bodies(std::string_view logical_line, std::uint32_t begin) {
    const std::vector<HeredocMarker> markers = heredoc_markers(logical_line);
    if (markers.empty()) return begin;
    for (const HeredocMarker& marker : markers)
      if (missing_.contains(key(marker))) return begin;
    if (budget_ == 0) return begin;
    const HeredocBodies bodies = heredoc_bodies(text_, begin, markers);
    if (bodies.unterminated) {
      missing_.insert(key(markers[*bodies.unterminated]));
      budget_ -= std::min(budget_, text_.size() - begin);
    }
    return bodies.end;
  }

 private:
  static std::string key(const HeredocMarker& marker) { return (marker.strip_tabs ? "-" : " ") + marker.delimiter; }

  std::string_view text_;
  std::set<std::string> missing_;
  std::size_t budget_;
};

}  // namespace

DockerfileSegments dockerfile_segments(std::string_view text) {
  using Kind = DockerfileSegment::Kind;
  DockerfileSegments result;
  const auto size = static_cast<std::uint32_t>(text.size());
  const auto add = [&](Kind kind, std::uint32_t end) {
    const std::uint32_t begin = result.segments.empty() ? 0 : result.segments.back().range.end;
    if (begin == end) return;
    const bool joins = !result.segments.empty() && kind != Kind::Instruction && result.segments.back().kind == kind;
    if (joins)
      result.segments.back().range.end = end;
    else
      result.segments.push_back({kind, {begin, end}});
  };

  std::uint32_t at = text.starts_with(kByteOrderMark) ? static_cast<std::uint32_t>(kByteOrderMark.size()) : 0;
  while (at < size) {
    const std::uint32_t end = line_end(text, at);
    const std::optional<Directive> directive = directive_of(text, {at, end});
    if (!directive) break;
    result.directives.push_back(*directive);
    const std::string_view value = slice(text, directive->value_range);
    if (ascii_lower(slice(text, directive->name_range)) == "escape" && (value == "`" || value == "\\"))
      result.escape = value.front();
    add(Kind::Directives, end);
    at = end;
  }

  TerminatorSearch terminators(text);
  while (at < size) {
    const TextRange line{at, line_end(text, at)};
    const std::string_view bytes = slice(text, line);
    if (is_comment_line(bytes) || is_empty_line(bytes)) {
      add(Kind::Trivia, line.end);
      at = line.end;
      continue;
    }
    const std::uint32_t end = logical_line_end(text, at, result.escape);
    const bool may_have_heredoc = slice(text, {at, end}).find('<') != std::string_view::npos;
    at = may_have_heredoc ? terminators.end_of_bodies(joined(text, {at, end}, result.escape).bytes(), end) : end;
    add(Kind::Instruction, at);
  }
  add(Kind::Trivia, size);  // a byte order mark and nothing else
  return result;
}

}  // namespace quaymaster::syntax
