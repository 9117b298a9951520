#include "support/fixture.h"

#include <algorithm>
#include <stdexcept>

namespace quaymaster::tests {

Fixture::Fixture(std::string_view marked) {
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < marked.size();) {
    const auto at = static_cast<std::uint32_t>(text.size());
    const std::string_view rest = marked.substr(i);
    if (rest.starts_with("<|>")) {
      cursor = at;
      i += 3;
    } else if (rest.starts_with("<|")) {
      open.push_back(ranges.size());
      ranges.push_back({at, at});
      i += 2;
    } else if (rest.starts_with("|>") && !open.empty()) {
      ranges[open.back()].end = at;
      open.pop_back();
      i += 2;
    } else {
      text += marked[i++];
    }
  }
  if (!open.empty()) throw std::invalid_argument("fixture: <| without |>");
}

std::string render(std::string_view text, const std::vector<std::pair<TextRange, std::string>>& labelled) {
  std::string out;
  for (std::uint32_t begin = 0; begin <= text.size();) {
    const std::size_t newline = text.find('\n', begin);
    const auto end = static_cast<std::uint32_t>(newline == std::string_view::npos ? text.size() : newline);
    out += text.substr(begin, end - begin);
    out += '\n';
    for (const auto& [range, label] : labelled) {
      if (range.begin < begin || range.begin > end) continue;
      const std::uint32_t width = std::max(1U, std::min(range.end, end) - range.begin);
      out += std::string(range.begin - begin, ' ') + std::string(width, '^') + ' ' + label + '\n';
    }
    begin = end + 1;
  }
  return out;
}

}  // namespace quaymaster::tests
