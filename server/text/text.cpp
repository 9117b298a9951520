#include "quaymaster/text.h"

#include <algorithm>

namespace quaymaster {

std::string_view slice(std::string_view text, TextRange range) {
  const std::size_t begin = std::min<std::size_t>(range.begin, text.size());
  const std::size_t end = std::clamp<std::size_t>(range.end, begin, text.size());
  return text.substr(begin, end - begin);
}

std::string apply_edits(std::string_view text, std::span<const Edit> edits) {
  std::string result;
  std::size_t copied = 0;
  for (const Edit& edit : edits) {
    result += text.substr(copied, edit.range.begin - copied);
    result += edit.text;
    copied = edit.range.end;
  }
  result += text.substr(copied);
  return result;
}

}  // namespace quaymaster
