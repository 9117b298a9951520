#include "model/yaml/edit.h"

#include <array>
#include <string>
#include <vector>

#include "model/yaml/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

using yaml::NewValue;

/// The text after the edit, which must parse; or "none".
std::string applied(const std::string& text, const std::optional<Edit>& edit) {
  if (!edit) return "none";
  std::string result = apply_edits(text, std::vector{*edit});
  CHECK(dump_problems(*parse_yaml(result)).empty());
  return result;
}

yaml::Place place_of(const yaml::Document& document, std::string_view key) { return document.root().get(key).place(); }

std::string inserted(const std::string& text, std::vector<std::string_view> path, const NewValue& value) {
  const auto document = parse_yaml(text);
  return applied(text, yaml::insert(place_of(*document, "web"), path, value));
}

TEST_CASE("a key goes behind the last one that is written on its line") {
  const auto [text, result] = GENERATE(table<std::string, std::string>({
      {"web:\n  image: a\n", "web:\n  image: a\n  user: app\n"},
      {"web:\n  image: a", "web:\n  image: a\n  user: app"},
      {"web:\n  image: a # c\n\nx: 1\n", "web:\n  image: a # c\n  user: app\n\nx: 1\n"},
      {"web:\r\n    image: a\r\nx: 1\r\n", "web:\r\n    image: a\r\n    user: app\r\nx: 1\r\n"},
      {"web:\n  image: a\n  ports:\n    - 80\n", "web:\n  image: a\n  user: app\n  ports:\n    - 80\n"},
      {"web:\n  ports: [80,\n    90]\n", "web:\n  ports: [80,\n    90]\n  user: app\n"},
      {"web:\n  build:\n    context: .\n", "web:\n  user: app\n  build:\n    context: .\n"},
      {"web:\n  run: |\n    x\n", "web:\n  user: app\n  run: |\n    x\n"},
      {"a: &a\n  x: 1\nweb:\n  <<: *a\n", "a: &a\n  x: 1\nweb:\n  <<: *a\n  user: app\n"},
      {"web: {image: a}\n", "web: {image: a, user: app}\n"},
      {"web: {image: a,\n  tty: true}\n", "web: {image: a,\n  tty: true, user: app}\n"},
      {"web: {\"image\": \"a\"}\n", "web: {\"image\": \"a\", \"user\": \"app\"}\n"},
      {"web: {}\n", "web: {user: app}\n"},
      {"web:\nx: 1\n", "web:\n  user: app\nx: 1\n"},
      {"web: # c\nx: 1\n", "web: # c\n  user: app\nx: 1\n"},
      {"web: ~\n", "web:\n  user: app\n"},
      {"web:\n  user:\n", "web:\n  user: app\n"},
      {"web:\n  user: # c\n", "web:\n  user: app # c\n"},
      {"web:\n  user: null # c\n", "web:\n  user: app # c\n"},
      // not possible, or not safe
      {"web:\n  user: root\n", "none"},
      {"web: text\n", "none"},
      {"a: &a\n  x: 1\nweb: *a\n", "none"},
      {"a: &a\n  user: b\nweb:\n  <<: *a\n", "none"},
      {"web: {image: }\n", "none"},
      {"web:\n", "web:\n  user: app\n"},
  }));
  CAPTURE(text);
  CHECK(inserted(text, {"user"}, NewValue::string("app")) == result);
}

TEST_CASE("a key finds its place in odd layouts") {
  const auto [text, result] = GENERATE(table<std::string, std::string>({
      // comments at the end belong to what stands above them
      {"web:\n  image: a\n  # the end of web\nx: 1\n", "web:\n  image: a\n  user: app\n  # the end of web\nx: 1\n"},
      {"web:\n  image: a\n# of x\nx: 1\n", "web:\n  image: a\n  user: app\n# of x\nx: 1\n"},
      // CRLF, and no final newline
      {"web:\r\n  image: a", "web:\r\n  image: a\r\n  user: app"},
      {"web: # c\r\n  image: a # d", "web: # c\r\n  image: a # d\r\n  user: app"},
      {"web:", "web:\n  user: app"},
      // sequences that are not indented
      {"web:\n  ports:\n  - 80\n  image: a\n", "web:\n  ports:\n  - 80\n  image: a\n  user: app\n"},
      // flow in block, block in block
      {"web:\n  a: {b: 1}\n  c: [1,\n    2]\n", "web:\n  a: {b: 1}\n  c: [1,\n    2]\n  user: app\n"},
      {"web: {\n  image: a\n}\n", "web: {\n  image: a, user: app\n}\n"},
      {"web: { }\nx: 1\n", "web: {user: app }\nx: 1\n"},
      // tabs stand behind a value, not before a key
      {"web:\n  image: a\t# c\n", "web:\n  image: a\t# c\n  user: app\n"},
      // a quoted or an explicit key, a value on the next line
      {"\"web\":\n    \"image\": a\n", "\"web\":\n    \"image\": a\n    user: app\n"},
      // a byte order mark
      {"\xEF\xBB\xBF"
       "web:\n  image: a\n",
       "\xEF\xBB\xBF"
       "web:\n  image: a\n  user: app\n"},
  }));
  CAPTURE(text);
  CHECK(inserted(text, {"user"}, NewValue::string("app")) == result);
}

TEST_CASE("a key of the document goes to its end") {
  const auto [text, result] = GENERATE(table<std::string, std::string>({
      {"version: '3'\nservices:\n  web:\n    image: a\n",
       "version: '3'\nservices:\n  web:\n    image: a\nvolumes:\n  db: {}\n"},
      {"services:\n  web:\n    image: a # c\n\n# end\n",
       "services:\n  web:\n    image: a # c\nvolumes:\n  db: {}\n\n# end\n"},
      {"services:\r\n  web:\r\n", "services:\r\n  web:\r\nvolumes:\r\n  db: {}\r\n"},
      {"services:\n  web:\n    image: a\nname: x\n", "services:\n  web:\n    image: a\nname: x\nvolumes:\n  db: {}\n"},
      {"name: x\nservices:\n  web:\n    image: a", "name: x\nvolumes:\n  db: {}\nservices:\n  web:\n    image: a"},
      {"name: x\nservices:\n  web:\n    run: |\n      a\n",
       "name: x\nvolumes:\n  db: {}\nservices:\n  web:\n    run: |\n      a\n"},
      {"volumes:\n  a:\n  b: {}\n", "volumes:\n  a:\n  b: {}\n  db: {}\n"},
      {"volumes:\n  a:\n", "volumes:\n  db: {}\n  a:\n"},
  }));
  CAPTURE(text);
  const auto document = parse_yaml(text);
  CHECK(applied(text, yaml::insert(document->root().place(), {"volumes", "db"}, NewValue::mapping({}))) == result);
}

TEST_CASE("missing parents are created") {
  const auto [text, result] = GENERATE(table<std::string, std::string>({
      {"web:\n  image: a\n", "web:\n  image: a\n  security:\n    caps:\n      drop:\n        - ALL\n"},
      {"web:\n    image: a\n    x:\n    - 1\n",
       "web:\n    image: a\n    security:\n        caps:\n            drop:\n            - ALL\n    x:\n    - 1\n"},
      {"web:\n  security:\n  image: a\n", "web:\n  security:\n    caps:\n      drop:\n        - ALL\n  image: a\n"},
      {"web:\n  security:\n    user: 1\n", "web:\n  security:\n    user: 1\n    caps:\n      drop:\n        - ALL\n"},
      {"web:\n  security: {}\n", "web:\n  security: {caps: {drop: [ALL]}}\n"},
      {"web:\n  security:\n    caps:\n      drop:\n", "web:\n  security:\n    caps:\n      drop:\n        - ALL\n"},
      {"web:\n  security: text\n", "none"},
      {"a: &a\n  security: {x: 1}\nweb:\n  <<: *a\n", "none"},
  }));
  CAPTURE(text);
  CHECK(inserted(text, {"security", "caps", "drop"}, NewValue::sequence({NewValue::plain("ALL")})) == result);
}

TEST_CASE("values are laid out like the file") {
  const NewValue value = NewValue::mapping(
      {{"a", NewValue::plain("1")},
       {"b", NewValue::sequence({NewValue::mapping({{"c", NewValue::string("yes")}, {"d", NewValue::mapping({})}})})}});
  CHECK(inserted("web:\n  image: a\n", {"x"}, value) ==
        "web:\n  image: a\n  x:\n    a: 1\n    b:\n      - c: 'yes'\n        d: {}\n");
  CHECK(inserted("web: {image: a}\n", {"x"}, value) == "web: {image: a, x: {a: 1, b: [{c: 'yes', d: {}}]}}\n");
}

TEST_CASE("insertions of one mapping join, those of different mappings have different places") {
  const std::string text = "web:\n  image: a\n  limits:\n    cpu: 1\n    more:\n      x: 1\n";
  const auto document = parse_yaml(text);
  const yaml::Place web = place_of(*document, "web");
  const std::vector<std::optional<Edit>> edits{yaml::insert(web, {"user"}, NewValue::plain("app")),
                                               yaml::insert(web, {"tty"}, NewValue::plain("true")),
                                               yaml::insert(web, {"limits", "memory"}, NewValue::plain("1Gi")),
                                               yaml::insert(web, {"limits", "more", "z"}, NewValue::plain("2"))};
  std::vector<Edit> all;
  all.reserve(edits.size());
  for (const std::optional<Edit>& edit : edits) all.push_back(edit.value());
  CHECK(all[0].range == all[1].range);
  CHECK(all[0].claim == "user");
  CHECK(all[1].claim == "tty");
  CHECK(apply_edits(text, all) ==
        "web:\n  image: a\n  user: app\n  tty: true\n  limits:\n    cpu: 1\n    memory: 1Gi\n    more:\n      x: 1\n   "
        "   "
        "z: 2\n");
}

TEST_CASE("two fixes that create the same parent claim it") {
  const auto document = parse_yaml("web:\n  image: a\n");
  const yaml::Place web = place_of(*document, "web");
  CHECK(yaml::insert(web, {"security", "user"}, NewValue::plain("1"))->claim == "security");
  CHECK(yaml::insert(web, {"security", "group"}, NewValue::plain("1"))->claim == "security");
  const auto empty = parse_yaml("web: {}\n");
  CHECK(yaml::insert(place_of(*empty, "web"), {"a"}, NewValue::plain("1"))->claim ==
        yaml::insert(place_of(*empty, "web"), {"b"}, NewValue::plain("1"))->claim);
}

TEST_CASE("an item is appended, or its sequence created") {
  const auto [text, result] = GENERATE(table<std::string, std::string>({
      {"web:\n  drop:\n    - A\n", "web:\n  drop:\n    - A\n    - ALL\n"},
      {"web:\n  drop:\n  - A # c\n  x: 1\n", "web:\n  drop:\n  - A # c\n  - ALL\n  x: 1\n"},
      {"web:\n  drop: [A, B]\n", "web:\n  drop: [A, B, ALL]\n"},
      {"web:\n  drop: []\n", "web:\n  drop: [ALL]\n"},
      {"web:\n  drop: [\"A\"]\n", "web:\n  drop: [\"A\", \"ALL\"]\n"},
      {"web:\n  drop:\n    - a: 1\n      b: 2\n", "web:\n  drop:\n    - ALL\n    - a: 1\n      b: 2\n"},
      {"web:\n  drop:\n", "web:\n  drop:\n    - ALL\n"},
      {"web:\n  image: a\n", "web:\n  image: a\n  drop:\n    - ALL\n"},
      {"web:\n  drop: text\n", "none"},
  }));
  CAPTURE(text);
  const auto document = parse_yaml(text);
  CHECK(applied(text, yaml::append(place_of(*document, "web"), {"drop"}, NewValue::string("ALL"))) == result);
}

TEST_CASE("a pair is removed with its lines") {
  const auto [text, result] = GENERATE(table<std::string, std::string>({
      {"web:\n  a: 1\n  x: 2 # c\n  b: 3\n", "web:\n  a: 1\n  b: 3\n"},
      {"web:\n  x: 2\n  b: 3\n", "web:\n  b: 3\n"},
      {"web:\n  a: 1\n  x:\n    - y\n    - z\n\nb: 1\n", "web:\n  a: 1\n\nb: 1\n"},
      {"web:\n  a: 1\n  x: |\n    y\n    z\n  b: 1\n", "web:\n  a: 1\n  b: 1\n"},
      {"web:\r\n  a: 1\r\n  x: 2\r\n", "web:\r\n  a: 1\r\n"},
      {"web:\n  a: 1\n  x: 2", "web:\n  a: 1"},
      {"web:\r\n  a: 1\r\n  x: 2", "web:\r\n  a: 1"},
      {"b: 1\nweb:\n  x: 2\n", "b: 1\n"},
      {"web: {a: 1, x: 2, b: 3}\n", "web: {a: 1, b: 3}\n"},
      {"web: {a: 1, x: 2}\n", "web: {a: 1}\n"},
      {"b: 1\nweb: {x: 2}\n", "b: 1\n"},
      {"web:\n  a: 1\n  x:\n    # why\n    y: 2\n", "none"},
      {"b: 1\nweb:\n  # why\n  x: 2\n", "none"},
      {"web:\n  # about a\n  a: 1\n  x: 2\n  # about b\n  b: 3\n", "web:\n  # about a\n  a: 1\n  # about b\n  b: 3\n"},
      {"web:\n  a: 1\n  x: &x 2\nb: *x\n", "none"},
      {"web:\n  x: 1\n", "none"},
      {"web:\n  a: 1\n", "none"},
      {"m: &m {x: 1}\nweb:\n  <<: *m\n", "none"},
  }));
  CAPTURE(text);
  const auto document = parse_yaml(text);
  CHECK(applied(text, yaml::remove_pair(place_of(*document, "web"), "x")) == result);
}

TEST_CASE("what stands at a range is removed") {
  const auto [text, marked, result] = GENERATE(table<std::string, std::string, std::string>({
      {"a:\n  - 1\n  - two # c\n  - 3\n", "two", "a:\n  - 1\n  - 3\n"},
      {"a:\n  - 1\n  - two\nb: 1\n", "- two", "a:\n  - 1\nb: 1\n"},
      {"a:\n  - \"two\"\nb: 1\n", "two", "b: 1\n"},
      {"a: [1, two, 3]\n", "two", "a: [1, 3]\n"},
      {"a: [1, two]\n", "two", "a: [1]\n"},
      {"a:\n  - k: 1\n    two: 2\n", "two", "a:\n  - k: 1\n"},
      {"a:\n  - two: 1\n    k: 2\n", "two", "a:\n  - k: 2\n"},
      {"a:\n  - two: 1 # c\n    k: 2\n", "two", "a:\n  - k: 2\n"},
      {"a:\n  - two: 1\n    # c\n    k: 2\n", "two", "none"},
      {"a:\n  - two: 1\n  - k: 2\n", "two: 1", "a:\n  - k: 2\n"},
      {"a: two\n", "two", "none"},
      {"a:\n  b:\n    c:\n      - two\nd: 1\n", "two", "d: 1\n"},
      {"a:\n  - 1\n  - - two\n    - 3\n", "two", "a:\n  - 1\n  - - 3\n"},
  }));
  CAPTURE(text);
  const auto document = parse_yaml(text);
  const auto begin = static_cast<std::uint32_t>(text.find(marked));
  const TextRange range{begin, begin + static_cast<std::uint32_t>(marked.size())};
  CHECK(applied(text, yaml::remove_at(*document, range)) == result);
}

TEST_CASE("a scalar is replaced in its quotes") {
  const auto [text, by, result] = GENERATE(table<std::string, std::string, std::string>({
      {"a: old # c\n", "new", "a: new # c\n"},
      {"a: 'old'\n", "it's", "a: 'it''s'\n"},
      {"a: \"old\"\n", "n\\w", "a: \"n\\\\w\"\n"},
      {"a: old\n", "true", "a: 'true'\n"},
      {"a: old\n", "x: y", "a: 'x: y'\n"},
      {"a: [old]\n", "x, y", "a: ['x, y']\n"},
      {"a:\n", "new", "a: new\n"},
      {"a: # c\n", "new", "a: new # c\n"},
      {"a: ~\n", "new", "a: new\n"},
      {"a: |\n  old\n", "new", "none"},
      {"a: {b: 1}\n", "new", "none"},
      {"b: &b old\na: *b\n", "new", "none"},
  }));
  CAPTURE(text);
  const auto document = parse_yaml(text);
  yaml::Value value = document->root().get("a");
  if (value.is_sequence()) value = value.items().front().value;
  CHECK(applied(text, yaml::replace_scalar(value, by)) == result);
}

TEST_CASE("a scalar is replaced by YAML") {
  const std::string text = "a: 'yes'\nb:\n";
  const auto document = parse_yaml(text);
  CHECK(applied(text, yaml::replace_with_plain(document->root().get("a"), "true")) == "a: true\nb:\n");
  CHECK(applied(text, yaml::replace_with_plain(document->root().get("b"), "1")) == "a: 'yes'\nb: 1\n");
  CHECK_FALSE(yaml::replace_with_plain(document->root().get("c"), "1"));
}

TEST_CASE("the value at a range") {
  const std::string text = "a:\n  - b: \"x\"\n";
  const auto document = parse_yaml(text);
  CHECK(yaml::value_at(*document, {11, 12}).string() == "x");
  CHECK(yaml::value_at(*document, {10, 13}).string() == "x");
  CHECK(yaml::value_at(*document, {7, 13}).is_mapping());
  CHECK_FALSE(yaml::value_at(*document, {8, 12}).present());
}

TEST_CASE("the step of the indentation") {
  CHECK(yaml::indentation_step(*parse_yaml("a: 1\n")) == 2);
  CHECK(yaml::indentation_step(*parse_yaml("a:\n    b:\n        c: 1\n")) == 4);
  CHECK(yaml::indentation_step(*parse_yaml("a:\n    b:\n      c: 1\n")) == 2);
}

}  // namespace
}  // namespace quaymaster::tests
