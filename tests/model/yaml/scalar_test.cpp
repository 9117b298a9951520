#include "model/yaml/scalar.h"

#include "model/yaml/schema.h"
#include "model/yaml/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

/// The decoded text of the value of `a`, which must know where each of its bytes comes from.
std::string decoded(const std::string& text) {
  const auto document = parse_yaml(text);
  REQUIRE(dump_problems(*document).empty());
  const yaml::Value value = document->root().get("a");
  REQUIRE(value.is_scalar());
  const MappedText mapped = yaml::mapped_scalar(*document, *value.node());
  CHECK(mapped.bytes() == *value.string());
  for (std::uint32_t i = 0; i < mapped.size(); ++i) {
    const TextRange byte{i, i + 1};
    if (mapped.verbatim(byte)) CHECK(slice(document->text(), mapped.to_file(byte)) == slice(mapped.bytes(), byte));
  }
  return std::string(*value.string());
}

TEST_CASE("scalars are decoded") {
  const auto [text, value] = GENERATE(table<std::string, std::string>({
      {"a: plain text # comment\n", "plain text"},
      {"a: one\n  two\n\n  three\n", "one two\nthree"},
      {"a: 'it''s'\n", "it's"},
      {"a: 'one \n   two'\n", "one two"},
      {"a: \"tab\\t nl\\n q\\\" b\\\\ s\\/ \\x41 \\u00e9 \\U0001F600\"\n", "tab\t nl\n q\" b\\ s/ A \u00e9 \U0001F600"},
      {"a: \"\\ud83d\\ude00\"\n", "\U0001F600"},
      {"a: \"one\\\n   two\"\n", "onetwo"},
      {"a: \"one\n\n   two \\\n  \\ three\"\n", "one\ntwo  three"},
      {"a: ''\n", ""},
      {"a: !!str\n", ""},
      {"a: |\n  one\n    two\n\n  three\n", "one\n  two\n\nthree\n"},
      {"a: |-\n  one\n  two\n\n\n", "one\ntwo"},
      {"a: |+\n  one\n\n\n", "one\n\n\n"},
      {"a: |2\n    one\n   two\n", "  one\n two\n"},
      {"a: | # comment\n  one\n", "one\n"},
      {"a: |\n", ""},
      {"a: >\n  one\n  two\n\n  three\n    more\n  four\n", "one two\nthree\n  more\nfour\n"},
      {"a: >-\n\n  one\n\n\n  two\n\n", "\none\n\ntwo"},
      {"a: |\r\n  one\r\n  two\r\n", "one\ntwo\n"},
      {"a: |\n  one", "one"},
      {"a: |\n  # no comment\n  one\n# comment\n", "# no comment\none\n"},
  }));
  CAPTURE(text);
  CHECK(decoded(text) == value);
}

TEST_CASE("an indentation indicator counts from the collection that the scalar is in") {
  const auto document = parse_yaml("a:\n  - b: |1\n      x\n  - |2\n      y\n");
  CHECK(dump(document->root()) == "{a: [{b: \" x\n\"}, \"  y\n\"]}");
}

TEST_CASE("the way back from a decoded scalar") {
  const std::string text = "a: \"x\\ty z\"\n";
  const auto document = parse_yaml(text);
  const MappedText mapped = yaml::mapped_scalar(*document, *document->root().get("a").node());
  REQUIRE(mapped.bytes() == "x\ty z");
  CHECK(slice(text, mapped.to_file({1, 2})) == "\\t");
  CHECK(slice(text, mapped.to_file({2, 5})) == "y z");
  CHECK(mapped.verbatim({2, 5}));
  CHECK_FALSE(mapped.verbatim({1, 5}));
}

TEST_CASE("the core schema") {
  CHECK(yaml::core_integer("0") == 0);
  CHECK(yaml::core_integer("-12") == -12);
  CHECK(yaml::core_integer("+7") == 7);
  CHECK(yaml::core_integer("0x1F") == 31);
  CHECK(yaml::core_integer("0o17") == 15);
  for (const char* text : {"", "-", "+-1", "1.0", "1e3", "0xg", "99999999999999999999", "1_000", "1 "})
    CHECK_FALSE(yaml::core_integer(text));
  for (const char* text : {"true", "True", "TRUE"}) CHECK(yaml::core_boolean(text) == true);
  for (const char* text : {"yes", "tRue", "on", "1", ""}) CHECK_FALSE(yaml::core_boolean(text));
  for (const char* text : {"yes", "Yes", "YES", "on", "y", "true"}) CHECK(yaml::boolean_1_1(text) == true);
  for (const char* text : {"no", "Off", "N", "FALSE"}) CHECK(yaml::boolean_1_1(text) == false);
  for (const char* text : {"", "~", "null", "Null", "NULL"}) CHECK(yaml::is_null_word(text));
  CHECK_FALSE(yaml::is_null_word("nULL"));
}

TEST_CASE("text is quoted where plain text would be something else") {
  const auto [text, written] = GENERATE(table<std::string, std::string>({
      {"word", "word"},
      {"two words", "two words"},
      {"no-new-privileges:true", "no-new-privileges:true"},
      {"", "''"},
      {"true", "'true'"},
      {"off", "'off'"},
      {"null", "'null'"},
      {"80", "'80'"},
      {"1.5", "'1.5'"},
      {"0x1F", "'0x1F'"},
      {"1:30", "'1:30'"},
      {"2024-01-01", "'2024-01-01'"},
      {"1.2.3-alpine", "1.2.3-alpine"},
      {"a: b", "'a: b'"},
      {"a #b", "'a #b'"},
      {"it's: so", "'it''s: so'"},
      {"*x", "'*x'"},
      {"- x", "'- x'"},
      {"-x", "-x"},
      {"x\ny", "\"x\\ny\""},
  }));
  CHECK(yaml::encode_scalar(text, yaml::ScalarStyle::Plain, false) == written);
}

TEST_CASE("encoded scalars read back as what they were") {
  const std::string text =
      GENERATE("", "a", "true", "a, b", "[x]", "a: b", "it's", "\"", "\\", "\t", "\x01", "#", "- ", "? ", ": ", "%",
               "@", "`", "{", "}", "&a", "!t", "|", ">", "~", "---", "...", "=", "<<", ".5");
  for (const yaml::ScalarStyle style :
       {yaml::ScalarStyle::Plain, yaml::ScalarStyle::SingleQuoted, yaml::ScalarStyle::DoubleQuoted}) {
    const auto block = parse_yaml("a: " + yaml::encode_scalar(text, style, false) + "\n");
    CHECK(block->root().get("a").string() == text);
    const auto flow = parse_yaml("a: [" + yaml::encode_scalar(text, style, true) + "]\n");
    REQUIRE(flow->root().get("a").items().size() == 1);
    CHECK(flow->root().get("a").items().front().value.string() == text);
  }
}

}  // namespace
}  // namespace quaymaster::tests
