#include "features/navigation/shell_variables.h"

#include <string>

#include "support/catch.h"

namespace quaymaster::tests {
namespace {

/// The names that come from the environment, then "|", then the text's own.
std::string variables(std::string_view text) {
  const ShellVariables found = shell_variables(text);
  std::string out;
  for (const VariableName& name : found.from_environment) {
    CHECK(slice(text, name.range) == name.text);
    out += name.text + " ";
  }
  out += "|";
  for (const std::string& name : found.own) out += " " + name;
  return out;
}

TEST_CASE("shell variables: what comes from the environment, and what the text sets") {
  struct Case {
    const char *text, *expected;
  };
  const Case cases[] = {
      {"echo $A ${B} ${C:-$D} ${#E} ${F%%/*} $1 $? $$", "A B C D E F |"},
      {"echo '$A' \\$B \"$C\" \"'$D'\" \"\\$E\"", "C D |"},
      {"echo \"${A:-'$B'}\" ${C:-'$D'}", "A B C |"},
      {"A=1; echo $A", "| A"},
      {"A=$A:x; echo $A", "A | A"},
      {"A=1 B=$A; echo $B", "| A B"},
      {"A=1 cmd $A; echo $A", "A A |"},
      {"A+=1; B[0]=$A; echo $B", "| A B"},
      {"export A=1 && echo $A $B", "B | A"},
      {"export A; echo $A", "A |"},
      {"for i in $L; do echo $i; done", "L | i"},
      {"while read -r a b; do echo $a $b $c; done", "c | a b"},
      {"if [ -z \"$A\" ]; then B=1; fi; echo $B", "A | B"},
      {"printf -v A %s x; echo $A", "| A"},
      {"unset A; echo $A", "| A"},
      {"# $A\necho x#$B", "B |"},
      {"echo $(cat $A; B=1; echo \"$B $(C=2)$C\") $D", "A D | B C"},
      {"echo `echo $A` $B", "A B |"},
      {"echo $((A + 2)) $((0x1F))", "A |"},
      {"cat <<E > $F\n$A '$B' \\$C\nE\necho $D", "F A B D |"},
      {"cat <<'E'\n$A\nE\necho $D", "D |"},
      {"cat <<-E\n\t$A\n\tE\necho $D", "A D |"},
      {"sh -c 'echo $A; B=1; echo $B' && echo $B", "A B | B"},
      {"bash -euxc 'sh -c \"echo $A\"'", "A |"},
      {"grep -c '$A' x", "|"},
      {"awk '{print $A}'", "|"},
      {"A=1; sh -c 'echo $A'", "| A"},
      {"echo \"$", "|"},
      {"echo ${", "|"},
      {"echo '$A", "|"},
      {"case $A in a) B=1;; esac; echo $B", "A | B"},
  };
  for (const Case& item : cases) {
    INFO(item.text);
    CHECK(variables(item.text) == item.expected);
  }
}

TEST_CASE("shell variables: a megabyte of anything is read in one go") {
  for (const char* piece : {"$(", "`", "\"", "${a:-", "((", "<<E ", "A=1 ", "sh -c '", "$A ", "A=$A;", "\\", "'\""}) {
    std::string text;
    while (text.size() < (std::size_t{1} << 20U)) text += piece;
    INFO(piece);
    CHECK(shell_variables(text).own.size() <= 1);
  }
}

}  // namespace
}  // namespace quaymaster::tests
