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

std::string_view line_at(std::string_view text, std::size_t at) {
  return text.substr(at, std::min(text.find_first_of("\r\n", at), text.size()) - at);
}

/// The first line from `at` on that is neither blank nor a comment; empty when there is none.
std::string_view content_from(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const std::string_view line = line_at(text, at);
    if (!is_blank_or_comment(line)) return line;
    at = next_line(text, at + line.size());
  }
  return {};
}

std::size_t indentation(std::string_view line) { return std::min(line.find_first_not_of(' '), line.size()); }

/// What the lines of the current document have been so far.
enum class Stage : std::uint8_t { Prefix, Content, Ended };

struct Document {
  Stage stage = Stage::Prefix;
  std::string_view first;  ///< its first line that is content
  std::string_view last;   ///< its last one
};

/// Whether the bare marker before `next` was typed into a block of `document`: what follows goes on with the block,
/// deeper than a document begins whose forerunner began at the margin.
bool is_misplaced(const Document& document, std::string_view marker, std::string_view next) {
  if (document.stage != Stage::Content || document.first.empty() || marker.find_first_not_of(" \t", 3) != marker.npos)
    return false;
  const std::size_t depth = indentation(next);
  const std::size_t last_end = document.last.find_last_not_of(" \t");
  const bool opens_block = last_end != std::string_view::npos && document.last[last_end] == ':';
  return depth > 0 && indentation(document.first) == 0 && (depth <= indentation(document.last) || opens_block);
}

}  // namespace

YamlDocuments yaml_documents_and_markers(std::string_view text) {
  YamlDocuments result;
  std::size_t begin = 0;
  std::size_t ended_at = 0;
  Document document;
  const auto cut = [&](std::size_t at) {
    result.documents.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)});
    begin = at;
    document = {};
  };

  std::size_t at = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  while (at < text.size()) {
    const std::string_view line = line_at(text, at);
    const std::size_t next = next_line(text, at + line.size());
    const bool ends = is_marker(line, "...");
    const bool begins = is_marker(line, "---");
    if ((ends || begins) && is_misplaced(document, line, content_from(text, next))) {
      result.misplaced_markers.push_back(
          {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + line.size())});
    } else if (ends) {
      if (document.stage != Stage::Prefix) {
        document.stage = Stage::Ended;
        ended_at = next;
      }
    } else if (begins) {
      if (document.stage == Stage::Content) cut(at);
      if (document.stage == Stage::Ended) cut(ended_at);
      document.stage = Stage::Content;
    } else if (!is_blank_or_comment(line)) {
      if (document.stage == Stage::Ended) cut(ended_at);
      const bool directive = document.stage == Stage::Prefix && line.starts_with('%');
      if (!directive) {
        document.stage = Stage::Content;
        if (document.first.empty()) document.first = line;
        document.last = line;
      }
    }
    at = next;
  }
  cut(text.size());
  return result;
}

std::vector<TextRange> yaml_documents(std::string_view text) { return yaml_documents_and_markers(text).documents; }

}  // namespace quaymaster::syntax
