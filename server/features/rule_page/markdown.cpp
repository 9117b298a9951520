#include "features/rule_page/markdown.h"

#include <algorithm>

namespace quaymaster {
namespace {

/// More backquotes in a row than `text` has anywhere, and `least` at least.
std::string fence_for(std::string_view text, std::size_t least) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return std::string(std::max(longest + 1, least), '`');
}

std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

}  // namespace

std::string inline_code(std::string_view text) {
  const std::string fence = fence_for(text, 1);
  // A blank keeps a backquote of the text apart from the fence.
  const std::string gap = fence.size() > 1 ? " " : "";
  return fence + gap + std::string(text) + gap + fence;
}

std::string code_block(std::string_view text, std::string_view language) {
  const std::string fence = fence_for(text, 3);
  std::string out = fence + std::string(language) + "\n" + std::string(text);
  if (!text.ends_with('\n')) out += "\n";
  return out + fence + "\n";
}

std::string table(const std::vector<std::string>& heading, const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> columns;
  for (std::size_t i = 0; i < heading.size(); ++i)
    if (std::ranges::any_of(rows, [i](const std::vector<std::string>& row) { return !row[i].empty(); }))
      columns.push_back(i);
  const auto line = [&](const auto& text_of) {
    std::string out = "|";
    for (const std::size_t i : columns) out += " " + text_of(i) + " |";
    return out + "\n";
  };
  std::string out = line([&](std::size_t i) { return heading[i]; });
  out += line([](std::size_t) { return std::string("---"); });
  for (const auto& row : rows) out += line([&](std::size_t i) { return cell(row[i]); });
  return out;
}

}  // namespace quaymaster
