#include <algorithm>
#include <iterator>
#include <utility>

#include "model/shell/script_builder.h"
#include "model/shell/wrappers.h"

/// The part of ScriptBuilder that makes commands of words, and reads the texts that commands hand to shells.
namespace quaymaster::shell {
namespace {

using syntax::Node;

Assignment assignment_of(std::string_view text, const Word& word) {
  const std::size_t equals = word.text.find('=');
  Assignment result{word.range, word.text.substr(0, equals), {word.range, word.text.substr(equals + 1), word.literal}};
  if (slice(text, word.range) == word.text) result.value.range.begin += static_cast<std::uint32_t>(equals) + 1;
  return result;
}

}  // namespace

void ScriptBuilder::emit(Raw raw, Place place) {
  std::vector<Word> words;
  for (const SyntaxWord& word : raw.words) words.push_back(word.word);
  Unwrapping unwrapped = unwrap(words);

  Command command;
  command.range = {words.front().range.begin, words.back().range.end};
  if (!raw.assignments.empty())
    command.range.begin = std::min(command.range.begin, raw.assignments.front().range.begin);
  command.assignments = std::move(raw.assignments);
  for (const std::size_t i : unwrapped.assignments) command.assignments.push_back(assignment_of(text_, words[i]));
  command.redirections = std::move(raw.redirections);
  command.wrappers = std::move(raw.wrappers);
  for (const auto [begin, end] : unwrapped.wrappers) {
    const auto first = words.begin() + static_cast<std::ptrdiff_t>(begin);
    command.wrappers.push_back({{first, first + static_cast<std::ptrdiff_t>(end - begin)}});
  }
  command.connector = place.connector;
  command.background = place.background;
  command.conditional = place.conditional;

  if (unwrapped.shell_text) {
    const SyntaxWord& word = raw.words[unwrapped.program];
    if (read_nested(nested_text(text_, word), word.word.range, command, place)) return;
    unwrapped.program = unwrapped.wrappers.back().begin;
    command.wrappers.pop_back();
  }
  // The grammar takes the brace of `! { …; }` for a word.
  const bool brace = !raw.words.front().nodes.empty() && slice(text_, words[unwrapped.program].range) == "{";
  if (brace) ++unwrapped.program;
  if (unwrapped.program == words.size() || slice(text_, words[unwrapped.program].range) == "}") return;
  command.words.assign(words.begin() + static_cast<std::ptrdiff_t>(unwrapped.program), words.end());
  command.pipeline = place.pipeline == 0 ? next_pipeline_++ : place.pipeline;
  found_.push_back({command, place.level});
  emit_executed_by_find(raw.words, unwrapped.program, command, place);
}

void ScriptBuilder::emit_executed_by_find(const std::vector<SyntaxWord>& words, std::size_t program,
                                          const Command& find, Place place) {
  if (place.level >= kDeepestLevel) return;
  for (const auto [begin, end] : executed_by_find(find.words)) {
    Raw raw;
    const auto first = words.begin() + static_cast<std::ptrdiff_t>(program + begin);
    raw.words.assign(first, first + static_cast<std::ptrdiff_t>(end - begin));
    raw.wrappers = find.wrappers;
    raw.wrappers.push_back({{find.words.front(), find.words[begin - 1]}});
    emit(std::move(raw), {.conditional = place.conditional, .level = static_cast<std::uint16_t>(place.level + 1)});
  }
}

/// Reads the script that a here-document hands to `shell`, which becomes a wrapper of its commands.
bool ScriptBuilder::read_fed_script(const Node& heredoc, const Command& shell, Place place) {
  bool expanded = true;
  TextRange range;
  for (const Node& part : heredoc.children()) {
    if (part.kind() == "heredoc_body") range = part.range();
    if (part.kind() == "heredoc_start")
      expanded = slice(text_, part.range()).find_first_of("'\"\\") == std::string_view::npos;
  }
  Command starter = shell;
  starter.wrappers.push_back({shell.words});
  return read_nested(heredoc_text(text_, range, expanded), range, starter, place);
}

/// Reads `nested`, which stands at `range` and which the last wrapper of `shell` runs. False when there are no commands
/// in it.
bool ScriptBuilder::read_nested(const Nested& nested, TextRange range, const Command& shell, Place place) {
  if (depth_ == kDeepestText) {
    script_.complete = false;
    return false;
  }
  ScriptBuilder inner(bash_, nested.text.bytes(), depth_ + 1, next_pipeline_);
  inner.read(place);
  next_pipeline_ = inner.next_pipeline_;
  if (!inner.script_.complete) script_.complete = false;
  if (inner.found_.empty()) return false;

  for (Found& found : inner.found_) {
    move_outward(found.command, nested.text);
    found.command.wrappers.insert(found.command.wrappers.begin(), shell.wrappers.begin(), shell.wrappers.end());
  }
  std::vector<Assignment>& assignments = inner.found_.front().command.assignments;
  assignments.insert(assignments.begin(), shell.assignments.begin(), shell.assignments.end());
  move_outward(inner.script_.assignments, nested.text);
  std::ranges::move(inner.script_.assignments, std::back_inserter(script_.assignments));
  std::ranges::move(inner.found_, std::back_inserter(found_));
  if (Command* last = last_command(range, place.level); last != nullptr)
    last->redirections.insert(last->redirections.end(), shell.redirections.begin(), shell.redirections.end());
  if (nested.quoted) script_.nested.push_back(*nested.quoted);
  for (NestedText deeper : inner.script_.nested) {
    deeper.range = nested.text.to_file(deeper.range);
    script_.nested.push_back(deeper);
  }
  return true;
}

}  // namespace quaymaster::shell
