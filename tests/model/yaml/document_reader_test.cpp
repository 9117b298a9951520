// A reader with a memory reads what one without reads.
#include "model/yaml/document_reader.h"

#include <random>
#include <string>

#include "model/yaml/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

/// Long enough for its tree to be kept.
std::string long_manifest() {
  std::string text = "apiVersion: v1\nkind: List\nitems:\n";
  for (int i = 0; text.size() < 80U << 10U; ++i) {
    const std::string number = std::to_string(i);
    text += "  - kind: ConfigMap\n    metadata:\n      name: \"m" + number + "\" # the name\n    data:\n      a: &a" +
            number + " [1, {b: 2}]\n      c: *a" + number + "\n      text: |\n        line: " + number +
            "\n\n        more\n";
  }
  return text;
}

void check_equal(yaml::DocumentReader& reader, const std::string& text) {
  const auto kept = reader.read(text);
  const auto fresh = yaml::DocumentReader().read(text);
  REQUIRE(kept->text() == text);
  REQUIRE(kept->problems() == fresh->problems());
  REQUIRE(kept->comments() == fresh->comments());
  REQUIRE(dump(kept->root()) == dump(fresh->root()));
}

TEST_CASE("after an edit of a long document the reader gives what a new one gives") {
  yaml::DocumentReader reader;
  const std::string start = long_manifest();
  check_equal(reader, start);
  const std::size_t middle = start.find("  - kind", start.size() / 2);
  for (const std::string typed :
       {"\n", "x", "    extra: 1\n", "key", "key: \"", "\t", "- ", "{{ x }}\n", "---\n", "# c\n"}) {
    CAPTURE(typed);
    std::string text = start;
    text.insert(middle, typed);
    check_equal(reader, text);
    check_equal(reader, start);
  }
}

TEST_CASE("random edits of a long document") {
  std::mt19937 random(11);
  const char* bits[] = {"a", ": ", "\n", "  ", "- ", "\"", "'", "[", "}", "#", "|", "&x ", "*x", "\t", "\r\n", "é"};
  yaml::DocumentReader reader;
  std::string text = long_manifest();
  for (int step = 0; step < 10; ++step) {
    const std::size_t at = random() % (text.size() + 1);
    text.replace(at, std::min<std::size_t>(random() % 3 == 0 ? random() % 8 : 0, text.size() - at),
                 bits[random() % std::size(bits)]);
    check_equal(reader, text);
    if (step % 5 == 4) text = long_manifest();
  }
}

TEST_CASE("several long documents take turns") {
  yaml::DocumentReader reader;
  const std::string one = long_manifest();
  const std::string two = "name: other\n" + one;
  const std::string three = "x: " + std::string(70'000, 'y') + "\n";
  for (const std::string& text : {one, two, three, one + "z: 1\n", two + "z: 1\n", three + "z: 1\n"})
    check_equal(reader, text);
}

}  // namespace
}  // namespace quaymaster::tests
