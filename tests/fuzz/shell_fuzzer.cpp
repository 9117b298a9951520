// Any text as a shell's: every range of the script lies in the text or in the nested text that it belongs to, an edit
// of any word is either not offered or inside; and the parser's memory changes nothing.
#include <cstdint>
#include <string>

#include "fuzz/require.h"
#include "model/shell/script_parser.h"

namespace quaymaster::fuzz {
namespace {

void check(const shell::Text& text) {
  const std::uint32_t size = text.source.text.size();
  const auto check_edit = [&](TextRange range) {
    require_inside(range, size);
    require_inside(text.in_file(range), size);
    if (const std::optional<Edit> edit = text.edit(range, "x y")) require_inside(edit->range, size);
  };
  for (const shell::Command& command : text.script->commands) {
    require(!command.words.empty());
    require_inside(command.range, size);
    for (const shell::Word& word : command.words) check_edit(word.range);
    for (const shell::Assignment& assignment : command.assignments) check_edit(assignment.range);
    for (const shell::Redirection& redirection : command.redirections) check_edit(redirection.range);
    for (const shell::Wrapper& wrapper : command.wrappers) require(!wrapper.words.empty());
  }
  for (const shell::NestedText& nested : text.script->nested) require_inside(nested.range, size);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const shell::Source source{MappedText(text, 0), {shell::Layer::DockerfileLine}};
  shell::ScriptParser parser;
  const auto script = parser.parse(source);
  check({source, script});
  require(parser.parse(source) == script);
  return 0;
}

}  // namespace quaymaster::fuzz
