#include "cli/markdown_text.h"

#include <algorithm>

#include "cli/terminal_text.h"

namespace quaymaster::cli {
namespace {

/// `line` in lines of at most `columns`, as far as blanks allow; what follows is indented like the text of a list item.
std::string wrapped(std::string_view line, std::size_t columns) {
  const std::string indent = line.starts_with("- ") ? "  " : "";
  std::string out;
  std::size_t used = 0;
  while (!line.empty()) {
    const std::size_t end = std::min(line.find(' ', 1), line.size());
    const std::string_view word = line.substr(0, end);
    const std::size_t width = width_of(cells(word));
    if (used > indent.size() && used + width > columns) {
      out += "\n" + indent;
      out += word.substr(word.starts_with(' ') ? 1 : 0);
      used = indent.size() + width - 1;
    } else {
      out += word;
      used += width;
    }
    line.remove_prefix(end);
  }
  return out;
}

}  // namespace

std::string markdown_for_terminal(std::string_view markdown, const Style& style, std::size_t columns) {
  std::string out;
  bool in_code = false;
  while (!markdown.empty()) {
    const std::size_t end = std::min(markdown.find('\n'), markdown.size());
    const std::string_view line = markdown.substr(0, end);
    markdown.remove_prefix(std::min(end + 1, markdown.size()));
    const bool fence = line.starts_with("```");
    in_code = in_code != fence;
    if (!in_code && line.starts_with("<!--") && line.ends_with("-->")) continue;
    if (out.empty() && line.empty()) continue;
    if (fence)
      out += style.paint(Look::Dim, line);
    else if (in_code)
      out += style.paint(Look::Hint, line);
    else if (line.starts_with('#'))
      out += style.paint(Look::Strong, line);
    else if (columns > 0 && !line.starts_with('|'))
      out += wrapped(line, columns);
    else
      out += line;
    out += "\n";
  }
  return out;
}

}  // namespace quaymaster::cli
