#include "model/yaml/repair.h"

#include <string>

#include "model/yaml/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

TEST_CASE("a half-typed row does not cost the rows around it") {
  const std::string row =
      GENERATE("foo", "foo: *", "foo: &", "foo: @x", "foo: `x", "foo: %x", "foo: a: b", "foo: \"a\" b", "foo: 'it's'",
               "{{- if .x }}", "- a", "foo: -", "foo: ]", "'foo", "*");
  const std::string text = "services:\n  one:\n    image: a\n    " + row + "\n    user: b\n  two:\n    image: c\n";
  CAPTURE(text);
  const auto document = parse_yaml(text);
  const yaml::Value services = document->root().get("services");
  CHECK(services.get({"one", "image"}).string() == "a");
  CHECK(services.get({"one", "user"}).string() == "b");
  CHECK(services.get({"two", "image"}).string() == "c");
  REQUIRE_FALSE(document->problems().empty());
  for (const yaml::Problem& problem : document->problems()) {
    CHECK(problem.kind == yaml::Problem::Kind::Syntax);
    CHECK(row.find(slice(text, problem.range)) != std::string::npos);
  }
}

TEST_CASE("a half-typed value is read as what it is") {
  const std::string row = GENERATE("foo:", "foo: ", "foo: [", "foo: {", "foo: |", "foo: >-", "foo: ${X", "<<: ", "? ");
  const std::string text = "one:\n  image: a\n  " + row + "\ntwo:\n  image: c\n";
  CAPTURE(text);
  const auto document = parse_yaml(text);
  CHECK(document->root().get({"one", "image"}).string() == "a");
  CHECK(document->root().get({"two", "image"}).string() == "c");
}

TEST_CASE("rows that are indented by tabs are read, and are problems") {
  const auto document = parse_yaml("a:\n\tb: 1\n\tc:\n\t\td: 2\n");
  CHECK(dump(document->root()) == "{a: {b: \"1\", c: {d: \"2\"}}}");
  CHECK(dump_problems(*document) == "tab(\t) tab(\t) tab(\t\t)");
  const auto one = parse_yaml("a:\n  b: 1\n\tc: 2\nd: 3\n");
  CHECK(one->root().get("d").string() == "3");
  CHECK(dump_problems(*one) == "tab(\t)");
}

TEST_CASE("tabs that do not indent are no problem") {
  CHECK(parse_yaml("a:\t1\nb: |\n  x\n  \ty\nc: [1,\t2]\n")->problems().empty());
}

TEST_CASE("a row at the wrong depth is left out") {
  const auto document = parse_yaml("a:\n  b: 1\n   c: 2\nd: 3\n");
  CHECK(document->root().get({"a", "b"}).string() == "1");
  CHECK(document->root().get("d").string() == "3");
  CHECK(dump_problems(*document) == "syntax(c: 2)");
}

TEST_CASE("a marker that is typed into a block is left out") {
  const auto document = parse_yaml("a:\n  b: 1\n---\n  c: 2\nd: 3\n");
  CHECK(dump(document->root()) == "{a: {b: \"1\", c: \"2\"}, d: \"3\"}");
  CHECK(dump_problems(*document) == "syntax(---)");
}

TEST_CASE("the row that is to blame is left out, and no other") {
  const std::string row =
      GENERATE("-", "- a", "\"key\"", "\"key", "key", "{{ include \"x\" . }}", " key: v", "\tkey: v");
  const std::string text =
      "services:\n  " + row +
      "\n  one:\n    image: \"a\"\n    restart: always\n    ports:\n      - 80\n\n  two:\n    image: "
      "c\nvolumes:\n  data:\n";
  CAPTURE(text);
  const auto document = parse_yaml(text);
  CHECK(dump(document->root().get({"services", "one"})) == "{image: \"a\", restart: \"always\", ports: [\"80\"]}");
  CHECK(document->root().get({"services", "two", "image"}).string() == "c");
  CHECK(document->root().get({"volumes", "data"}).is_null());
  REQUIRE(document->problems().size() == 1);
  CHECK(document->problems().front().range.begin < 12 + row.size());
}

TEST_CASE("several broken rows are left out, up to three") {
  const auto document = parse_yaml("a: 1\nfoo\nb: 2\nbar: *\nc: 3\nbaz: @\nd: 4\n");
  CHECK(dump(document->root()) == "{a: \"1\", b: \"2\", c: \"3\", d: \"4\"}");
  CHECK(document->problems().size() == 3);
}

TEST_CASE("problems of a hopeless text are a handful") {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "key: @x: *\n  - ] }\n";
  const auto document = parse_yaml(text);
  CHECK_FALSE(document->problems().empty());
  CHECK(document->problems().size() < 10);
}

}  // namespace
}  // namespace quaymaster::tests
