#include "model/kubernetes/expansion.h"

#include <algorithm>
#include <string>

namespace quaymaster::kubernetes {
namespace {

bool is_known(std::string_view name, const KnownNames& known) {
  if (known.names.contains(name)) return true;
  return known.more && !name.empty() &&
         std::ranges::all_of(name, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; });
}

}  // namespace

Expanded expand(const MappedText& word, const KnownNames& known) {
  const std::string_view bytes = word.bytes();
  if (bytes.find('$') == std::string_view::npos) return {word};
  Expanded result;
  std::uint32_t copied = 0;
  const auto replace = [&](TextRange range, std::string_view by) {
    result.text.append(word, {copied, range.begin});
    result.text.append_decoded(by, word.to_file(range));
    copied = range.end;
  };
  for (std::size_t at = bytes.find('$'); at != std::string_view::npos; at = bytes.find('$', at)) {
    const auto begin = static_cast<std::uint32_t>(at);
    ++at;
    if (bytes.substr(at).starts_with('$')) {
      replace({begin, begin + 2}, "$");
      ++at;
    } else if (bytes.substr(at).starts_with('(')) {
      const std::size_t close = bytes.find(')', at);
      if (close == std::string_view::npos) break;
      const std::string_view name = bytes.substr(at + 1, close - at - 1);
      if (is_known(name, known)) {
        replace({begin, static_cast<std::uint32_t>(close) + 1}, "${" + std::string(name) + "}");
        result.literal = false;
      }
      at = close;
    }
  }
  result.text.append(word, {copied, word.size()});
  return result;
}

}  // namespace quaymaster::kubernetes
