#include "model/shell/wrappers.h"

#include <string>
#include <utility>
#include <vector>

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

TEST_CASE("what merely starts a command is taken off", "[shell]") {
  check(GENERATE(
      Case{"sudo apt-get install x", "{sudo} apt-get install x\n"},
      Case{"sudo -u app -EH -- a -y", "{sudo -u app -EH --} a -y\n"},
      Case{"sudo --user app A=b a", "{sudo --user app A=b} A=b a\n"},
      Case{"sudo --user=app a", "{sudo --user=app} a\n"},
      Case{"/usr/bin/env -i -u X A=b a", "{/usr/bin/env -i -u X A=b} A=b a\n"}, Case{"env - a", "{env -} a\n"},
      Case{"exec -a name a b", "{exec -a name} a b\n"}, Case{"exec \"$@\"", "{exec} ~$@\n"},
      Case{"command -p a", "{command -p} a\n"}, Case{"builtin cd x", "{builtin} cd x\n"},
      Case{"nohup a &", "{nohup} a &\n"}, Case{"nice -n 5 a", "{nice -n 5} a\n"}, Case{"nice -10 a", "{nice -10} a\n"},
      Case{"ionice -c2 -n 0 a", "{ionice -c2 -n 0} a\n"}, Case{"time -p a", "{time -p} a\n"},
      Case{"timeout -s KILL 10s a -x", "{timeout -s KILL 10s} a -x\n"},
      Case{"timeout --kill-after 5 10 a", "{timeout --kill-after 5 10} a\n"},
      Case{"stdbuf -oL -e 0 a", "{stdbuf -oL -e 0} a\n"}, Case{"setsid -w a", "{setsid -w} a\n"},
      Case{"chroot --userspec=u /mnt a b", "{chroot --userspec=u /mnt} a b\n"},
      Case{"a | xargs -0 -n 1 rm -f", "a\n| {xargs -0 -n 1} rm -f\n"},
      Case{"xargs -I {} cp {} x", "{xargs -I {}} cp {} x\n"}, Case{"xargs -I{} cp {} x", "{xargs -I{}} cp {} x\n"},
      Case{"doas -u app a", "{doas -u app} a\n"}, Case{"gosu app:app a b", "{gosu app:app} a b\n"},
      Case{"su-exec app a", "{su-exec app} a\n"}, Case{"tini -g -- a", "{tini -g --} a\n"},
      Case{"/sbin/tini a", "{/sbin/tini} a\n"}, Case{"dumb-init -v a", "{dumb-init -v} a\n"},
      Case{"eatmydata a", "{eatmydata} a\n"},
      Case{"setpriv --reuid app --clear-groups a", "{setpriv --reuid app --clear-groups} a\n"},
      Case{"runuser -u app -- a -c b", "{runuser -u app --} a -c b\n"}, Case{"busybox wget x", "{busybox} wget x\n"},
      Case{"sudo -E env A=b nice a", "{sudo -E} {env A=b} {nice} A=b a\n"}));
}

TEST_CASE("a wrapper without a command is the command", "[shell]") {
  check(GENERATE(Case{"sudo -s", "sudo -s\n"}, Case{"sudo -v a", "sudo -v a\n"}, Case{"env", "env\n"},
                 Case{"env A=b", "env A=b\n"}, Case{"exec > f", "exec >f\n"},
                 Case{"command -v curl", "command -v curl\n"}, Case{"su app", "su app\n"}, Case{"xargs", "xargs\n"},
                 Case{"timeout 10", "timeout 10\n"}, Case{"gosu --version", "gosu --version\n"},
                 Case{"ionice -p 7", "ionice -p 7\n"}, Case{"busybox --install -s", "busybox --install -s\n"},
                 Case{"$SUDO apt-get update", "~$SUDO apt-get update\n"}, Case{"echo sudo a", "echo sudo a\n"}));
}

TEST_CASE("the text of sh -c is looked into", "[shell]") {
  check(GENERATE(
      Case{"sh -c 'apt-get install x'", "{sh -c} apt-get install x\n"},
      Case{"/bin/bash -lc \"a && b\"", "{/bin/bash -lc} a\n&& {/bin/bash -lc} b\n"},
      Case{"bash -exo pipefail -c 'a | b'", "{bash -exo pipefail -c} a\n| {bash -exo pipefail -c} b\n"},
      Case{"bash -o pipefail -ec 'a' x y", "{bash -o pipefail -ec} a\n"},
      Case{"bash --norc -c -- a", "{bash --norc -c --} a\n"},
      Case{"x; sudo sh -c 'a; b' > f &", "x\n; {sudo} {sh -c} a &\n; {sudo} {sh -c} b >f &\n"},
      Case{"sh -c \"a \\\"b c\\\" \\$x $y\"", "{sh -c} a b c ~$x ~$y\n"},
      Case{"sh -c \"a $(b)\"", "{sh -c} a ~$(b)\n{sh -c} b\n"}, Case{"sh -c 'sh -c \"a b\"'", "{sh -c} {sh -c} a b\n"},
      Case{"su app -c 'a b'", "{su app -c} a b\n"}, Case{"su - app -s /bin/sh -c 'a'", "{su - app -s /bin/sh -c} a\n"},
      Case{"su -c 'a' app", "{su -c} a\n"}, Case{"runuser app -c 'a b'", "{runuser app -c} a b\n"},
      Case{"xargs -n1 sh -c 'a \"$@\"' _", "{xargs -n1} {sh -c} a ~$@\n"}, Case{"A=b sh -c 'a'", "{sh -c} A=b a\n"},
      Case{"if sh -c 'a & b'; then c; fi", "{sh -c} a &\n; {sh -c} b\nc ?\n"},
      Case{"sh -c \"$CMD\"", "{sh -c} ~$CMD\n"}));
}

TEST_CASE("texts of other programs than shells are looked into", "[shell]") {
  check(GENERATE(Case{"eval 'a; b'", "{eval} a\n; {eval} b\n"}, Case{"eval a b", "{eval} a b\n"},
                 Case{"eval \"$(a b)\"", "{eval} ~$(a b)\n{eval} a b\n"}, Case{"env -S 'a -b'", "{env -S} a -b\n"},
                 Case{"flock /tmp/x a b", "{flock /tmp/x} a b\n"},
                 Case{"flock -w 5 /tmp/x -c 'a && b'", "{flock -w 5 /tmp/x -c} a\n&& {flock -w 5 /tmp/x -c} b\n"},
                 Case{"flock 9", "flock 9\n"}, Case{"watch -n 5 'a | b'", "{watch -n 5} a\n| {watch -n 5} b\n"},
                 Case{"watch a b", "{watch} a b\n"}, Case{"busybox sh -c 'a'", "{busybox} {sh -c} a\n"},
                 Case{"tini-static -- sh -c 'a'", "{tini-static --} {sh -c} a\n"}));
}

TEST_CASE("a script that a here-document hands to a shell is looked into", "[shell]") {
  check(GENERATE(
      Case{"bash <<EOF\na; b\nEOF\nc", "{bash} a\n; {bash} b <<EOF\n; c\n"},
      Case{"sudo sh -s -- x <<'EOF'\na $(b)\nEOF", "{sudo} {sh -s -- x} a ~$(b) <<EOF\n{sudo} {sh -s -- x} b\n"},
      Case{"bash <<EOF\na $(b) \\$(c)\nEOF", "{bash} a ~$(b) ~$(c) <<EOF\n{bash} b\n{bash} c\n"},
      Case{"bash <<EOF && c\na\nEOF", "&& c\n{bash} a <<EOF\n"}, Case{"bash x.sh <<EOF\na\nEOF", "bash x.sh <<EOF\n"},
      Case{"python3 <<EOF\na\nEOF", "python3 <<EOF\n"}, Case{"bash <<EOF\n# x\nEOF", "bash <<EOF\n"},
      Case{"cat <<EOF\n$(a)\nEOF", "cat <<EOF\na\n"}));
}

TEST_CASE("a shell with nothing to look into is the command", "[shell]") {
  check(GENERATE(Case{"sh x.sh -c a", "sh x.sh -c a\n"}, Case{"bash", "bash\n"},
                 Case{"curl x | sh -s -- -y", "curl x\n| sh -s -- -y\n"}, Case{"sh -c", "sh -c\n"},
                 Case{"sh -c ''", "sh -c \n"}, Case{"sh -c '# x'", "sh -c # x\n"},
                 Case{"sh -c 'a \"b'", "sh -c a \"b\n(incomplete)\n"}));
}

TEST_CASE("what find executes is a command of its own", "[shell]") {
  check(GENERATE(
      Case{"find / -name x -exec chmod 777 {} \\; -print > f",
           "find / -name x -exec chmod 777 {} ; -print >f\n{find -exec} chmod 777 {}\n"},
      Case{"find . -execdir rm -rf {} +", "find . -execdir rm -rf {} +\n{find -execdir} rm -rf {}\n"},
      Case{"sudo find . -exec sh -c 'a; b' \\;",
           "{sudo} find . -exec sh -c a; b ;\n{sudo} {find -exec} {sh -c} a\n; {sudo} {find -exec} {sh -c} b\n"},
      Case{"find . -exec", "find . -exec\n"}));
}

TEST_CASE("nested texts end at a depth", "[shell]") {
  std::string text = "a";
  for (int i = 0; i < 12; ++i) {
    std::string quoted;
    for (const char c : text) quoted += c == '"' || c == '\\' ? std::string{'\\', c} : std::string{c};
    text = "sh -c \"" + quoted + "\"";
  }
  const shell::Text parsed = shell_text(text);
  CHECK_FALSE(parsed.script->complete);
  REQUIRE(parsed.script->commands.size() == 1);
  CHECK(parsed.script->commands.front().wrappers.size() == 8);
  CHECK(parsed.script->commands.front().name() == "sh");
}

TEST_CASE("commands in a nested text have the ranges of the outer text", "[shell]") {
  const std::string_view marked = GENERATE(
      as<std::string_view>{}, "sh -c '<|apt-get install|>'", "sh -c \"x; <|apt-get \\\"install\\\"|> && y\"",
      "sh -c x' ; <|apt-get \"install\"|>'", "su -c \"sh -c '<|apt-get install|>'\"", "sh -c <|apt-get\\ install|>");
  CAPTURE(marked);
  const Fixture fixture{marked};
  const shell::Text text = shell_text(fixture.text);
  bool found = false;
  for (const shell::Command& command : text.script->commands) {
    if (command.name() != "apt-get") continue;
    found = true;
    CHECK(command.range == fixture.ranges.front());
    CHECK(command.words.back().text == "install");
  }
  CHECK(found);
}

TEST_CASE("wrappers are found by name, with their words", "[shell]") {
  const Fixture fixture("<|sudo|> -u app env A=b a");
  const shell::Text text = shell_text(fixture.text);
  const shell::Command& command = text.script->commands.front();
  REQUIRE(command.wrapped_by("sudo") != nullptr);
  CHECK(command.wrapped_by("sudo")->words.front().range == fixture.ranges.front());
  CHECK(command.wrapped_by("sudo")->words.size() == 3);
  CHECK(command.wrapped_by("nice") == nullptr);
}

/// An exec form as a Dockerfile has it: the words, each as written, with blanks between.
std::string exec(const std::vector<std::string>& words, bool quoted = false) {
  shell::Source source;
  std::vector<shell::Word> parts;
  for (const std::string& word : words) {
    const std::uint32_t begin = source.text.size();
    source.text.append(word, begin);
    parts.push_back({{begin, source.text.size()}, quoted ? word.substr(1, word.size() - 2) : word, true});
    source.text.append_decoded(" ", {source.text.size(), source.text.size()});
  }
  shell::ScriptParser parser;
  return tests::to_string(*parser.exec(source, std::move(parts)));
}

TEST_CASE("exec forms are unwrapped like shell texts, but not split", "[shell]") {
  CHECK(exec({"node", "a b", "$x"}) == "node a b $x\n");
  CHECK(exec({"/usr/bin/env", "A=b", "node"}) == "{/usr/bin/env A=b} A=b node\n");
  CHECK(exec({"sh", "-c", "a; b 'c d'"}) == "{sh -c} a\n; {sh -c} b c d\n");
  CHECK(exec({"tini", "--", "bash", "-lc", "exec a"}) == "{tini --} {bash -lc} {exec} a\n");
  CHECK(exec({"'sh'", "'-c'", "'a; b'"}, true) == "{sh -c} a\n; {sh -c} b\n");
  CHECK(exec({}).empty());
  CHECK(exec({"{", "}"}) == "{ }\n");
}

TEST_CASE("exec forms are remembered with their words", "[shell]") {
  shell::ScriptParser parser;
  const shell::Source source{MappedText("a b", 0), {}};
  const auto split = parser.exec(source, {{{0, 1}, "a", true}, {{2, 3}, "b", true}});
  const auto whole = parser.exec(source, {{{0, 3}, "a b", true}});
  CHECK(split != whole);
  CHECK(parser.exec(source, {{{0, 3}, "a b", true}}) == whole);
  CHECK(parser.parse(source) != whole);
}

}  // namespace
}  // namespace quaymaster
