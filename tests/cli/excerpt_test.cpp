#include "cli/excerpt.h"

#include <string>

#include "support/catch.h"
#include "support/fixture.h"

namespace quaymaster::cli {
namespace {

/// The excerpt for the first mark, or the cursor, of a text without secrets.
std::string show(std::string_view marked, std::size_t width = 80) {
  const tests::Fixture fixture(marked);
  Analysis analysis;
  analysis.source.text = fixture.text;
  const TextRange range = fixture.ranges.empty() ? TextRange{*fixture.cursor, *fixture.cursor} : fixture.ranges.front();
  const LineIndex lines(fixture.text);
  return excerpt(marked_line(analysis, lines, range), "1 | ", width, Look::Warning, Style(false));
}

TEST_CASE("carets stand under what is marked") {
  CHECK(show("FROM <|node|>\n") == "1 | FROM node\n         ^^^^\n");
  CHECK(show("a\nFROM <|node|>:1\nb") == "1 | FROM node:1\n         ^^^^\n");
  CHECK(show("<|FROM|> node") == "1 | FROM node\n    ^^^^\n");
}

TEST_CASE("a place gets one caret") {
  CHECK(show("FROM node<|>\n") == "1 | FROM node\n             ^\n");
  CHECK(show("<|>") == "1 | \n    ^\n");
  CHECK(show("a\n<|>\nb") == "1 | \n    ^\n");
}

TEST_CASE("of several lines the first is shown") {
  CHECK(show("RUN <|a \\\n  b|>\n") == "1 | RUN a \\\n        ^^^\n");
  CHECK(show("RUN <|a\r\nb|>\r\n") == "1 | RUN a\n        ^\n");
}

TEST_CASE("tabs, wide characters and control characters keep the carets in place") {
  CHECK(show("\t<|FROM|>") == "1 |     FROM\n        ^^^^\n");
  CHECK(show("ab<|\tc|>") == "1 | ab  c\n      ^^^\n");
  CHECK(show("漢 <|字|>x") == "1 | 漢 字x\n       ^^\n");
  CHECK(show("🚀<|x|>") == "1 | 🚀x\n      ^\n");
  CHECK(show("e\xCC\x81<|x|>") == "1 | e\xCC\x81x\n     ^\n");
  CHECK(show("\x1b[0m<|x|>") == "1 | \\x1b[0mx\n           ^\n");
  CHECK(show("\xFF<|\xFE|>") == "1 | \\xff\\xfe\n        ^^^^\n");
  CHECK(show("\xEF\xBB\xBF<|FROM|> a") == "1 | FROM a\n    ^^^^\n");
}

TEST_CASE("a long line is cut around its mark") {
  const std::string a(200, 'a');
  CHECK(show("<|x|>" + a, 20) == "1 | x" + std::string(17, 'a') + "…\n    ^\n");
  CHECK(show(a + "<|x|>", 20) == "1 | …" + std::string(17, 'a') + "x\n" + std::string(4 + 18, ' ') + "^\n");
  CHECK(show(a + "<|xyz|>" + a, 20) ==
        "1 | …" + std::string(6, 'a') + "xyz" + std::string(9, 'a') + "…\n" + std::string(4 + 7, ' ') + "^^^\n");
  CHECK(show("b<|" + a + "|>c", 20) == "1 | b" + std::string(17, 'a') + "…\n     " + std::string(17, '^') + "\n");
  // Wide characters are not cut in half.
  CHECK(show("<|x|>漢漢漢漢漢", 9) == "1 | x漢漢漢…\n    ^\n");
}

TEST_CASE("a line of a megabyte takes no time") {
  const std::string a(1 << 20, 'a');
  CHECK(show(a + "<|x|>" + a, 10) == "1 | …aaxaaaaa…\n" + std::string(4 + 3, ' ') + "^\n");
}

TEST_CASE("secrets are masked and the carets still fit") {
  Analysis analysis;
  analysis.source.text = "ENV PASSWORD=hunter2hunter2 B=1\n";
  analysis.secrets = {{13, 27}};
  const LineIndex lines(analysis.source.text);
  const auto show_range = [&](TextRange range) {
    return excerpt(marked_line(analysis, lines, range), "", 80, Look::Error, Style(false));
  };
  CHECK(show_range({13, 27}) == "ENV PASSWORD=•••• B=1\n             ^^^^\n");
  CHECK(show_range({28, 29}) == "ENV PASSWORD=•••• B=1\n                  ^\n");
  CHECK(show_range({4, 27}) == "ENV PASSWORD=•••• B=1\n    ^^^^^^^^^^^^^\n");
  const std::string inside = show_range({15, 20});
  CHECK(inside.find("unter") == std::string::npos);
}

}  // namespace
}  // namespace quaymaster::cli
