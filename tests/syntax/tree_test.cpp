#include "syntax/tree.h"

#include <random>
#include <string>
#include <vector>

#include "support/catch.h"

namespace quaymaster::tests {
namespace {

using syntax::Grammar;

/// All nodes, a line each.
std::string dump(const syntax::Tree& tree) {
  std::string out;
  std::vector<syntax::Node> open{tree.root()};
  while (!open.empty()) {
    const syntax::Node node = open.back();
    open.pop_back();
    out += std::string(node.kind()) + " " + std::to_string(node.range().begin) + "-" +
           std::to_string(node.range().end) + (node.missing() ? " missing\n" : "\n");
    for (const syntax::Node& child : node.children()) open.push_back(child);
  }
  return out;
}

struct Start {
  Grammar grammar;
  std::string text;
  std::vector<const char*> bits;
};

std::vector<Start> starts() {
  return {{Grammar::Dockerfile,
           "# escape=`\nFROM a:1 AS b\nRUN --mount=type=cache,target=/x a `\n  # c\n\n  b\nENV A=1 B=\"x y\" C\nCOPY "
           "[\"a\", \"b\"]\nRUN <<EOF\nx\nEOF\nLABEL a b c\nCMD [\"é\"]\n",
           {"`\n", "\\\n", "\n", "# c\n", "# escape=`\n", "<<EOF", "EOF\n", "'", "\"", "[", "]", " ",
            "\t",  "é",    "${", "}",     "RUN ",         "--x=",  "\r\n",  "=", "x"}},
          {Grammar::Yaml,
           "a: &x\n  b: [1, {c: d}]\n  e: |\n    text\n\n    more\nf:\n- *x\n- \"q\"\n- 'r'\n# c\n? g\n: h\n",
           {"\n", "  ", "- ", ": ", "\"", "'", "[", "}", "#", "|", ">", "&y ", "*y", "x", "\r\n", "é", "\t"}}};
}

TEST_CASE("a tree without errors is the same after an edit as when it is made anew") {
  std::mt19937 random(3);
  for (const Start& start : starts()) {
    syntax::Parser parser(start.grammar);
    int compared = 0;
    std::string text = start.text;
    std::optional<syntax::Tree> tree = parser.parse(text);
    for (int step = 0; step < 3'000; ++step) {
      std::string next = step % 5 == 0 ? start.text : text;
      const std::size_t at = random() % (next.size() + 1);
      next.replace(at, std::min<std::size_t>(random() % 3 == 0 ? random() % 6 : 0, next.size() - at),
                   start.bits[random() % start.bits.size()]);
      std::optional<syntax::Tree> fresh = parser.parse(next);
      const std::optional<syntax::Tree> again = parser.parse_again(next, *tree, text);
      REQUIRE((fresh && again));
      CAPTURE(text, next);
      // From a tree with errors the parser may find another way; our reader never begins with one.
      if (!tree->root().has_error() && !again->root().has_error()) {
        REQUIRE(dump(*again) == dump(*fresh));
        ++compared;
      }
      text = std::move(next);
      tree = std::move(fresh);
    }
    CHECK(compared > 100);
  }
}

TEST_CASE("a parse has a bound, whatever the text") {
  struct Row {
    Grammar grammar;
    const char* beginning;
    const char* unit;
  };
  // Texts in which every token begins a recovery that copies all tokens before it, or looks ahead to the end.
  const Row rows[] = {{Grammar::Yaml, "a: ", "<<E\n"},
                      {Grammar::Yaml, "a: ", "\\\n"},
                      {Grammar::Yaml, "", "[{"},
                      {Grammar::Bash, "", "${"},
                      {Grammar::Bash, "", "<<EOF "},
                      {Grammar::Bash, "", "a && ("},
                      {Grammar::Dockerfile, "", "RUN <<E\n"}};
  for (const Row& row : rows) {
    CAPTURE(row.beginning, row.unit);
    std::string text = row.beginning;
    while (text.size() < 300'000) text += row.unit;
    syntax::WorkBudget budget(text.size());
    syntax::Parser parser(row.grammar);
    const std::optional<syntax::Tree> tree = parser.parse(text, budget);
    CHECK((tree.has_value() || budget.exhausted()));
    // The next text is read as if nothing had been.
    const std::optional<syntax::Tree> next = parser.parse("a: b\n");
    CHECK((next && next->root().range().end >= 4));
  }
}

TEST_CASE("dense texts are within the bounds") {
  const auto repeated = [](std::string unit, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) text += unit;
    return text;
  };
  CHECK(syntax::Parser(Grammar::Yaml).parse("[" + repeated("1,", 30'000) + "1]"));
  CHECK(syntax::Parser(Grammar::Yaml).parse("{" + repeated("\"a\":{\"b\":[]},", 5'000) + "\"z\":1}"));
  CHECK(syntax::Parser(Grammar::Bash).parse(repeated("echo $a \"$b\" && ", 6'000) + "x"));
  CHECK(syntax::Parser(Grammar::Dockerfile).parse("ENV " + repeated("a=b ", 20'000)));
}

TEST_CASE("a budget is shared by the parses that it is given to") {
  syntax::Parser parser(Grammar::Yaml);
  syntax::WorkBudget budget(100);
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "a" + std::to_string(i) + ": [1, 2]\n";
  CHECK_FALSE(parser.parse(text, budget));
  CHECK(budget.exhausted());
  CHECK_FALSE(parser.parse("a: 1\n", budget));
  CHECK(parser.parse(text));
}

}  // namespace
}  // namespace quaymaster::tests
