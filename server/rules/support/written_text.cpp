#include "rules/support/written_text.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace quaymaster::rules {

bool prints_to_file(const std::vector<shell::Command>& commands, std::size_t index) {
  constexpr std::size_t kLongestPipeline = 16;
  const std::uint32_t pipeline = commands[index].pipeline;
  const std::size_t end = std::min(commands.size(), index + kLongestPipeline);
  for (std::size_t i = index; i < end && commands[i].pipeline == pipeline; ++i) {
    if (i > index && commands[i].name() == "tee") return true;
    if (std::any_of(commands[i].redirections.begin(), commands[i].redirections.end(),
                    [](const shell::Redirection& to) { return to.op.starts_with('>') || to.op.starts_with("1>"); }))
      return true;
  }
  return false;
}

std::vector<const shell::Word*> written_words(const std::vector<shell::Command>& commands, std::size_t index) {
  const shell::Command& command = commands[index];
  const std::string_view name = command.name();
  const bool prints = name == "echo" || name == "printf";
  std::vector<const shell::Word*> words;
  if (name != "sed" && !(prints && prints_to_file(commands, index))) return words;
  for (std::size_t i = 1; i < command.words.size(); ++i) words.push_back(&command.words[i]);
  return words;
}

TextRange part_range(const shell::Word& word, std::size_t begin, std::size_t size) {
  constexpr std::size_t kQuotes = 2;
  const std::size_t written = word.range.size();
  const std::size_t text = word.text.size();
  if (written != text && written != text + kQuotes) return word.range;
  const auto from = static_cast<std::uint32_t>(word.range.begin + begin + (written == text ? 0 : 1));
  return {from, from + static_cast<std::uint32_t>(size)};
}

}  // namespace quaymaster::rules
