#include "cli/diff_text.h"

#include <algorithm>

#include "cli/terminal_text.h"

namespace quaymaster::cli {
namespace {

Look look_of_line(std::string_view line) {
  if (line.starts_with("--- ") || line.starts_with("+++ ")) return Look::Strong;
  if (line.starts_with("@@ ")) return Look::Information;
  if (line.starts_with('+')) return Look::Added;
  if (line.starts_with('-')) return Look::Removed;
  return Look::Plain;
}

}  // namespace

std::string diff_for_terminal(std::string_view diff, const Style& style) {
  std::string out;
  while (!diff.empty()) {
    const std::size_t end = std::min(diff.find('\n'), diff.size());
    std::string_view line = diff.substr(0, end);
    diff.remove_prefix(std::min(end + 1, diff.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    out += style.paint(look_of_line(line), visible(line)) + "\n";
  }
  return out;
}

}  // namespace quaymaster::cli
