#include "syntax/yaml_documents.h"

#include <random>
#include <string>

#include "support/catch.h"

namespace quaymaster {
namespace {

/// The documents of `text`, joined by `|`.
std::string cut(std::string_view text) {
  std::string out;
  for (const TextRange range : syntax::yaml_documents(text))
    out += (out.empty() ? "" : "|") + std::string(slice(text, range));
  return out;
}

TEST_CASE("YAML is cut into its documents") {
  const auto [text, documents] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"a: 1\n", "a: 1\n"},
      {"a: 1\n---\nb: 2\n", "a: 1\n|---\nb: 2\n"},
      {"---\na: 1\n--- \nb: 2", "---\na: 1\n|--- \nb: 2"},
      {"---\r\na: 1\r\n---\r\nb: 2\r\n", "---\r\na: 1\r\n|---\r\nb: 2\r\n"},
      {"# licence\n\n---\na: 1\n", "# licence\n\n---\na: 1\n"},
      {"---\n---\na: 1\n", "---\n|---\na: 1\n"},
      {"a: 1\n--- # next\nb: 2\n", "a: 1\n|--- # next\nb: 2\n"},
      {"a: |\n  text\n---\nb: 2\n", "a: |\n  text\n|---\nb: 2\n"},
      {"--- |\n text\n---\n", "--- |\n text\n|---\n"},
      // no markers: not at the beginning of the line, or followed by something else
      {"a: 1\n ---\nb: 2\n---x\n", "a: 1\n ---\nb: 2\n---x\n"},
      // `...` ends a document; what follows belongs to the next one, if there is one
      {"a: 1\n...\nb: 2\n", "a: 1\n...\n|b: 2\n"},
      {"a: 1\n...\n# c\n%YAML 1.2\n---\nb: 2\n", "a: 1\n...\n|# c\n%YAML 1.2\n---\nb: 2\n"},
      {"a: 1\n...\n\n# end\n", "a: 1\n...\n\n# end\n"},
      {"%YAML 1.2\n---\na: 1\n", "%YAML 1.2\n---\na: 1\n"},
      {"\xEF\xBB\xBF---\na: 1\n---\nb: 2\n", "\xEF\xBB\xBF---\na: 1\n|---\nb: 2\n"},
      {"a: 1\r---\rb: 2\r", "a: 1\r|---\rb: 2\r"},
      // typed into a block, which goes on behind it
      {"a:\n  b: 1\n---\n  c: 2\n", "a:\n  b: 1\n---\n  c: 2\n"},
      {"a:\n...\n\n# c\n  b: 1\n", "a:\n...\n\n# c\n  b: 1\n"},
      {"a:\n  b:\n    c: 1\n---\n  d: 2\n---\ne: 3\n", "a:\n  b:\n    c: 1\n---\n  d: 2\n|---\ne: 3\n"},
      // not so: nothing is open at that depth, the document is indented as a whole, or the marker has a value
      {"a: 1\n---\n  b: 2\n", "a: 1\n|---\n  b: 2\n"},
      {"  a:\n    b: 1\n---\n  c: 2\n", "  a:\n    b: 1\n|---\n  c: 2\n"},
      {"a:\n  b: 1\n--- |\n  c\n", "a:\n  b: 1\n|--- |\n  c\n"},
      {"a:\n  b: 1\n---\nc: 2\n", "a:\n  b: 1\n|---\nc: 2\n"},
  }));
  CHECK(cut(text) == documents);
}

TEST_CASE("the documents of any text cover it") {
  std::mt19937 random(42);
  constexpr std::string_view kPieces[] = {"---",  "...", "\n",  "\r\n",         "\r",   " ",
                                          "a: 1", "%X",  "# c", "\xEF\xBB\xBF", "  b:", "\0"};
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (std::size_t i = random() % 20; i > 0; --i) text += kPieces[random() % std::size(kPieces)];
    const std::vector<TextRange> documents = syntax::yaml_documents(text);
    REQUIRE_FALSE(documents.empty());
    std::uint32_t end = 0;
    for (const TextRange range : documents) {
      REQUIRE(range.begin == end);
      REQUIRE((!range.empty() || text.empty()));
      end = range.end;
    }
    REQUIRE(end == text.size());
  }
}

}  // namespace
}  // namespace quaymaster
