#include "model/yaml/reorder.h"

#include <string>
#include <vector>

#include "model/yaml/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

/// The text with the entries of its mapping or of the value of `web` in the opposite order; or "none".
std::string reversed(const std::string& text, std::string_view key) {
  const auto document = parse_yaml(text);
  const yaml::Value value = key.empty() ? document->root() : document->root().get(key);
  const yaml::Node& node = *value.node();
  std::vector<std::size_t> order;
  for (std::size_t i = node.pairs.size() + node.items.size(); i > 0; --i) order.push_back(i - 1);
  const auto edits = yaml::reorder(*document, node, order);
  if (!edits) return "none";
  std::string result = apply_edits(text, *edits);
  CHECK(dump_problems(*parse_yaml(result)).empty());
  return result;
}

TEST_CASE("entries move with what belongs to them") {
  const auto [text, result] = GENERATE(table<std::string, std::string>({
      {"web:\n  a: 1\n  b: 2\n", "web:\n  b: 2\n  a: 1\n"},
      {"web:\r\n- a\r\n- b # why\r\n", "web:\r\n- b # why\r\n- a\r\n"},
      {"web:\n  a: 1\n  b: 2", "web:\n  b: 2\n  a: 1"},
      {"web:\r\n  a: 1\r\n  b: 2", "web:\r\n  b: 2\r\n  a: 1"},
      {"web:\n  # of a\n  a: 1\n\n  # of b\n  b: 2\n\n\nx: 1\n",
       "web:\n  # of b\n  b: 2\n\n  # of a\n  a: 1\n\n\nx: 1\n"},
      {"web:\n  # of all\n\n  # of a\n  a: 1\n  b: 2\n", "web:\n  # of all\n\n  b: 2\n  # of a\n  a: 1\n"},
      {"web:\n  a:\n    x: 1\n\n    # y: 2\n\n  b: 2\n", "web:\n  b: 2\n\n  a:\n    x: 1\n\n    # y: 2\n"},
      {"web:\n  a: 1\n\n  # of b\n\n  # more\n  b: 2\n", "web:\n  # of b\n\n  # more\n  b: 2\n\n  a: 1\n"},
      {"web:\n  a: |\n    x\n    y\n  b: 2\n", "web:\n  b: 2\n  a: |\n    x\n    y\n"},
      {"web:\n  a: &a 1\n  b: 2\n", "web:\n  b: 2\n  a: &a 1\n"},
      {"x: &a 1\nweb:\n  a: *a\n  b: *a\n", "x: &a 1\nweb:\n  b: *a\n  a: *a\n"},
      // not possible, or not safe
      {"web: {a: 1, b: 2}\n", "none"},
      {"web:\n  a: &a 1\n  b: *a\n", "none"},
      {"web:\n  a: &a {x: &b 1}\n  b: [*b]\n", "none"},
      {"x: &a 1\nweb:\n  a: *a\n  b: &a 2\n", "none"},
      {"web:\n  a: |+\n    x\n\n  b: 2\n", "none"},
      {"web:\n  ? a\n  : 1\n  b: 2\n", "none"},
  }));
  CAPTURE(text);
  CHECK(reversed(text, "web") == result);
}

TEST_CASE("what stands at the head of a document stays there") {
  CHECK(reversed("# Head.\n\na: 1\nb: 2\n", "") == "# Head.\n\nb: 2\na: 1\n");
  CHECK(reversed("# Head, or of a.\na: 1\nb: 2\n", "") == "none");
  CHECK(reversed("\xEF\xBB\xBF"
                 "a: 1\nb: 2\n",
                 "") ==
        "\xEF\xBB\xBF"
        "b: 2\na: 1\n");
}

}  // namespace
}  // namespace quaymaster::tests
