#include "model/shell/script_parser.h"

#include <memory>
#include <string>

#include "model/shell/script_text.h"
#include "support/catch.h"
#include "support/fixture.h"

namespace quaymaster {
namespace {

using tests::commands_of;
using tests::Fixture;
using tests::shell_text;

struct Case {
  std::string_view text;
  std::string_view commands;
};

void check(const Case& c) {
  CAPTURE(c.text);
  CHECK(commands_of(c.text) == c.commands);
}

TEST_CASE("commands of lists and pipelines", "[shell]") {
  check(GENERATE(Case{"", ""}, Case{"a", "a\n"}, Case{"a b  c", "a b c\n"}, Case{"a && b || c", "a\n&& b\n|| c\n"},
                 Case{"a; b\nc", "a\n; b\n; c\n"}, Case{"a | b |& c", "a\n| b\n| c\n"},
                 Case{"a;\n\n# comment\nb # c", "a\n; b\n"}, Case{"! a && b", "a\n&& b\n"},
                 Case{"a && b \\\n  && c", "a\n&& b\n&& c\n"}, Case{"a\r\nb\r\n", "a\n; b\n"}));
}

TEST_CASE("a single & sends the list before it into the background", "[shell]") {
  check(GENERATE(Case{"a & b", "a &\n; b\n"}, Case{"a & b & wait", "a &\n; b &\n; wait\n"},
                 Case{"a && b &", "a &\n&& b &\n"}, Case{"a | b &", "a &\n| b &\n"}, Case{"a; b &", "a\n; b &\n"},
                 Case{"{ a & b; }", "a &\n; b\n"}, Case{"{ a; b; } &", "a &\n; b &\n"},
                 Case{"a $(b) &", "a ~$(b) &\nb\n"}, Case{"a 2>&1 && b", "a 2>&1\n&& b\n"}, Case{"a &> f", "a &>f\n"}));
}

TEST_CASE("groups, branches, loops and functions", "[shell]") {
  check(GENERATE(Case{"( a; b ) && c", "a\n; b\n&& c\n"}, Case{"x && { a; b; } || c", "x\n&& a\n; b\n|| c\n"},
                 Case{"if a; then b; elif c; then d; else e; fi; f", "a\nb ?\nc ?\nd ?\ne ?\n; f\n"},
                 Case{"x && if ! a; then b; fi", "x\n&& a\nb ?\n"}, Case{"while a; do b; done", "a ?\nb ?\n"},
                 Case{"until a; do b && c; done", "a ?\nb ?\n&& c ?\n"},
                 Case{"for f in x $(a); do b $f; done", "a\nb ~$f ?\n"},
                 Case{"for ((i=0; i<3; i++)); do a; done", "a ?\n"},
                 Case{"case $x in a) b;; c|d) e; f;; esac", "b ?\ne ?\n; f ?\n"}, Case{"f() { a; }; f", "a ?\n; f\n"},
                 Case{"function f { a & }", "a & ?\n"}, Case{"! { a; }; b", "a\n; b\n"}, Case{"((i++)); a", "; a\n"}));
}

TEST_CASE("substitutions hold commands", "[shell]") {
  check(GENERATE(
      Case{"a $(b | c) d", "a ~$(b | c) d\nb\n| c\n"}, Case{"a \"x $(b \"y z\")\"", "a ~x $(b \"y z\")\nb y z\n"},
      Case{"a `b`", "a ~`b`\nb\n"}, Case{"a ${x:-$(b)}", "a ~${x:-$(b)}\nb\n"},
      Case{"diff <(a) >(b)", "diff ~<(a) ~>(b)\na\nb\n"}, Case{"a $(b $(c))", "a ~$(b $(c))\nb ~$(c)\nc\n"},
      Case{"[ \"$(a)\" = b ] && c", "[ ~$(a) = b ]\na\n&& c\n"}, Case{"exec > >(tee f)", "exec >~>(tee f)\ntee f\n"},
      Case{"cat <<E\n$(a)\nE", "cat <<E\na\n"}, Case{"cat <<'E'\n$(a)\nE", "cat <<E\n"}));
}

TEST_CASE("words are without quotes and escapes", "[shell]") {
  check(GENERATE(
      Case{R"(a 'b c' "d e" f\ g "h"'i'j)", "a b c d e f g hij\n"}, Case{R"(a "\$x \" \\ \q")", "a $x \" \\ \\q\n"},
      Case{R"("a b" \ls)", "a b ls\n"}, Case{"a '' \"\"", "a  \n"}, Case{"a b\\\nc d \\\n e", "a bc d e\n"},
      Case{R"(a $'\x41\102\t')", "a AB\t\n"}, Case{R"(a $"b")", "a b\n"}, Case{"a --x='b c'", "a --x=b c\n"}));
}

TEST_CASE("words that the shell computes are not literal", "[shell]") {
  check(GENERATE(Case{"a $b ${c} \"$d\" '$e' \\$f", "a ~$b ~${c} ~$d $e $f\n"},
                 Case{"a * b? [ab] 'c*' \"[d]\" e]", "a ~* ~b? ~[ab] c* [d] e]\n"},
                 Case{"a {b,c} {1..3} {} {d}", "a ~{b,c} ~{1..3} {} {d}\n"}, Case{"a ~/b ~ c~", "a ~~/b ~~ c~\n"},
                 Case{"a $((1+2)) b$", "a ~$((1+2)) b$\n"}, Case{"a pkg[extra]==1", "a ~pkg[extra]==1\n"}));
}

TEST_CASE("assignments", "[shell]") {
  check(GENERATE(Case{"A=b C='d e' cmd", "A=b C=d e cmd\n"}, Case{"A=* cmd", "A=* cmd\n"},
                 Case{"A=$b cmd", "A=~$b cmd\n"}, Case{"A= cmd", "A= cmd\n"}, Case{"A=b; cmd", "; cmd\n"},
                 Case{"A=$(b) && c", "b\n&& c\n"}, Case{"export A=b C", "A=b export A=b C\n"},
                 Case{"local -r A='b c'", "A=b c local -r A=b c\n"}, Case{"unset A", "unset A\n"},
                 Case{"readonly A", "readonly A\n"},
                 Case{"declare -A x=([a]=1)", "x=~([a]=1) declare -A ~x=([a]=1)\n"}));
}

TEST_CASE("assignments that stand alone belong to the script", "[shell]") {
  const shell::Text text = shell_text("A=1 B=\"x y\"; cmd; C=$(d)");
  REQUIRE(text.script->assignments.size() == 3);
  CHECK(text.script->assignments[0].name == "A");
  CHECK(text.script->assignments[1].value.text == "x y");
  CHECK(text.script->assignments[1].value.range == TextRange{6, 11});
  CHECK(text.script->assignments[2].range == TextRange{18, 24});
  CHECK_FALSE(text.script->assignments[2].value.literal);
}

TEST_CASE("redirections", "[shell]") {
  check(GENERATE(Case{"a > f 2>&1", "a >f 2>&1\n"}, Case{"a >> 'b c' < d", "a >>b c <d\n"},
                 Case{">&2 echo x", "echo x >&2\n"}, Case{"a > f b c", "a b c >f\n"},
                 Case{"a && b > f", "a\n&& b >f\n"}, Case{"{ a; b; } > f", "a\n; b >f\n"},
                 Case{"while a; do b; done < f", "a ?\nb <f ?\n"}, Case{"a $(b) > f", "a ~$(b) >f\nb\n"},
                 Case{"a <<< \"$x\" b", "a b <<<~$x\n"}, Case{"a > $f", "a >~$f\n"}, Case{"> f", ""},
                 Case{"a | b > f | c", "a\n| b >f\n| c\n"}));
}

TEST_CASE("here-documents", "[shell]") {
  check(GENERATE(Case{"cat <<EOF\napt-get install x\nEOF\nb", "cat <<EOF\n; b\n"},
                 Case{"cat <<EOF > f && b\nx\nEOF\nc", "cat <<EOF >f\n&& b\n; c\n"},
                 Case{"cat <<-'E' | b || c\n\tx\n\tE", "cat <<-E\n| b\n|| c\n"}, Case{"a <<E b\nE", "a b <<E\n"},
                 Case{"<<EOF cat > f\nx\nEOF\nb", "cat >f\n; b\n"},
                 Case{"cat <<E | a; b\nx\nE\nc", "cat\n| a\n; b\n; c\n"}));
}

TEST_CASE("tests are commands", "[shell]") {
  check(GENERATE(Case{"[ -f x ] || a", "[ -f x ]\n|| a\n"}, Case{"test -f x", "test -f x\n"},
                 Case{"[[ $a == b* && -n \"c d\" ]]", "[[ ~$a == ~b* && -n c d ]]\n"},
                 Case{"[ ! -d a/b ]", "[ ! -d a/b ]\n"}));
}

TEST_CASE("what does not parse silences only itself", "[shell]") {
  check(GENERATE(Case{"a && b \"c", "a\n(incomplete)\n"}, Case{"a; b ) ; c", "a\n; c\n(incomplete)\n"},
                 Case{"a && b &&", "a\n&& b\n(incomplete)\n"}, Case{"if a; then b c", "a ?\nb c ?\n(incomplete)\n"},
                 Case{"a; echo ${x", "a\n(incomplete)\n"}, Case{"a $(\nb", "b\n(incomplete)\n"},
                 Case{std::string_view("a\0b", 3), "(incomplete)\n"}));
}

TEST_CASE("commands of one pipeline have one number", "[shell]") {
  const auto numbers = [](std::string_view text) {
    const shell::Text parsed = shell_text(text);
    std::vector<std::uint32_t> result;
    for (const shell::Command& command : parsed.script->commands) result.push_back(command.pipeline);
    return result;
  };
  using Numbers = std::vector<std::uint32_t>;
  CHECK(numbers("a | b; c | d") == Numbers{1, 1, 2, 2});
  CHECK(numbers("a && b") == Numbers{1, 2});
  CHECK(numbers("{ a; b; } | c") == Numbers{1, 1, 1});
  CHECK(numbers("a | sh -c 'b; c'") == Numbers{1, 1, 1});
  CHECK(numbers("cat <<E | a; b\nE").front() == numbers("cat <<E | a; b\nE")[1]);
  const Numbers substituted = numbers("a $(b) | c");
  CHECK(substituted[0] == substituted[2]);
  CHECK(substituted[0] != substituted[1]);
}

TEST_CASE("ranges are those of the text as written", "[shell]") {
  const Fixture fixture("x && <|A=1 <|/usr/bin/apt-get|> <|'install'|> <|\"a $b\"|>|> > f");
  const shell::Text text = shell_text(fixture.text);
  const shell::Command& command = text.script->commands[1];
  CHECK(command.name() == "apt-get");
  CHECK(command.range == fixture.ranges[0]);
  REQUIRE(command.words.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) CHECK(command.words[i].range == fixture.ranges[i + 1]);
}

TEST_CASE("ranges go back to the file through continuations", "[shell]") {
  shell::Source source{MappedText("a ", 4), {shell::Layer::DockerfileLine}};
  source.text.append("  && bc", 8);
  shell::ScriptParser parser;
  const shell::Text text{source, parser.parse(source)};
  REQUIRE(text.script->commands.size() == 2);
  CHECK(text.in_file(text.script->commands[1].range) == TextRange{13, 15});
}

TEST_CASE("options and arguments of a command", "[shell]") {
  const shell::Text text = shell_text("apt-get -qqy --foo=1 install - a -- --bar b");
  const shell::Command& command = text.script->commands.front();
  REQUIRE(command.option("--yes", 'y') != nullptr);
  CHECK(command.option("--yes", 'y')->text == "-qqy");
  CHECK(command.option("--foo")->text == "--foo=1");
  CHECK(command.option("--fo") == nullptr);
  CHECK(command.option("--bar") == nullptr);
  CHECK(command.option("", 'x') == nullptr);
  std::string arguments;
  for (const shell::Word* word : command.arguments()) arguments += word->text + ' ';
  CHECK(arguments == "install - a --bar b ");
}

TEST_CASE("a letter inside of an option's value is no option", "[shell]") {
  const shell::Text text = shell_text("apt-get -oDpkg::Lock::Timeout=3 install");
  CHECK(text.script->commands.front().option("--yes", 'p') == nullptr);
}

TEST_CASE("the dialect of a shell", "[shell]") {
  using shell::Dialect;
  using Row = std::pair<std::string_view, Dialect>;
  const Row row =
      GENERATE(Row{"/bin/sh", Dialect::Posix}, Row{"bash", Dialect::Posix}, Row{"/BIN/Dash", Dialect::Posix},
               Row{"/busybox/sh", Dialect::Posix}, Row{"C:\\git\\bash.exe", Dialect::Posix},
               Row{"powershell", Dialect::Other}, Row{"C:\\Windows\\System32\\cmd.exe", Dialect::Other},
               Row{"pwsh", Dialect::Other}, Row{"", Dialect::Other}, Row{"fish", Dialect::Other});
  CAPTURE(row.first);
  CHECK(shell::dialect_of(row.first) == row.second);
}

TEST_CASE("the dialect of a text", "[shell]") {
  using shell::Dialect;
  using Row = std::pair<std::string_view, Dialect>;
  const Row row = GENERATE(Row{"a", Dialect::Posix}, Row{"", Dialect::Posix}, Row{"#!/bin/bash\na", Dialect::Posix},
                           Row{"#! /usr/bin/env -S bash -e\r\na", Dialect::Posix},
                           Row{"#!/usr/bin/python3\na", Dialect::Other}, Row{"#!/usr/bin/env python3", Dialect::Other},
                           Row{"#!", Dialect::Other}, Row{" PowerShell.exe -Command x", Dialect::Other},
                           Row{"cmd /c x", Dialect::Other}, Row{"C:\\Windows\\cmd.exe /c x", Dialect::Other},
                           Row{"pwsh", Dialect::Other}, Row{"echo cmd", Dialect::Posix});
  CAPTURE(row.first);
  CHECK(shell::dialect_of_text(row.first, Dialect::Posix) == row.second);
}

TEST_CASE("calls of functions of the text are marked", "[shell]") {
  const shell::Text text = shell_text("f() { a; }; f x; sudo f; sh -c 'f; g() { :; }; g'; g; function h { :; }; h");
  std::string called;
  for (const shell::Command& command : text.script->commands)
    if (command.function) called += command.words.front().text + std::to_string(command.range.begin) + ' ';
  CHECK(called == "f12 g47 h73 ");
}

TEST_CASE("a dialect that is not modelled has no commands", "[shell]") {
  const shell::Text text = shell_text("Get-Item x | Out-Null", shell::Dialect::Other);
  REQUIRE(text.script);
  CHECK(text.script->commands.empty());
  CHECK(text.script->complete);
}

TEST_CASE("equal texts share one script until it is forgotten", "[shell]") {
  shell::ScriptParser parser;
  const shell::Source here{MappedText("a b", 10), {shell::Layer::DockerfileLine}};
  const shell::Source there{MappedText("a b", 90), {shell::Layer::YamlPlain}};
  const std::weak_ptr<const shell::Script> script = parser.parse(here);
  CHECK(parser.parse(there) == script.lock());
  CHECK(parser.parse(here, shell::Dialect::Other) != script.lock());
  parser.next_generation();
  CHECK(parser.parse(there) == script.lock());
  parser.next_generation();
  CHECK_FALSE(script.expired());
  parser.next_generation();
  CHECK(script.expired());
}

}  // namespace
}  // namespace quaymaster
