#include "analysis/suppressions.h"

#include <string>
#include <vector>

#include "quaymaster/analyzer.h"
#include "rules/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

TEST_CASE("our own form of suppression is read, and nothing else") {
  struct Row {
    const char* comment;
    bool suppression;
    bool whole_file = false;
    std::vector<std::string> items = {};
    const char* reason = "";
  };
  const Row rows[] = {
      {"# quaymaster: ignore floating-image-tag", true, false, {"floating-image-tag"}},
      {"#quaymaster:ignore a, b -- built here", true, false, {"a", "b"}, "built here"},
      {"#   quaymaster:   ignore   a ,b", true, false, {"a", "b"}},
      {"# quaymaster: ignore-file state", true, true, {"state"}},
      {"# quaymaster: ignore-file", true, true, {}},
      {"# quaymaster: ignore unpinned-package/pip -- a--b", true, false, {"unpinned-package/pip"}, "a--b"},
      {"# quaymaster: ignore a a--b", true, false, {"a", "a--b"}},
      {"# quaymaster: ignored", false},
      {"# quaymaster", false},
      {"# see quaymaster: ignore a", false},
  };
  for (const Row& row : rows) {
    INFO(row.comment);
    const auto found = parse_suppression(row.comment);
    REQUIRE(found.has_value() == row.suppression);
    if (!found) continue;
    CHECK(found->whole_file == row.whole_file);
    CHECK(found->items == row.items);
    CHECK(found->reason == row.reason);
  }
}

/// How many findings of floating-image-tag are shown, and how many silenced.
std::pair<std::size_t, std::uint32_t> counts(std::string_view path, std::string_view text) {
  const Analysis analysis = analyze(path, text, {"floating-image-tag"});
  return {analysis.diagnostics.size(), analysis.suppressed};
}

TEST_CASE("a suppression silences what it stands above, inside of or behind") {
  struct Row {
    const char* path;
    const char* text;
    std::size_t shown;
    std::uint32_t silenced;
  };
  const Row rows[] = {
      {"Dockerfile", "# quaymaster: ignore floating-image-tag\nFROM a\nFROM b\n", 1, 1},
      {"Dockerfile", "# quaymaster: ignore immutability\nFROM a\n", 0, 1},
      {"Dockerfile", "# quaymaster: ignore DL3006 -- built here\nFROM a\n", 0, 1},
      {"Dockerfile", "# quaymaster: ignore DL3007\nFROM a\n", 1, 0},
      {"Dockerfile", "# quaymaster: ignore floating-image-tag\n\nFROM a\n", 1, 0},
      {"Dockerfile", "# quaymaster: ignore floating-image-tag\n# more words\nFROM a\n", 0, 1},
      {"Dockerfile", "FROM \\\n# quaymaster: ignore floating-image-tag\n a\n", 0, 1},
      {"Dockerfile", "FROM a\nFROM b\n# quaymaster: ignore-file floating-image-tag\n", 0, 2},
      {"compose.yaml", "services:\n  a:\n    image: x # quaymaster: ignore floating-image-tag\n  b:\n    image: y\n", 1,
       1},
      {"compose.yaml", "services:\n  # quaymaster: ignore floating-image-tag\n  a:\n    image: x\n  b:\n    image: y\n",
       1, 1},
      {"compose.yaml", "# quaymaster: ignore-file\nservices:\n  a:\n    image: x\n", 0, 1},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(counts(row.path, row.text) == std::pair(row.shown, row.silenced));
  }
}

}  // namespace
}  // namespace quaymaster::tests
