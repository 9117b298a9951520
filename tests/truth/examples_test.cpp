// 180 short Dockerfiles with what BuildKit's own parser makes of them (tests/fixtures/dockerfile_examples.json), and
// what our model makes of them.
#include <fstream>
#include <string>

#include <nlohmann/json.hpp>

#include "support/catch.h"
#include "truth/builder_view.h"
#include "truth/whole_tree.h"

namespace quaymaster::tests {
namespace {

using Json = nlohmann::json;

Json examples() {
  std::ifstream file(QUAYMASTER_SOURCE_DIR "/tests/fixtures/dockerfile_examples.json");
  return Json::parse(file);
}

/// BuildKit reads flags byte by byte, as if each were a character: `é` comes out as two, and a byte A0 ends the word.
/// We read characters.
bool is_byte_quirk(const Json& example) {
  return example["title"] == "non-ASCII in a flag value is read byte by byte" ||
         example["title"] == "byte A0 inside a flag value counts as a blank";
}

TEST_CASE("Dockerfiles are read as BuildKit reads them") {
  int compared = 0;
  int quirks = 0;
  for (const Json& example : examples()) {
    const std::string source = example["source"];
    CAPTURE(example["id"].get<int>(), example["title"].get<std::string>(), source);
    if (example.contains("parse_error")) continue;
    const Json view = builder_view(source);
    if (is_byte_quirk(example)) {
      CHECK_FALSE(differences(view, Json{{"Nodes", example["nodes"]}}).empty());
      ++quirks;
      continue;
    }
    CHECK(view["Escape"] == example["escape"]);
    CHECK_THAT(differences(view, Json{{"Nodes", example["nodes"]}}), Catch::Matchers::Equals(""));
    ++compared;
  }
  CHECK(compared == 165);
  CHECK(quirks == 2);
}

TEST_CASE("no example, refused or not, has errors in its tree, and each segment has the tree that it has in the file") {
  for (const Json& example : examples()) {
    const std::string source = example["source"];
    CAPTURE(example["id"].get<int>(), example["title"].get<std::string>(), source);
    const WholeTree tree = whole_tree(source);
    CHECK(tree.errors == 0);
    CHECK_THAT(tree.differences, Catch::Matchers::Equals(""));
  }
}

}  // namespace
}  // namespace quaymaster::tests
