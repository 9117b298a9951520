#include "analysis/suppression/yaml_suppressions.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "syntax/dockerfile_line.h"

namespace quaymaster::suppression {
namespace {

constexpr TextRange kWholeFile{0, static_cast<std::uint32_t>(-1)};

TextRange line_around(std::string_view text, std::uint32_t at) {
  const std::size_t newline = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  const std::uint32_t begin = newline == std::string_view::npos ? 0 : static_cast<std::uint32_t>(newline) + 1;
  return {begin, syntax::line_end(text, at)};
}

/// What a comment at `comment` speaks of.
TextRange scope_of(const yaml::Document& document, TextRange comment, Reach reach) {
  const std::string& text = document.text();
  TextRange line = line_around(text, comment.begin);
  if (!syntax::is_comment_line(slice(text, line))) return line;
  while (line.end < text.size() && syntax::is_comment_line(slice(text, line))) line = line_around(text, line.end);
  if (reach == Reach::Line) return line;
  const std::optional<TextRange> entry = yaml::outermost_entry_in(document, line);
  return entry ? cover(line, *entry) : line;
}

/// Whether nothing but comments and a `---` stands above `comment`.
bool on_top(const yaml::Document& document, TextRange comment) {
  const std::string& text = document.text();
  for (TextRange line = line_around(text, 0); line.end <= comment.begin; line = line_around(text, line.end)) {
    const std::string_view bytes = slice(text, line);
    if (!syntax::is_comment_line(bytes) && !syntax::is_empty_line(bytes) && !bytes.starts_with("---")) return false;
  }
  return true;
}

}  // namespace

std::vector<Suppression> find_in_document(const yaml::Document& document, std::uint32_t begin) {
  std::vector<Suppression> found;
  for (const TextRange range : document.comments()) {
    const std::string_view bytes = slice(document.text(), range);
    auto comment = parse_own_comment(bytes);
    if (!comment) comment = parse_peer_comment(bytes);
    if (!comment) continue;
    const bool whole_file = comment->reach == Reach::File;
    if (whole_file && comment->tool == "dclint" && !on_top(document, range)) continue;
    const TextRange scope = whole_file ? kWholeFile : scope_of(document, range, comment->reach).shifted(begin);
    for (Item& item : comment->items) item.range = item.range.shifted(range.begin + begin);
    found.push_back({scope, comment->tool, std::move(comment->items), range.shifted(begin), !comment->reason.empty()});
  }
  return found;
}

}  // namespace quaymaster::suppression
