#include "syntax/yaml_documents.h"

#include <algorithm>
#include <cstdint>

namespace quaymaster::syntax {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_marker(std::string_view line, std::string_view marker) {
  return line.starts_with(marker) &&
         (line.size() == marker.size() || line[marker.size()] == ' ' || line[marker.size()] == '\t');
}

bool is_blank_or_comment(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t");
  return first == std::string_view::npos || line[first] == '#';
}

/// The offset behind the line terminator at `end`.
std::size_t next_line(std::string_view text, std::size_t end) {
  if (end < text.size() && text[end] == '\r')
    ++end;
  else if (end < text.size())
    return end + 1;
  return end < text.size() && text[end] == '\n' ? end + 1 : end;
}

}  // namespace

std::vector<TextRange> yaml_documents(std::string_view text) {
  /// What the lines of the current document have been so far.
  enum class Stage { Prefix, Content, Ended };
  std::vector<TextRange> documents;
  std::size_t begin = 0;
  std::size_t ended_at = 0;
  Stage stage = Stage::Prefix;
  const auto cut = [&](std::size_t at) {
    documents.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)});
    begin = at;
  };

  std::size_t at = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    const std::string_view line = text.substr(at, end - at);
    const std::size_t next = next_line(text, end);
    if (is_marker(line, "...")) {
      if (stage != Stage::Prefix) {
        stage = Stage::Ended;
        ended_at = next;
      }
    } else if (is_marker(line, "---")) {
      if (stage == Stage::Content) cut(at);
      if (stage == Stage::Ended) cut(ended_at);
      stage = Stage::Content;
    } else if (!is_blank_or_comment(line) && stage != Stage::Content) {
      if (stage == Stage::Ended) cut(ended_at);
      stage = line.starts_with('%') ? Stage::Prefix : Stage::Content;
    }
    at = next;
  }
  cut(text.size());
  return documents;
}

}  // namespace quaymaster::syntax
