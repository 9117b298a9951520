#include "model/shell/heredoc_repair.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace quaymaster::shell {
namespace {

constexpr std::size_t kMost = 64;  // each may be searched for its end to the end of the text

/// Where the misread here-documents begin, in order.
std::vector<std::size_t> find_markers(std::string_view text, const syntax::Node& root) {
  std::vector<std::size_t> markers;
  std::vector<syntax::Node> pending{root};
  while (!pending.empty()) {
    const syntax::Node node = pending.back();
    pending.pop_back();
    if (!node.has_error()) continue;
    const std::uint32_t begin = node.range().begin;
    const bool misread = node.error() || node.kind() == "heredoc_redirect";
    if (misread && slice(text, {begin, begin + 2}) == "<<") {
      markers.push_back(begin);
      continue;
    }
    const std::vector<syntax::Node> children = node.children();
    pending.insert(pending.end(), children.rbegin(), children.rend());
  }
  return markers;
}

void blank(std::string& text, std::size_t begin, std::size_t end) {
  std::replace_if(
      text.begin() + static_cast<std::ptrdiff_t>(begin), text.begin() + static_cast<std::ptrdiff_t>(end),
      [](char c) { return c != '\n'; }, ' ');
}

/// Blanks the here-document at `marker`, and its body if its end is there. False when it has no delimiter.
bool blank_heredoc(std::string& text, std::size_t marker) {
  std::size_t at = marker + 2;
  const bool strip_tabs = at < text.size() && text[at] == '-';
  if (strip_tabs) ++at;
  at = std::min(text.find_first_not_of(" \t", at), text.size());
  const std::size_t marker_end = std::min(text.find_first_of(" \t\r\n;&|<>()", at), text.size());
  std::string delimiter(text.substr(at, marker_end - at));
  std::erase_if(delimiter, [](char c) { return c == '\'' || c == '"' || c == '\\'; });
  if (delimiter.empty()) return false;

  blank(text, marker, marker_end);
  const std::size_t first_line = text.find('\n', marker_end);
  for (std::size_t line = first_line; line != std::string::npos && line + 1 < text.size();) {
    const std::size_t begin = line + 1;
    line = text.find('\n', begin);
    std::string_view content = std::string_view(text).substr(begin, line - begin);
    if (content.ends_with('\r')) content.remove_suffix(1);
    while (strip_tabs && content.starts_with('\t')) content.remove_prefix(1);
    if (content != delimiter) continue;
    blank(text, first_line, std::min(line, text.size()));
    break;
  }
  return true;
}

}  // namespace

std::optional<std::string> without_misread_heredocs(std::string_view text, const syntax::Node& root) {
  std::vector<std::size_t> markers = find_markers(text, root);
  if (markers.size() > kMost) markers.resize(kMost);
  std::string result(text);
  bool changed = false;
  for (const std::size_t marker : markers)
    if (result.compare(marker, 2, "<<") == 0 && blank_heredoc(result, marker)) changed = true;
  return changed ? std::optional(std::move(result)) : std::nullopt;
}

}  // namespace quaymaster::shell
