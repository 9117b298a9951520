#include <array>
#include <random>
#include <string>
#include <string_view>

#include "model/shell/script_text.h"
#include "support/catch.h"

namespace quaymaster {
namespace {

/// All that the contracts promise of any script.
bool sound(const shell::Text& text) {
  const std::uint32_t size = text.source.text.size();
  const auto inside = [size](TextRange range) { return range.begin <= range.end && range.end <= size; };
  for (const shell::Command& command : text.script->commands) {
    if (command.words.empty() || !inside(command.range) || command.pipeline == 0) return false;
    for (const shell::Word& word : command.words)
      if (!command.range.contains(word.range)) return false;
    for (const shell::Redirection& redirection : command.redirections)
      if (!inside(redirection.range) || !inside(redirection.target.range)) return false;
    for (const shell::Wrapper& wrapper : command.wrappers)
      if (wrapper.words.empty()) return false;
    static_cast<void>(text.edit(command.words.front().range, "x"));
    static_cast<void>(command.arguments());
  }
  return true;
}

TEST_CASE("deeply nested and endless texts end", "[shell]") {
  constexpr std::size_t kTimes = 4000;
  const std::string_view piece =
      GENERATE(as<std::string_view>{}, "(", "( a; ", "$(", "echo $(", "echo \"$(", "\"", "'", "`", "{ ", "${", "${a:-",
               "[ ", "[", "if a; then ", "while a; do ", "case x in a) ", "f() { ", "a && ", "a | ", "a > f && ",
               "a & ", "! ", "<(", "$((", "cat <<E\n", "\\\n", "\\", "sh -c ", "sudo ", "find -exec ", " -exec a ;",
               "A=", "\xFF", "\xE2\x82", "#\n", "\r");
  std::string text;
  for (std::size_t i = 0; i < kTimes; ++i) text += piece;
  CAPTURE(piece);
  CHECK(sound(tests::shell_text(text)));
}

TEST_CASE("a text with NUL bytes is not parsed", "[shell]") {
  const shell::Text text = tests::shell_text(std::string(100'000, '\0'));
  CHECK(text.script->commands.empty());
  CHECK_FALSE(text.script->complete);
}

TEST_CASE("any text gives a sound script", "[shell]") {
  constexpr std::array<std::string_view, 42> kPieces{
      "a",   "'",     "\"",   "$(",    ")",    "`",     "{",    "}",  "(",  ";", "&&",    "|",
      "&",   "\n",    " ",    "<<E\n", "E\n",  "sh -c", "\\",   "$x", "${", "[", "[[",    "]]",
      "if ", "then ", "fi ",  "do ",   "done", "case ", "esac", ">",  "<",  "=", "sudo ", "find . -exec ",
      "\\;", "\r\n",  "\xFF", "#",     "!",    "*"};
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::size_t pieces = random() % 40; pieces > 0; --pieces) {
      text += kPieces[random() % kPieces.size()];
      if (random() % 2 == 0) text += ' ';
    }
    CAPTURE(text);
    if (!sound(tests::shell_text(text))) FAIL("not sound");
  }
  SUCCEED();
}

}  // namespace
}  // namespace quaymaster
