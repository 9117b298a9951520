#include "model/yaml/document.h"

#include <string>

#include "model/yaml/support.h"
#include "support/catch.h"
#include "support/fixture.h"

namespace quaymaster::tests {
namespace {

TEST_CASE("documents are read as values") {
  const auto [text, values] = GENERATE(table<std::string, std::string>({
      {"", "null"},
      {"# only a comment\n", "null"},
      {"---\n", "null"},
      {"word", "\"word\""},
      {"a: 1\nb: two\n", "{a: \"1\", b: \"two\"}"},
      {"a:\nb: ~\nc: null\nd: 'null'\n", "{a: null, b: null, c: null, d: \"null\"}"},
      {"- a\n-\n- - b\n", "[\"a\", null, [\"b\"]]"},
      {"a: {b, c: d, \"e\":f, g: }\n", "{a: {b: null, c: \"d\", e: \"f\", g: null}}"},
      {"a: [b, c: d, {}, ]\n", "{a: [\"b\", {c: \"d\"}, {}]}"},
      {"? a\n: b\n", "{a: \"b\"}"},
      {"a: !!str null\n", "{a: \"null\"}"},
      {"%YAML 1.2\n---\na: b\n...\n", "{a: \"b\"}"},
      {"\xEF\xBB\xBF"
       "a: b\n",
       "{a: \"b\"}"},
      {"a:\r\n  - b\r\n", "{a: [\"b\"]}"},
      {"a:\n- b\n- c\n", "{a: [\"b\", \"c\"]}"},
      {"a: b\n---\nc: d\n", "{a: \"b\"}"},
  }));
  CAPTURE(text);
  const auto document = parse_yaml(text);
  CHECK(dump(document->root()) == values);
  CHECK(dump_problems(*document).empty());
}

TEST_CASE("ranges are what is written, without comments and blank lines") {
  const Fixture fixture("a: # c\n  <|<|b|>: <|\"x\"|>|> # d\n  # e\n\nz: 1\n");
  const auto document = parse_yaml(fixture.text);
  const std::optional<yaml::Entry> entry = document->root().get("a").entry("b");
  REQUIRE(entry);
  CHECK(entry->range == fixture.ranges[0]);
  CHECK(entry->key_range == fixture.ranges[1]);
  CHECK(entry->value.range() == fixture.ranges[2]);
  CHECK(slice(fixture.text, entry->value.content_range()) == "x");
  CHECK(document->root().get("a").range() == fixture.ranges[0]);
  REQUIRE(document->comments().size() == 3);
  CHECK(slice(fixture.text, document->comments()[1]) == "# d");
}

TEST_CASE("what is not written has a place") {
  const auto document = parse_yaml("a:   # c\nb: [x, ]\nc:\n  -\n");
  CHECK(document->root().get("a").range() == TextRange{2, 2});
  const yaml::Value item = document->root().get("c").items().front().value;
  CHECK(item.is_null());
  CHECK(slice(document->text(), {item.range().begin - 1, item.range().end}) == "-");
}

TEST_CASE("a block scalar ends with its last line") {
  const Fixture fixture("a: <||\n  x\n\n  y|>\n\n\nb: 1\n");
  CHECK(parse_yaml(fixture.text)->root().get("a").range() == fixture.ranges[0]);
}

TEST_CASE("tags and anchors are kept apart from the value") {
  const auto document = parse_yaml("a: &x !!int 5\nb: !reset\nc: &y\n  d: 1\n");
  const yaml::Node& a = *document->root().get("a").node();
  CHECK(a.anchor == "x");
  CHECK(a.tag == "!!int");
  CHECK(slice(document->text(), a.properties) == "&x !!int");
  CHECK(slice(document->text(), a.range) == "5");
  CHECK(document->root().get("b").node()->tag == "!reset");
  CHECK(document->root().get("b").is_null());
  CHECK(document->root().get("c").node()->anchor == "y");
}

TEST_CASE("duplicate keys are problems, and the first counts") {
  const auto document = parse_yaml("a: 1\nb: 2\na: 3\n");
  CHECK(dump(document->root()) == "{a: \"1\", b: \"2\"}");
  REQUIRE(document->problems().size() == 1);
  CHECK(dump_problems(*document) == "duplicate-key(a)");
  CHECK(document->problems().front().range == TextRange{10, 11});
  CHECK(document->problems().front().related == TextRange{0, 1});
}

TEST_CASE("the path to an offset") {
  const Fixture fixture("a:\n  - b: x<|>y\n");
  const auto document = parse_yaml(fixture.text);
  const std::vector<const yaml::Node*> path = path_at(*document, *fixture.cursor);
  REQUIRE(path.size() == 4);
  CHECK(path.back()->text == "xy");
}

TEST_CASE("the outermost entry that begins on a line") {
  const std::string text = "a:\n  - b: 1\n    c: 2\nd: 3\n";
  const auto document = parse_yaml(text);
  const auto entry_on = [&](std::string_view line) {
    const auto begin = static_cast<std::uint32_t>(text.find(line));
    const auto range = outermost_entry_in(*document, {begin, begin + static_cast<std::uint32_t>(line.size())});
    return range ? std::string(slice(text, *range)) : "none";
  };
  CHECK(entry_on("  - b: 1") == "- b: 1\n    c: 2");
  CHECK(entry_on("    c: 2") == "c: 2");
  CHECK(entry_on("d: 3") == "d: 3");
  CHECK(entry_on("a:") == "a:\n  - b: 1\n    c: 2");
}

TEST_CASE("the line ending is the one that most lines have") {
  CHECK(parse_yaml("a: 1\r\nb: 2\r\n")->line_ending() == "\r\n");
  CHECK(parse_yaml("a: 1\nb: 2\n")->line_ending() == "\n");
  CHECK(parse_yaml("a: 1")->line_ending() == "\n");
}

std::string repeated(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

TEST_CASE("hostile texts neither crash nor hang") {
  const std::string text =
      GENERATE(repeated("[", 20'000), repeated("[", 20'000) + repeated("]", 20'000), repeated("- ", 20'000),
               repeated("{a: ", 20'000), repeated("a: 'x\n", 2'000), repeated("\t", 1'000), std::string(5'000, '\0'),
               repeated("\xFF\xFE", 500), repeated("*a ", 1'000), repeated("? ", 2'000), repeated("\r", 3'000),
               repeated("a:\n", 3'000), "a: &a *a\n", "&a *b", "\xEF\xBB\xBF", "%", "a: \"\\", "a: |9", "a: >-+",
               "---\n---", "a: b: c: d", "'");
  const auto document = parse_yaml(text);
  CHECK(document->text() == text);
  CHECK(document->problems().size() <= 100);
  CHECK(document->root().present());
}

TEST_CASE("an alias that expands to too much is a problem once") {
  std::string text = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n";
  for (int i = 1; i < 8; ++i) {
    const std::string alias = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + alias;
    for (int k = 1; k < 10; ++k) text += ", " + alias;
    text += "]\n";
  }
  const auto document = parse_yaml(text);
  REQUIRE(document->problems().size() == 1);
  CHECK(document->problems().front().kind == yaml::Problem::Kind::TooManyValues);
}

TEST_CASE("keys, values and empty values of odd layouts have exact places") {
  const Fixture fixture(GENERATE(as<std::string>{},
                                 "a:\r\n  <|b|>:<||>\r\n  c: 1\r\n",      // nothing written, CRLF
                                 "a:\n- <|b|>: <|1|>\n  c: 2",            // a sequence that is not indented
                                 "{a: {<|b|>: <|x y|> , c: 2}}",          // flow, blanks before the comma
                                 "a: [{\n  \"<|b|>\": <|'x'|>\n}]\n",     // flow over lines
                                 "a:\n  <|b|>:\t<|1|>\t# tab\n",          // tabs around a value
                                 "a:\n  <|b|>: # c\n    <|x|>\n  # d\n",  // the value on the next line
                                 "a:\n  <|b|>: &x !!str <|1|> # c",       // properties, no final newline
                                 "a:\n  ? <|b|>\n  : <|1|>\n",            // an explicit key
                                 "\xEF\xBB\xBF"
                                 "a:\n  <|b|>: <|é|>\n",                              // a byte order mark
                                 "a:\n  <|b|>: <||-\n    x\n\n    y|>\n\n# end\n"));  // a block scalar
  CAPTURE(fixture.text);
  const auto document = parse_yaml(fixture.text);
  CHECK(dump_problems(*document).empty());
  yaml::Value outer = document->root().get("a");
  if (outer.is_sequence()) outer = outer.items().front().value;
  const std::optional<yaml::Entry> entry = outer.entry("b");
  REQUIRE(entry);
  const bool quoted = slice(fixture.text, entry->key_range).starts_with('"');
  CHECK((quoted ? TextRange{entry->key_range.begin + 1, entry->key_range.end - 1} : entry->key_range) ==
        fixture.ranges[0]);
  CHECK(entry->value.range() == fixture.ranges[1]);
}

TEST_CASE("values nested too deeply read as null") {
  const auto document = parse_yaml("a: " + repeated("[", 250) + repeated("]", 250) + "\nb: 1\n");
  CHECK(document->root().get("b").string() == "1");
  REQUIRE(document->problems().size() == 1);
  CHECK(document->problems().front().kind == yaml::Problem::Kind::TooDeep);
}

}  // namespace
}  // namespace quaymaster::tests
