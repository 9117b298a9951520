#include "model/compose/project/environment.h"

#include <string>

#include "support/catch.h"

namespace quaymaster::tests {
namespace {

using compose::project::Environment;
using compose::project::read_dotenv;
using compose::project::substitute;

TEST_CASE("variables are filled in") {
  const Environment environment{{"A", "x"}, {"EMPTY", ""}};
  const auto [text, result] = GENERATE(table<std::string, std::string>({
      {"$A-${A}", "x-x"},
      {"$$A $${A}", "$A ${A}"},
      {"${NO}|", "| unset NO"},
      {"${EMPTY:-d} ${EMPTY-d} ${NO-d}", "d  d"},
      {"${A:+y} ${EMPTY:+y} ${EMPTY+y} ${NO+y}", "y  y "},
      {"${NO:?message} ${EMPTY?m} ${EMPTY:?m}", "   refused NO refused EMPTY"},
      {"${NO:-a${NO2:-${A}}b}", "axb"},
      {"${A:-${NO}}", "x"},
      {"${} $ ${A", "${} $ ${A malformed"},
      {"${A!x}", "${A!x} malformed"},
  }));
  CAPTURE(text);
  const compose::project::Substituted filled = substitute(text, environment);
  std::string out = filled.text;
  for (const std::string& name : filled.unset) out += " unset " + name;
  for (const std::string& name : filled.refused) out += " refused " + name;
  CHECK(out + (filled.malformed ? " malformed" : "") == result);
}

TEST_CASE("environment files") {
  const auto [text, result] = GENERATE(table<std::string, std::string>({
      {"A=b\nC=d\n", "A=b C=d "},
      {"\xEF\xBB\xBF# comment\n\n  export A = b c  # comment\r\nB=x#y", "A=b c B=x#y "},
      {"A: b", "A=b "},
      {"A='$X # y'\nB=\"a\\tb\\\"\\$X\" # z", "A=$X # y B=a\tb\"$X "},
      {"A=\"one\ntwo\"\nB=3", "A=one\ntwo B=3 "},
      {"A=x\nB=${A}-${C:-d}\nD='${A}'", "A=x B=x-d D=${A} "},
      {"OUTER\nNONE\nA=$OUTER", "A=from outside OUTER=from outside "},
      {"A=\nB=\"\"", "A= B= "},
      {"A=\"no end\nB=c", "B=c "},
      {"=x\n!\nA=b", "A=b "},
  }));
  CAPTURE(text);
  std::string out;
  for (const auto& [name, value] : read_dotenv(text, {{"OUTER", "from outside"}})) out += name + "=" + value + " ";
  CHECK(out == result);
}

}  // namespace
}  // namespace quaymaster::tests
