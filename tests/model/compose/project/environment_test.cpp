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

TEST_CASE("an environment file that doubles a value with each line comes to an end") {
  std::string text = "V0=xx\n";
  for (int i = 1; i < 200; ++i)
    text += "V" + std::to_string(i) + "=$V" + std::to_string(i - 1) + "\"$V\"${V" + std::to_string(i - 1) + "}\n";
  for (int i = 0; i < 20'000; ++i) text += "W" + std::to_string(i) + "=\"$V14$V14$V14\"\n";
  std::size_t bytes = 0;
  for (const auto& [name, value] : read_dotenv(text)) bytes += value.size();
  CHECK(bytes <= std::size_t{4} << 20U);
  CHECK(read_dotenv(text).contains("V14"));
  CHECK(substitute("$A$A", {{"A", "xxx"}}, 4).too_long);
  CHECK(substitute("$A$A", {{"A", "xxx"}}, 4).text == "xxxx");
  CHECK(!substitute("$A$A", {{"A", "xxx"}}, 6).too_long);
}

TEST_CASE("the lines of an environment file are known with their places") {
  const std::string text = "\xEF\xBB\xBF# x\nexport A=1\nA=2\n";
  const auto entries = compose::project::read_dotenv_entries(text);
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].value == "1");
  CHECK(slice(text, entries[0].range) == "A");
  CHECK(entries[1].range.begin == text.size() - 4);
  CHECK(read_dotenv(text).at("A") == "2");
}

}  // namespace
}  // namespace quaymaster::tests
