#include "model/yaml/command_words.h"

#include <string>

#include "model/yaml/scalar.h"
#include "model/yaml/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

/// Each word with the text of the file that stands for it, and whether an edit could go there.
std::string joined(const std::string& text) {
  const auto document = parse_yaml(text);
  yaml::CommandWords words;
  for (const char* key : {"first", "second"})
    for (const yaml::Element& item : document->root().get(key).items())
      words.add_word(yaml::mapped_scalar(*document, *item.value.node()), item.value.node()->style, item.range, true);
  const yaml::CommandWords::Result result = words.join();
  std::string out;
  for (const shell::Word& word : result.words) {
    CHECK(slice(result.source.text.bytes(), word.range) == word.text);
    out += word.text + (result.source.text.verbatim(word.range) ? "=" : "~") +
           std::string(slice(text, result.source.text.to_file(word.range))) + "|";
  }
  return out;
}

TEST_CASE("words of several scalars become one text") {
  const auto [text, words] = GENERATE(table<std::string, std::string>({
      {"first: [a, b]\nsecond: [c]\n", "a=a|b=b|c=c|"},
      {"first: [sh, -c, \"long text\"]\n", "sh~sh|-c~-c|long text=long text|"},
      {"first: [\"sh\", \"-c\", \"it's\"]\n", "sh=sh|-c=-c|it's=it's|"},
      {"second: [script]\nfirst: [sh]\n", "sh~|script=script|"},
      {"x: [&a sh]\nfirst: [*a, b]\n", "sh~*a|b=b|"},
      {"x: [&a sh]\nfirst: [b, *a]\n", "b=b|sh~*a|"},
  }));
  CAPTURE(text);
  CHECK(joined(text) == words);
}

}  // namespace
}  // namespace quaymaster::tests
