#include "features/rule_page/markdown.h"

#include "support/catch.h"

namespace quaymaster {
namespace {

TEST_CASE("code inside of a line may hold backquotes") {
  CHECK(inline_code("node") == "`node`");
  CHECK(inline_code("a`b") == "`` a`b ``");
  CHECK(inline_code("```") == "```` ``` ````");
}

TEST_CASE("a block of code may hold fences, and ends its last line") {
  CHECK(code_block("FROM a\n", "dockerfile") == "```dockerfile\nFROM a\n```\n");
  CHECK(code_block("FROM a", "") == "```\nFROM a\n```\n");
  CHECK(code_block("```\n", "") == "````\n```\n````\n");
}

TEST_CASE("a table leaves out the columns that say nothing") {
  CHECK(table({"a", "b", "c"}, {{"1", "", "x|y"}, {"2", "", "z\nz"}}) ==
        "| a | c |\n| --- | --- |\n| 1 | x\\|y |\n| 2 | z z |\n");
}

}  // namespace
}  // namespace quaymaster
