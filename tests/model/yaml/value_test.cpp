#include "model/yaml/value.h"

#include <string>

#include "model/yaml/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

TEST_CASE("lookups that fail can be chained") {
  const auto document = parse_yaml("a: {b: 1}\n");
  const yaml::Value root = document->root();
  CHECK(root.get({"a", "b"}).integer() == 1);
  CHECK_FALSE(root.get({"a", "x", "y"}).present());
  CHECK(root.get("x").items().empty());
  CHECK(root.get("x").entries().empty());
  CHECK_FALSE(root.get("x").string());
  CHECK(root.get("x").range().empty());
}

TEST_CASE("scalars have types when they are plain") {
  const auto mapping = parse_yaml("{}");
  CHECK_FALSE(mapping->root().boolean());
  const auto document = parse_yaml("a: 80\nb: '80'\nc: yes\nd: true\ne: !!str true\nf: False\n");
  const auto value = [&](std::string_view key) { return document->root().get(key); };
  CHECK(value("a").integer() == 80);
  CHECK_FALSE(value("b").integer());
  CHECK(value("b").string() == "80");
  CHECK_FALSE(value("c").boolean());
  CHECK(value("c").boolean_1_1() == true);
  CHECK(value("d").boolean() == true);
  CHECK_FALSE(value("e").boolean());
  CHECK(value("f").boolean() == false);
}

TEST_CASE("what is behind an alias or a merge key is shared") {
  const auto [text, values] = GENERATE(table<std::string, std::string>({
      {"a: &x 1\nb: *x\n", "{a: \"1\", b: ^\"1\"}"},
      {"a: &x {k: [v]}\nb: *x\n", "{a: {k: [\"v\"]}, b: ^{k: ^[^\"v\"]}}"},
      {"a: &x {k: 1, l: 2}\nb:\n  <<: *x\n  k: 3\n", "{a: {k: \"1\", l: \"2\"}, b: {k: \"3\", l: ^\"2\"}}"},
      {"a: &x {k: 1}\nb: &y {k: 2, l: 3}\nc:\n  <<: [*x, *y]\n",
       "{a: {k: \"1\"}, b: {k: \"2\", l: \"3\"}, c: {k: ^\"1\", l: ^\"3\"}}"},
      {"a: &x {k: 1}\nb: &y\n  <<: *x\n  l: 2\nc:\n  <<: *y\n",
       "{a: {k: \"1\"}, b: {l: \"2\", k: ^\"1\"}, c: {l: ^\"2\", k: ^\"1\"}}"},
      {"a:\n  <<: {k: 1}\n", "{a: {k: ^\"1\"}}"},
      {"a:\n  '<<': {k: 1}\n", "{a: {<<: {k: \"1\"}}}"},
      {"a:\n  <<: text\n  k: 1\n", "{a: {k: \"1\"}}"},
      {"a: &x 1\nb: &x 2\nc: *x\n", "{a: \"1\", b: \"2\", c: ^\"2\"}"},
      {"a: &x\nb: *x\n", "{a: null, b: null}"},
      {"&k a: 1\n*k : 2\n", "{a: \"1\"}"},
  }));
  CAPTURE(text);
  CHECK(dump(parse_yaml(text)->root()) == values);
}

TEST_CASE("an entry is found with its places") {
  const std::string text = "a: &x\n  k: v\nb:\n  <<: *x\n";
  const auto document = parse_yaml(text);
  const std::optional<yaml::Entry> own = document->root().get("a").entry("k");
  const std::optional<yaml::Entry> merged = document->root().get("b").entry("k");
  REQUIRE(own);
  REQUIRE(merged);
  CHECK_FALSE(own->shared);
  CHECK(merged->shared);
  CHECK(merged->key_range == own->key_range);
  CHECK(merged->value.node() == own->value.node());
}

TEST_CASE("a place keeps its document alive") {
  yaml::Place place;
  {
    const auto document = parse_yaml("a: {b: 1}\n");
    place = document->root().get("a").place();
  }
  CHECK(place.mapping->pairs.size() == 1);
  CHECK_FALSE(place.shared);
}

TEST_CASE("aliases that lead nowhere are null and a problem") {
  const auto [text, values, problems] = GENERATE(table<std::string, std::string, std::string>({
      {"a: *x\nb: 1\n", "{a: null, b: \"1\"}", "undefined-alias(*x)"},
      {"a: *x\nb: &x 1\n", "{a: null, b: \"1\"}", "undefined-alias(*x)"},
      {"a: &x [*x]\n", "{a: [null]}", "alias-cycle(*x)"},
      {"a: &x {b: {<<: *x, c: 1}}\n", "{a: {b: {c: \"1\"}}}", "alias-cycle(*x)"},
  }));
  CAPTURE(text);
  const auto document = parse_yaml(text);
  CHECK(dump(document->root()) == values);
  CHECK(dump_problems(*document) == problems);
}

/// Each level has ten aliases of the one before it.
std::string bomb(std::string_view open, std::string_view close, std::string_view separator) {
  std::string text = "a0: &a0 x\n";
  for (int level = 1; level < 30; ++level) {
    text += "a" + std::to_string(level) + ": &a" + std::to_string(level) + " " + std::string(open);
    for (int i = 0; i < 10; ++i) text += (i == 0 ? "" : std::string(separator)) + "*a" + std::to_string(level - 1);
    text += std::string(close) + "\n";
  }
  return text;
}

TEST_CASE("an alias bomb ends in problems") {
  const auto document = parse_yaml(bomb("[", "]", ", "));
  CHECK_FALSE(document->problems().empty());
  CHECK(document->problems().size() <= 100);
  for (const yaml::Problem& problem : document->problems()) CHECK(problem.kind == yaml::Problem::Kind::TooManyValues);
  CHECK(dump(document->root()).size() < 2'000'000);
}

TEST_CASE("a bomb of merge keys ends in problems") {
  std::string text = "a0: &a0 {k: v}\n";
  for (int level = 1; level < 60; ++level) {
    const std::string before = "*a" + std::to_string(level - 1);
    text += "a" + std::to_string(level) + ": &a" + std::to_string(level) + " {<<: [" + before + ", " + before + "]}\n";
  }
  const auto document = parse_yaml(text);
  CHECK_FALSE(document->problems().empty());
  for (int level = 0; level < 60; ++level) {
    const yaml::Value value = document->root().get("a" + std::to_string(level));
    CHECK(value.entries().size() <= 1);
    CHECK_FALSE(value.get("none").present());
  }
}

TEST_CASE("a chain of aliases is not followed for ever") {
  std::string text = "a0: &a0 x\n";
  for (int level = 1; level < 5'000; ++level)
    text += "a" + std::to_string(level) + ": &a" + std::to_string(level) + " [*a" + std::to_string(level - 1) + "]\n";
  const auto document = parse_yaml(text);
  yaml::Value value = document->root().get("a4999");
  int levels = 0;
  while (value.is_sequence()) {
    value = value.items().front().value;
    ++levels;
  }
  CHECK(levels <= 200);
}

TEST_CASE("many aliases of one small value are read") {
  std::string text = "a: &x {image: redis}\nb:\n";
  for (int i = 0; i < 1'000; ++i) text += "  s" + std::to_string(i) + ": *x\n";
  const auto document = parse_yaml(text);
  CHECK(document->problems().empty());
  CHECK(document->root().get({"b", "s999", "image"}).string() == "redis");
}

}  // namespace
}  // namespace quaymaster::tests
