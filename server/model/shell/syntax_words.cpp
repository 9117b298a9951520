#include "model/shell/syntax_words.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "model/shell/word_decoder.h"

namespace quaymaster::shell {
namespace {

using syntax::Node;

template <std::size_t N>
bool is_one_of(std::string_view kind, const std::array<std::string_view, N>& kinds) {
  return std::ranges::find(kinds, kind) != kinds.end();
}

/// What the shell computes: it stays as written in the text of a word.
constexpr std::array<std::string_view, 6> kExpansions{
    "simple_expansion", "expansion", "command_substitution", "array", "process_substitution", "arithmetic_expansion"};
/// Nodes that hold neither expansions nor words.
constexpr std::array<std::string_view, 6> kLeaves{"word",   "raw_string",    "string_content",
                                                  "number", "ansi_c_string", "regex"};
constexpr std::array<std::string_view, 15> kWordKinds{
    "word",   "string",          "raw_string",       "ansi_c_string",        "translated_string",
    "number", "concatenation",   "expansion",        "command_substitution", "simple_expansion",
    "regex",  "extglob_pattern", "brace_expression", "process_substitution", "arithmetic_expansion"};

/// Visits the nodes below `root`, itself included, in order; `enter` says whether to go below a node.
template <class Enter>
void walk(const Node& root, Enter enter) {
  std::vector<Node> pending{root};
  while (!pending.empty()) {
    const Node node = pending.back();
    pending.pop_back();
    if (!enter(node) || is_one_of(node.kind(), kLeaves)) continue;
    const std::vector<Node> children = node.children();
    pending.insert(pending.end(), children.rbegin(), children.rend());
  }
}

std::vector<TextRange> expansions_in(const std::vector<Node>& nodes) {
  std::vector<TextRange> result;
  for (const Node& root : nodes) {
    walk(root, [&](const Node& node) {
      const bool found = is_one_of(node.kind(), kExpansions);
      if (found) result.push_back(node.range());
      return !found;
    });
  }
  return result;
}

Word make_word(std::string_view text, TextRange range, const std::vector<Node>& nodes, Globs globs = Globs::Expanded) {
  const std::vector<TextRange> expansions = expansions_in(nodes);
  const DecodedWord decoded = decode_word(text, range, expansions, globs);
  return {range, decoded.text.bytes(), decoded.literal};
}

/// Whether `between` is nothing or escaped line ends.
bool joins(std::string_view between) {
  while (!between.empty()) {
    if (between.starts_with("\\\n"))
      between.remove_prefix(2);
    else if (between.starts_with("\\\r\n"))
      between.remove_prefix(3);
    else
      return false;
  }
  return true;
}

}  // namespace

void WordReader::add(const Node& node) {
  const TextRange range = node.range();
  if (!words_.empty()) {
    SyntaxWord& last = words_.back();
    if (last.word.range.end <= range.begin && joins(slice(text_, {last.word.range.end, range.begin}))) {
      last.word.range.end = range.end;
      last.nodes.push_back(node);
      return;
    }
  }
  words_.push_back({{range, {}, true}, {node}});
}

std::vector<SyntaxWord> WordReader::finish() {
  for (SyntaxWord& word : words_) word.word = make_word(text_, word.word.range, word.nodes);
  return std::move(words_);
}

MappedText decoded(std::string_view text, TextRange range, const std::vector<Node>& nodes) {
  const std::vector<TextRange> expansions = expansions_in(nodes);
  return decode_word(text, range, expansions).text;
}

Assignment assignment(std::string_view text, const Node& node) {
  Assignment result;
  result.range = node.range();
  std::uint32_t value_begin = result.range.end;
  std::vector<Node> value;
  for (const Node& child : node.children()) {
    const std::string_view kind = child.kind();
    if (kind == "=" || kind == "+=")
      value_begin = value.empty() ? child.range().end : value_begin;
    else if (kind == "variable_name" || kind == "subscript")
      result.name = slice(text, child.range());
    else
      value.push_back(child);
  }
  result.value = make_word(text, {value_begin, result.range.end}, value, Globs::Literal);
  return result;
}

Redirection redirection(std::string_view text, const Node& node, std::vector<Node>& surplus) {
  Redirection result;
  result.range = node.range();
  const bool heredoc = node.kind() == "heredoc_redirect";
  WordReader targets(text);
  for (const Node& child : node.children()) {
    const std::string_view kind = child.kind();
    if (kind == "file_descriptor" || (!child.named() && (kind.find_first_of("<>") != std::string_view::npos))) {
      result.op += slice(text, child.range());
    } else if (heredoc && kind == "heredoc_start") {
      targets.add(child);
      break;
    } else if (child.named()) {
      targets.add(child);
    }
  }
  std::vector<SyntaxWord> words = targets.finish();
  if (words.empty()) {
    result.target.range = {result.range.end, result.range.end};
    return result;
  }
  result.target = std::move(words.front().word);
  result.range.end = result.target.range.end;
  for (const SyntaxWord& word : std::span(words).subspan(1))
    surplus.insert(surplus.end(), word.nodes.begin(), word.nodes.end());
  return result;
}

std::vector<Node> words_of_test(const Node& test) {
  std::vector<Node> result;
  walk(test, [&](const Node& node) {
    const bool word = is_one_of(node.kind(), kWordKinds) || node.children().empty();
    if (word && !node.range().empty()) result.push_back(node);
    return !word;
  });
  return result;
}

void find_substitutions(const Node& node, std::vector<Node>& found) {
  walk(node, [&](const Node& inner) {
    const bool substitution = inner.kind() == "command_substitution" || inner.kind() == "process_substitution";
    if (substitution) found.push_back(inner);
    return !substitution;
  });
}

}  // namespace quaymaster::shell
