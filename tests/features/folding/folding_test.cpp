#include "features/folding/folding.h"

#include <algorithm>
#include <string>

#include "features/document.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

/// The folds as "first-last kind" with line numbers from 1.
std::string folds(std::string_view path, std::string_view text) {
  const Document document(path, text);
  const auto line = [&](std::uint32_t offset) { return 1 + std::ranges::count(text.substr(0, offset), '\n'); };
  std::string out;
  for (const FoldingRange& fold : folding_ranges(document.analysis)) {
    if (!out.empty()) out += ", ";
    out += std::to_string(line(fold.range.begin)) + "-" + std::to_string(line(fold.range.end));
    if (fold.kind == FoldingRange::Kind::Comment) out += " comment";
    if (fold.kind == FoldingRange::Kind::Region) out += " region";
  }
  return out;
}

TEST_CASE("folding: what folds") {
  struct Case {
    const char *path, *text, *expected;
  };
  const Case cases[] = {
      {"Dockerfile", "FROM a:1\nRUN x\n\nFROM b:1\nRUN y\nRUN z\n\n", "1-2, 4-6"},
      {"Dockerfile", "FROM a:1\nRUN x && \\\n  y && \\\n  z\nUSER 1\n", "1-5, 2-4"},
      {"Dockerfile", "FROM a:1\r\nRUN x && \\\r\n  y\r\n", "1-3, 2-3"},
      {"Dockerfile", "RUN <<A <<B\n1\n2\nA\n3\nB\n", "1-6, 4-5"},
      {"Dockerfile", "# one\n# two\n\n# three\nFROM a:1\n", "1-2 comment"},
      {"Dockerfile", "FROM a:1\nRUN x \\\n  # one\n  # two\n  y\n", "1-5, 2-5, 3-4 comment"},
      {"Dockerfile", "# region Base\nFROM a:1\n#endregion\nUSER 1\n", "1-3 region, 2-4"},
      {"Dockerfile", "# not a region of the file\n# x\n", "1-2 comment"},
      {"compose.yaml", "services:\n  web:\n    image: a\n    ports:\n      - 1\n      - 2\n\nvolumes: {}\n",
       "1-6, 2-6, 4-6"},
      {"compose.yaml", "# a\n# b\nservices:\n  web:\n    command: |\n      x\n      y\n", "1-2 comment, 3-7, 4-7, 5-7"},
      {"compose.yaml", "services:\n  web:\n    command: [\n      a,\n      b]\n    image: x # c\n    # d\n    # e\n",
       "1-6, 2-6, 3-5, 7-8 comment"},
      {"a.yaml", "apiVersion: v1\nkind: A\n---\napiVersion: v1\nkind: B\nmetadata:\n  name: x\n", "1-2, 3-7, 6-7"},
  };
  for (const Case& item : cases) {
    INFO(item.text);
    CHECK(folds(item.path, item.text) == item.expected);
  }
}

TEST_CASE("folding: ranges are in the text whatever it is") {
  for (const char* path : {"Dockerfile", "compose.yaml"})
    for (const std::string& text : hostile_texts()) {
      const auto found = folding_ranges(Document(path, text).analysis);
      INFO(path << ": " << text.substr(0, 200));
      CHECK(std::ranges::all_of(found, [&](const FoldingRange& fold) {
        return fold.range.begin < fold.range.end && fold.range.end <= text.size();
      }));
    }
}

}  // namespace
}  // namespace quaymaster::tests
