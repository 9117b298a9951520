#include "features/selection/selection.h"

#include <string>
#include <vector>

#include "features/document.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

/// What is selected at the cursor, step by step.
std::vector<std::string> steps(std::string_view path, std::string_view text) {
  const Document document(path, text);
  std::vector<std::string> result;
  for (const TextRange range : selection_ranges(document.analysis, document.cursor()))
    result.emplace_back(document.at(range));
  return result;
}

using Steps = std::vector<std::string>;

TEST_CASE("selection: the parts of an image") {
  CHECK(steps("Dockerfile", "FROM ghcr.io/shop/no<|>de:22 AS x\nUSER 1\n") ==
        Steps{"node", "ghcr.io/shop/node", "ghcr.io/shop/node:22", "FROM ghcr.io/shop/node:22 AS x",
              "FROM ghcr.io/shop/node:22 AS x\nUSER 1", "FROM ghcr.io/shop/node:22 AS x\nUSER 1\n"});
}

TEST_CASE("selection: quotes, pairs and flags") {
  CHECK(steps("Dockerfile", "FROM a:1\nENV A=\"one t<|>wo\" B=2\n") ==
        Steps{"two", "one two", "\"one two\"", "A=\"one two\"", "ENV A=\"one two\" B=2",
              "FROM a:1\nENV A=\"one two\" B=2", "FROM a:1\nENV A=\"one two\" B=2\n"});
  CHECK(steps("Dockerfile", "FROM a:1\nCOPY --from=bu<|>ild /a /b\n") ==
        Steps{"build", "--from=build", "COPY --from=build /a /b", "FROM a:1\nCOPY --from=build /a /b",
              "FROM a:1\nCOPY --from=build /a /b\n"});
}

TEST_CASE("selection: shell text and JSON") {
  CHECK(steps("Dockerfile", "RUN make all && echo \"${PO<|>RT} x\" | cat\n") ==
        Steps{"PORT", "${PORT}", "${PORT} x", "\"${PORT} x\"", "echo \"${PORT} x\"",
              "make all && echo \"${PORT} x\" | cat", "RUN make all && echo \"${PORT} x\" | cat",
              "RUN make all && echo \"${PORT} x\" | cat\n"});
  CHECK(steps("Dockerfile", "CMD [\"np<|>m\", \"start\"]\n") ==
        Steps{"npm", "\"npm\"", "[\"npm\", \"start\"]", "CMD [\"npm\", \"start\"]", "CMD [\"npm\", \"start\"]\n"});
}

TEST_CASE("selection: YAML") {
  CHECK(steps("compose.yaml", "services:\n  web:\n    image: \"a:<|>1\"\n") ==
        Steps{"1", "a:1", "\"a:1\"", "image: \"a:1\"", "web:\n    image: \"a:1\"",
              "services:\n  web:\n    image: \"a:1\"", "services:\n  web:\n    image: \"a:1\"\n"});
  CHECK(steps("compose.yaml", "services:\n  web:\n    ports:\n      - 8<|>0\n      - 81\n    image: x\n").at(1) ==
        "- 80");
}

TEST_CASE("selection: every step holds the one before it, at every place of every text") {
  for (const char* path : {"Dockerfile", "compose.yaml"})
    for (const std::string& text : hostile_texts()) {
      const Document document(path, text);
      const auto size = static_cast<std::uint32_t>(text.size());
      for (std::uint32_t at = 0; at <= size; at += 1 + size / 50) {
        const auto chain = selection_ranges(document.analysis, at);
        INFO(path << " at " << at << ": " << text.substr(0, 200));
        REQUIRE(!chain.empty());
        CHECK(chain.back() == TextRange{0, size});
        for (std::size_t i = 1; i < chain.size(); ++i)
          REQUIRE((chain[i].contains(chain[i - 1]) && chain[i] != chain[i - 1]));
        REQUIRE(chain.front().touches(at));
      }
    }
}

}  // namespace
}  // namespace quaymaster::tests
