#include "rules/support/written_text.h"

#include <algorithm>
#include <cstdint>
#include <string>
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

namespace {

/// Where the delimiter `sign` stands next, from `at` on; the end when it does not.
std::size_t next_delimiter(std::string_view script, std::size_t at, char sign) {
  while (at < script.size() && script[at] != sign) at += script[at] == '\\' ? 2 : 1;
  return std::min(at, script.size());
}

}  // namespace

std::string written_by_sed(std::string_view script) {
  constexpr std::string_view kBeforeCommand = " \t\n;{}/$!0123456789";
  constexpr std::string_view kDelimiters = "/|,#@:!%+~";
  std::string written(script.size(), ' ');
  for (std::size_t at = 0; at + 1 < script.size(); ++at) {
    if (at > 0 && kBeforeCommand.find(script[at - 1]) == std::string_view::npos) continue;
    const char next = script[at + 1];
    if (script[at] == 's' && kDelimiters.find(next) != std::string_view::npos) {
      const std::size_t begin = std::min(next_delimiter(script, at + 2, next) + 1, script.size());
      const std::size_t end = next_delimiter(script, begin, next);
      written.replace(begin, end - begin, script.substr(begin, end - begin));
      at = end;
    } else if ((script[at] == 'a' || script[at] == 'i' || script[at] == 'c') && (next == '\\' || next == ' ')) {
      written.replace(at + 2, std::string::npos, script.substr(at + 2));
      break;
    }
  }
  return written;
}

}  // namespace quaymaster::rules
