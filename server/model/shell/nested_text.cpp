#include "model/shell/nested_text.h"

#include <utility>

#include "model/shell/word_decoder.h"

namespace quaymaster::shell {
namespace {

std::optional<Layer> layer_of(std::string_view quoted) {
  if (quoted.size() < 2 || quoted.find(quoted.front(), 1) != quoted.size() - 1) return std::nullopt;
  if (quoted.front() == '\'') return Layer::ShellSingleQuoted;
  if (quoted.front() == '"') return Layer::ShellDoubleQuoted;
  return std::nullopt;
}

NestedText between_quotes(TextRange range, std::optional<Layer> layer) {
  return layer ? NestedText{{range.begin + 1, range.end - 1}, layer} : NestedText{range, std::nullopt};
}

void move_outward(std::vector<Word>& words, const MappedText& nested) {
  for (Word& word : words) word.range = nested.to_file(word.range);
}

}  // namespace

Nested nested_text(std::string_view text, const SyntaxWord& word) {
  const TextRange range = word.word.range;
  const std::string_view written = slice(text, range);
  if (!word.nodes.empty()) {
    std::optional<Layer> layer;
    if (word.nodes.size() == 1 && word.nodes.front().kind() == "raw_string") layer = Layer::ShellSingleQuoted;
    if (word.nodes.size() == 1 && word.nodes.front().kind() == "string") layer = Layer::ShellDoubleQuoted;
    return {decoded(text, range, word.nodes), between_quotes(range, layer)};
  }
  if (written == word.word.text) return {MappedText(written, range.begin), std::nullopt};
  DecodedWord unquoted = decode_word(text, range, {}, Globs::Literal);
  if (unquoted.text.bytes() == word.word.text)
    return {std::move(unquoted.text), between_quotes(range, layer_of(written))};
  MappedText covering;
  covering.append_decoded(word.word.text, range);
  return {std::move(covering), NestedText{range, std::nullopt}};
}

Nested heredoc_text(std::string_view text, TextRange range, bool expanded) {
  if (!expanded) return {MappedText(slice(text, range), range.begin), std::nullopt};
  Nested nested{{}, NestedText{range, Layer::ShellHereDocument}};
  std::uint32_t begin = range.begin;
  for (std::uint32_t at = begin; at + 1 < range.end; ++at) {
    if (text[at] != '\\' || std::string_view("\\$`").find(text[at + 1]) == std::string_view::npos) continue;
    nested.text.append(slice(text, {begin, at}), begin);
    nested.text.append_decoded(slice(text, {at + 1, at + 2}), {at, at + 2});
    begin = at + 2;
    ++at;
  }
  nested.text.append(slice(text, {begin, range.end}), begin);
  return nested;
}

void move_outward(std::vector<Assignment>& assignments, const MappedText& nested) {
  for (Assignment& assignment : assignments) {
    assignment.range = nested.to_file(assignment.range);
    assignment.value.range = nested.to_file(assignment.value.range);
  }
}

void move_outward(Command& command, const MappedText& nested) {
  command.range = nested.to_file(command.range);
  move_outward(command.words, nested);
  move_outward(command.assignments, nested);
  for (Redirection& redirection : command.redirections) {
    redirection.range = nested.to_file(redirection.range);
    redirection.target.range = nested.to_file(redirection.target.range);
  }
  for (Wrapper& wrapper : command.wrappers) move_outward(wrapper.words, nested);
}

}  // namespace quaymaster::shell
