#include "cli/markdown_text.h"

#include <algorithm>

namespace quaymaster::cli {

std::string markdown_for_terminal(std::string_view markdown, const Style& style) {
  std::string out;
  bool in_code = false;
  while (!markdown.empty()) {
    const std::size_t end = std::min(markdown.find('\n'), markdown.size());
    const std::string_view line = markdown.substr(0, end);
    markdown.remove_prefix(std::min(end + 1, markdown.size()));
    const bool fence = line.starts_with("```");
    in_code = in_code != fence;
    if (!in_code && line.starts_with("<!--") && line.ends_with("-->")) continue;
    Look look = Look::Plain;
    if (fence)
      look = Look::Dim;
    else if (in_code)
      look = Look::Hint;
    else if (line.starts_with('#'))
      look = Look::Strong;
    if (out.empty() && line.empty()) continue;
    out += style.paint(look, line) + "\n";
  }
  return out;
}

}  // namespace quaymaster::cli
