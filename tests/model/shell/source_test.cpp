#include "model/shell/source.h"

#include <optional>
#include <string>
#include <vector>

#include "model/shell/script_text.h"
#include "support/catch.h"
#include "support/fixture.h"

namespace quaymaster {
namespace {

using shell::Layer;
using shell::Source;
using tests::Fixture;

constexpr std::string_view kRefused = "(refused)";

/// The text after the marked part was replaced, in a file that holds it as it is in these layers.
std::string edited(std::string_view marked, std::string_view replacement, std::vector<Layer> layers) {
  const Fixture fixture(marked);
  const Source source{MappedText(fixture.text, 0), std::move(layers)};
  const std::optional<Edit> edit = source.edit(fixture.ranges.front(), replacement);
  return edit ? apply_edits(fixture.text, std::vector{*edit}) : std::string(kRefused);
}

struct Case {
  Layer layer;
  std::string_view marked;
  std::string_view replacement;
  std::string_view result;
};

TEST_CASE("a replacement is encoded for its layer, or refused", "[shell][source]") {
  const Case c = GENERATE(
      Case{Layer::DockerfileLine, "a <|b|> c", "d \"e\" '$f'", "a d \"e\" '$f' c"},
      Case{Layer::DockerfileLine, "a <|b|> c", "d\ne", kRefused},
      Case{Layer::DockerfileLine, "a <|b|> c", "<<E", kRefused},
      Case{Layer::DockerfileLine, "a <|b|> c", "\\", "a \\ c"}, Case{Layer::DockerfileLine, "a <|b|>", "\\", kRefused},
      Case{Layer::DockerfileLine, "a <|b|>  ", "c ` ", kRefused}, Case{Layer::DockerfileLine, "<|a|>", "", kRefused},
      Case{Layer::DockerfileLine, " <|a|> b", "#", kRefused}, Case{Layer::DockerfileLine, "<|a |>#b", "", kRefused},
      Case{Layer::DockerfileLine, "x <|a|> b", "#", "x # b"}, Case{Layer::DockerfileLine, "<|sudo |>a", "", "a"},
      Case{Layer::JsonString, "a <|b|>", "\"\\\n\t\x01/é", "a \\\"\\\\\\n\\t\\u0001/é"},
      Case{Layer::YamlPlain, "a <|b|> c", "d -e 'f' g#h i:j", "a d -e 'f' g#h i:j c"},
      Case{Layer::YamlPlain, "a <|b|> c", "d: e", kRefused}, Case{Layer::YamlPlain, "a <|b|> c", "d:", kRefused},
      Case{Layer::YamlPlain, "a <|b|>c", "d:", "a d:c"}, Case{Layer::YamlPlain, "a <|b|>", "c:", kRefused},
      Case{Layer::YamlPlain, "a <|b|>", "#", kRefused}, Case{Layer::YamlPlain, "a<|b|>", "#", "a#"},
      Case{Layer::YamlPlain, "a<|b|>", " #c", kRefused}, Case{Layer::YamlPlain, "<|a|> b", "\"c", kRefused},
      Case{Layer::YamlPlain, "<|a |>- b", "", kRefused}, Case{Layer::YamlPlain, "<|a |>-b", "", "-b"},
      Case{Layer::YamlPlain, "<|a |>&b", "", kRefused}, Case{Layer::YamlPlain, "<|a|>", "", kRefused},
      Case{Layer::YamlPlain, "a <|b|>", "{c,d}", kRefused}, Case{Layer::YamlPlain, "a <|b|>", "c\nd", kRefused},
      Case{Layer::YamlPlain, "a<| b|>", " ", kRefused}, Case{Layer::YamlPlain, "<|a|>", "true", kRefused},
      Case{Layer::YamlPlain, "<|a|>", "8080", kRefused}, Case{Layer::YamlPlain, "<|a|>", "v8080", "v8080"},
      Case{Layer::YamlSingleQuoted, "a <|b|>", "it's: #\"\\", "a it''s: #\"\\"},
      Case{Layer::YamlSingleQuoted, "a <|b|>", "c\nd", kRefused},
      Case{Layer::YamlDoubleQuoted, "a <|b|>", "\"c\\\n\x1B", "a \\\"c\\\\\\n\\x1B"},
      Case{Layer::YamlBlock, "a <|b|> c", "d: #\t\"e\"", "a d: #\t\"e\" c"},
      Case{Layer::YamlBlock, "a <|b|>", "c\nd", kRefused}, Case{Layer::YamlBlock, "<|a|> b", "", kRefused},
      Case{Layer::YamlBlock, "<|a |>b", "", "b"}, Case{Layer::ComposeDollar, "a <|b|>", "$c ${d}", "a $$c $${d}"},
      Case{Layer::ShellSingleQuoted, "a <|b|>", "\"$c\" \\", "a \"$c\" \\"},
      Case{Layer::ShellSingleQuoted, "a <|b|>", "it's", kRefused},
      Case{Layer::ShellDoubleQuoted, "a <|b|>", "\"$c\" `d` \\", "a \\\"\\$c\\\" \\`d\\` \\\\"});
  CAPTURE(static_cast<int>(c.layer), c.marked, c.replacement);
  CHECK(edited(c.marked, c.replacement, {c.layer}) == c.result);
}

TEST_CASE("layers encode from the shell to the file", "[shell][source]") {
  CHECK(edited("a <|b|>", "\"$c\"", {Layer::ComposeDollar, Layer::YamlDoubleQuoted}) == "a \\\"$$c\\\"");
  CHECK(edited("a <|b|>", "\"$c\"", {Layer::ShellDoubleQuoted, Layer::JsonString}) == "a \\\\\\\"\\\\$c\\\\\\\"");
  CHECK(edited("a <|b|>", "c\nd", {Layer::JsonString, Layer::YamlSingleQuoted}) == "a c\\nd");
  CHECK(edited("a <|b|>", "c\nd", {}) == "a c\nd");
}

TEST_CASE("insertions go where their neighbours are", "[shell][source]") {
  CHECK(edited("a <||>b", "-y ", {Layer::DockerfileLine}) == "a -y b");
  CHECK(edited("a b<||>", " -y", {Layer::DockerfileLine}) == "a b -y");
  CHECK(edited("<||>a", "set -e; ", {Layer::DockerfileLine}) == "set -e; a");
  CHECK(edited("<||>", "a", {Layer::DockerfileLine}) == kRefused);
}

TEST_CASE("only what is verbatim in the file can be edited", "[shell][source]") {
  // `a "\⏎"b` and an escape: "a " at 4, "b" at 8, "\n" for 9 to 11.
  Source source{MappedText("a ", 4), {Layer::JsonString}};
  source.text.append("b", 8);
  source.text.append_decoded("\n", {9, 11});
  CHECK(source.edit({2, 3}, "\"") == Edit::replacement({8, 9}, "\\\""));
  CHECK(source.edit({0, 1}, "x") == Edit::replacement({4, 5}, "x"));
  CHECK_FALSE(source.edit({0, 3}, "x"));
  CHECK_FALSE(source.edit({3, 4}, "x"));
  CHECK_FALSE(source.edit({2, 4}, "x"));
  CHECK_FALSE(source.edit({3, 99}, "x"));
  CHECK(source.edit({2, 2}, "x") == Edit::insertion(8, "x"));
  CHECK(source.edit({3, 3}, "x") == Edit::insertion(9, "x"));  // behind b, before what is decoded
  CHECK_FALSE(source.edit({4, 4}, "x"));
}

TEST_CASE("edits of nested texts stay inside of their quotes", "[shell][source]") {
  struct Row {
    std::string_view marked;
    std::string_view replacement;
    std::string_view result;
  };
  const Row row = GENERATE(
      Row{"sh -c 'a <|b|>' c", "\"$x\"", "sh -c 'a \"$x\"' c"}, Row{"sh -c 'a <|b|>'", "it's", kRefused},
      Row{"sh -c \"a <|b|>\"", "\"$x\"", "sh -c \"a \\\"\\$x\\\"\""}, Row{"sh -c 'a' <|b|>", "it's", "sh -c 'a' it's"},
      Row{"<|sh -c 'a'|>", "b 'c'", "b 'c'"}, Row{"sh -c a' <|b|>'", "c", kRefused},
      Row{"sh -c 'sh -c \"a <|b|>\"'", "\"", "sh -c 'sh -c \"a \\\"\"'"});
  CAPTURE(row.marked);
  const Fixture fixture(row.marked);
  const std::optional<Edit> edit = tests::shell_text(fixture.text).edit(fixture.ranges.front(), row.replacement);
  CHECK((edit ? apply_edits(fixture.text, std::vector{*edit}) : std::string(kRefused)) == row.result);
}

}  // namespace
}  // namespace quaymaster
