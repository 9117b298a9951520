#include "rules/support/instructions.h"

#include <algorithm>
#include <string>

#include "model/dockerfile/expansion.h"
#include "text/ascii.h"

namespace quaymaster::rules {

using dockerfile::Flag;
using dockerfile::Placed;
using dockerfile::Statement;
using dockerfile::Word;

std::vector<Section> sections(const dockerfile::File& file) {
  std::vector<Section> result;
  result.push_back({.first = 0, .end = file.stages.empty() ? file.instructions.size() : file.stages.front().first});
  for (std::size_t i = 0; i < file.stages.size(); ++i) {
    const dockerfile::Stage& stage = file.stages[i];
    Section section{.first = stage.first, .end = stage.end, .stage = i};
    if (stage.parent) section.parent = *stage.parent + 1;
    result.push_back(section);
  }
  return result;
}

TextRange whole_lines(const Placed& placed) {
  const TextRange own{placed.instruction->statement().range.begin, placed.instruction->line_end.end};
  return own.shifted(placed.begin);
}

TextRange flag_and_gap(const Statement& statement, const Flag& flag, std::uint32_t next) {
  std::uint32_t before = statement.keyword.end;
  std::uint32_t after = next;
  for (const Flag& other : statement.flags) {
    if (other.range.end <= flag.range.begin) before = std::max(before, other.range.end);
    if (other.range.begin >= flag.range.end) after = std::min(after, other.range.begin);
  }
  if (after == flag.range.end + 1) return {flag.range.begin, after};
  if (before + 1 == flag.range.begin) return {before, flag.range.end};
  return flag.range;
}

bool verbatim(const Word& word) { return word.range.size() == word.text.size(); }

std::string_view without_quotes(std::string_view word) {
  constexpr std::size_t kQuotes = 2;
  const bool quoted = word.size() >= kQuotes && (word.front() == '"' || word.front() == '\'');
  return quoted && word.back() == word.front() ? word.substr(1, word.size() - kQuotes) : word;
}

bool is_absolute_path(std::string_view path) {
  if (path.starts_with('/') || path.starts_with('\\')) return true;
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return path.size() > 1 && is_letter(path.front()) && path[1] == ':';
}

std::optional<std::string> known_value(const Word& word, const dockerfile::Context& context) {
  const dockerfile::Expansion expansion = expand(word.text, context.scope.get(), context.escape);
  if (!expansion.known || expansion.malformed) return std::nullopt;
  // What no instruction defines may be in the environment of the base image.
  for (const dockerfile::VariableUse& use : expansion.uses)
    if (find_variable(context.scope.get(), use.name) == nullptr) return std::nullopt;
  return expansion.value();
}

std::string in_case_of(std::string_view like, std::string_view keyword) {
  return like == ascii_lower(like) ? ascii_lower(keyword) : std::string(keyword);
}

}  // namespace quaymaster::rules
