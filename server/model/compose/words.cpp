#include "model/compose/words.h"

#include <string>
#include <utility>

namespace quaymaster::compose {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// The word that begins at `at`, which moves behind it.
shell::Word read_word(std::string_view text, std::uint32_t& at) {
  shell::Word word;
  word.range.begin = at;
  char quote = '\0';
  for (; at < text.size() && (quote != '\0' || !is_space(text[at])); ++at) {
    const char c = text[at];
    if (c == '\\' && quote != '\'' && at + 1 < text.size())
      word.text += text[++at];
    else if (c == quote)
      quote = '\0';
    else if (quote == '\0' && (c == '\'' || c == '"'))
      quote = c;
    else
      word.text += c;
  }
  word.range.end = at;
  return word;
}

}  // namespace

std::vector<shell::Word> split_words(const MappedText& text) {
  const std::string_view bytes = text.bytes();
  std::vector<shell::Word> words;
  std::uint32_t at = 0;
  while (at < bytes.size()) {
    if (is_space(bytes[at]))
      ++at;
    else
      words.push_back(read_word(bytes, at));
  }
  return words;
}

}  // namespace quaymaster::compose
