#include "model/shell/script_parser.h"

#include <utility>

#include "model/shell/script_builder.h"

namespace quaymaster::shell {
namespace {

/// Equal for equal calls of `exec` only: every part of variable length comes with its length.
std::string key_of(const std::string& bytes, const std::vector<Word>& words) {
  std::string key = std::to_string(bytes.size()) + ':' + bytes;
  for (const Word& word : words) {
    for (const std::size_t number : {std::size_t{word.range.begin}, std::size_t{word.range.end}, word.text.size()})
      key += ' ' + std::to_string(number);
    key += word.literal ? '=' : '~';
    key += word.text;
  }
  return key;
}

}  // namespace

ScriptParser::ScriptParser() : bash_(syntax::Grammar::Bash), nothing_(std::make_shared<const Script>()) {}

std::shared_ptr<const Script> ScriptParser::parse(const Source& source, Dialect dialect) {
  if (dialect == Dialect::Other) return nothing_;
  const std::string& bytes = source.text.bytes();
  return texts_.find_or_make(bytes, [&] { return std::make_shared<const Script>(ScriptBuilder(bash_).parse(bytes)); });
}

std::shared_ptr<const Script> ScriptParser::exec(const Source& source, std::vector<Word> words) {
  const std::string& bytes = source.text.bytes();
  return exec_forms_.find_or_make(key_of(bytes, words), [&] {
    return std::make_shared<const Script>(ScriptBuilder(bash_).exec(bytes, std::move(words)));
  });
}

void ScriptParser::next_generation() {
  texts_.next_generation();
  exec_forms_.next_generation();
}

}  // namespace quaymaster::shell
